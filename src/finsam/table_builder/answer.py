"""An answer as it is kept and read back: the protected table, and the words of its codes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

from finsam.disclosure.cells import Key, Protected, Rule, placed
from finsam.editions.stored.encoding import decode, encode
from finsam.reports.special.counting import Codes
from finsam.reports.special.question import Question
from finsam.values.keys import Code, read, written


@dataclass(frozen=True)
class Answer:
    """A protected table with the words of its codes in their order, and of what it was filtered by."""

    question: Question
    table: Protected
    codes: Codes
    filters: Mapping[str, str]
    rule: Rule
    covered: tuple[str, ...] = ()  # the municipalities of the association asked about
    lacking: tuple[tuple[str, str, str], ...] = ()  # dimension, code and a period it wasn't in force all through

    def facts(self) -> dict[str, Any]:
        """The answer written down."""
        codes = {name: [[written(code), label] for code, label in pairs] for name, pairs in self.codes.items()}
        return {
            "table": encode(self.table),
            "codes": codes,
            "filters": dict(self.filters),
            "rule": encode(self.rule),
            "covered": list(self.covered),
            "lacking": [list(gap) for gap in self.lacking],
        }

    @classmethod
    def read(cls, question: Question, facts: Mapping[str, Any]) -> Self:
        """The answer that was written down."""
        codes = {name: tuple((read(code), label) for code, label in pairs) for name, pairs in facts["codes"].items()}
        rule = decode(facts["rule"])
        lacking = tuple((name, code, period) for name, code, period in facts.get("lacking", ()))
        return cls(question, decode(facts["table"]), codes, facts["filters"], rule, tuple(facts["covered"]), lacking)

    @property
    def where(self) -> dict[str, Code]:
        """The filters that the whole table has."""
        return self.question.remaining(self.table.dimensions)

    @cached_property
    def excerpt(self) -> Protected:
        """The part that was asked for, in the order of the question."""
        dimensions = ("period", *self.question.by)
        places = [self.table.dimensions.index(name) for name in dimensions]
        cells = {tuple(key[place] for place in places): row for key, row in self._rows()}
        return placed(replace(self.table, dimensions=dimensions, cells=cells))

    def _rows(self) -> Iterator[tuple[Key, Any]]:
        filters = dict(self.question.where)
        opened = [(place, filters[name]) for place, name in enumerate(self.table.dimensions) if name in filters]
        for key, row in self.table.cells.items():
            if all(key[place] == code for place, code in opened):
                yield key, row
