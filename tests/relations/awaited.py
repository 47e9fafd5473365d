"""What is known to hold and not yet declared, each kind with a sentence: to be declared by the product, and taken away.

A kind that is declared fails the search, and so does anything found that is neither declared nor awaited.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

from finsam.disclosure.cells import Key
from finsam.disclosure.relations import Address, Relation, covered
from finsam.reports.national_annual.counts import BY_SEX
from finsam.reports.national_annual.need_counts import WITHOUT
from finsam.values.keys import Sum
from tests.relations.worlds import CODES, LONGER, Facts

NEEDS: Final[Key] = (*CODES["need_group"], Sum.NOT_STATED)
ALL: Final[tuple[str, ...]] = tuple(map(str, LONGER))


@dataclass(frozen=True)
class Kind:
    """Relations of one kind, and what they say; some hold only where anybody can look something up."""

    sentence: str
    relations: Callable[[], Iterable[Relation]]
    facts: Callable[[Facts], bool] = lambda _facts: True


def of_reports(facts: Facts) -> dict[str, list[Relation]]:
    """Give the kinds that hold between the tables of reports, by their sentences."""
    return {kind.sentence: list(kind.relations()) for kind in KINDS if kind.facts(facts)}


def _one_stay() -> Iterator[Relation]:
    for need, sex in product(CODES["need_group"], BY_SEX):
        parts = (Address(WITHOUT, (ALL[-1], one, sex)) for one in (need, Sum.NOT_STATED))
        yield covered(Address("repeats", (ALL[-1], "1", sex)), *parts)


KINDS: Final = (
    Kind(
        "Whose only stay it is has a need group or none: first stays at most those outside a group and those outside "
        "no group (of two reports, which meet in editions only)",
        _one_stay,
    ),
)
