"""An answer that a user had before there were open tables: the protected table, and the rule it was protected by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from finsam.disclosure.cells import Protected, Rule
from finsam.editions.stored.encoding import decode


@dataclass(frozen=True)
class Answer:
    """What was told; the words it was shown with were kept too, and are needed no longer."""

    table: Protected
    rule: Rule

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> Self:
        """The answer that was written down."""
        return cls(decode(facts["table"]), decode(facts["rule"]))
