"""Answers a question: how large its table is, its counts, and the protected table as it is kept."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Self

from finsam.disclosure.cells import TOTAL, Counts, Key, Protected, Rule, placed
from finsam.editions.stored.encoding import decode, encode
from finsam.reports.labels import Words
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN, Domains
from finsam.statistics.figures.cube import THINGS, Cube, Question
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.statistics.tables.stays import NOT_STATED
from finsam.statistics.tables.tables import Tables
from finsam.table_builder.question import Asked
from finsam.values.keys import Code, read, written
from finsam.values.municipalities import municipalities

Codes = Mapping[str, tuple[tuple[Code, str], ...]]  # by dimension, in order, with their words
LAST: Final[Mapping[Code, int]] = {UNKNOWN: 1, TOTAL: 2}
TABLE: Final = "table"  # its name, the same in every answer

# What a filter on one of these leaves out is too much to count, and is not protected with the rest.
TOO_MANY: Final = frozenset({"association", "intervention"})


def is_opened(asked: Asked, name: str, code: Code) -> bool:
    """Whether all parts of a dimension are counted, though one is asked for."""
    unit = asked.counted.unit
    if unit in THINGS or unit not in DIMENSIONS[name].additive:
        return False
    return code in municipalities() if name == "municipality" else name not in TOO_MANY


def left(asked: Asked, opened: Collection[str]) -> dict[str, Code]:
    """The filters that remain; of the municipalities only those of one county are counted."""
    filters = dict(asked.where)
    where = {name: code for name, code in filters.items() if name not in opened}
    if "municipality" in opened and "municipality" in filters:
        where.setdefault("county", municipalities()[written(filters["municipality"])].county_code)
    return where


@dataclass(frozen=True)
class Inquiry:
    """A question put to the tables of a snapshot.

    Where the parts of a dimension add up, what a filter leaves out could be had by subtracting from a table without
    it. Such a table is therefore counted and protected with all the parts, and only the part asked for is shown.
    """

    asked: Asked
    tables: Tables

    @property
    def shown_cells(self) -> int:
        """How many cells the table that is shown will have."""
        return self._cube(self.asked.by, self._where(dict(self.asked.where))).size

    @property
    def cells(self) -> int:
        """How many cells are counted and protected together."""
        return self.wide.size

    @cached_property
    def wide(self) -> Cube:
        """The question without the filters whose other parts are protected with it."""
        return self._cube((*self.asked.by, *self._opened), self._where(dict(self.left)))

    @property
    def left(self) -> tuple[tuple[str, Code], ...]:
        """The filters that the whole table has."""
        return tuple(left(self.asked, self._opened).items())

    @property
    def _opened(self) -> tuple[str, ...]:
        return tuple(name for name, code in self.asked.where if is_opened(self.asked, name, code))

    def counts(self) -> Counts:
        """Count the wide table."""
        return self.wide.counts(TABLE)

    def answer(self, table: Protected, rule: Rule) -> "Answer":
        """The answer as it is kept: the protected table, and the order and words of its codes."""
        words = Words(self.tables)
        codes = {
            name: tuple((code, words.of(name, code)) for code in dict.fromkeys(key[place] for key in table.cells))
            for place, name in enumerate(table.dimensions)
            if name != "period"
        }
        filters = {name: words.of(name, code) for name, code in self.asked.where}
        return Answer(self.asked, table, self._ordered(codes), filters, rule, self._covered(), self._lacking(table))

    def _lacking(self, table: Protected) -> tuple[tuple[str, str, str], ...]:
        """Each dimension, code and period in which the code was not in force all through."""
        found = {
            (name, code) for place, name in enumerate(table.dimensions) for code in {key[place] for key in table.cells}
        }
        listed = [
            (name, code_list, code)
            for name, code in sorted(found | set(self.asked.where))
            if isinstance(code, str) and name in DIMENSIONS and (code_list := DIMENSIONS[name].code_list)
        ]
        validity, periods = self.tables.validity, self.asked.periods
        return tuple(
            (name, code, periods.name(number))
            for name, code_list, code in listed
            for number in periods.numbers
            if not validity.in_period(code_list, [code], periods, number)
        )

    def _covered(self) -> tuple[str, ...]:
        """The municipalities that the association asked about has covered, on any day the snapshot knows."""
        wanted = dict(self.asked.where).get("association")
        if wanted is None:
            return ()
        own = self.tables.associations.filter(self.tables.associations.number == wanted)
        rows = self.tables.coverage.semi_join(own, "association").join(self.tables.municipalities, "municipality")
        return tuple(sorted({row["code"] for row in rows.select("code").to_pyarrow().to_pylist()}))

    def _ordered(self, codes: Codes) -> dict[str, tuple[tuple[Code, str], ...]]:
        """The codes as the lists have them, associations and places by name, unknown and total last."""
        return {name: tuple(sorted(pairs, key=lambda pair: self._rank(name, pair))) for name, pairs in codes.items()}

    def _rank(self, name: str, pair: tuple[Code, str]) -> tuple[int, int, str]:
        code, label = pair
        last = LAST.get(code, 0)
        if last or name in {"association", "intervention", "municipality"}:
            return last, 0, label
        return 0, self._numbers(name).get(code, 0), written(code)

    def _cube(self, by: tuple[str, ...], where: Mapping[str, set[int]]) -> Cube:
        return Cube(Question(self.asked.counted, self.asked.periods, by, where), self.tables)

    def _where(self, filters: Mapping[str, Code]) -> dict[str, set[int]]:
        return {name: {self._numbers(name).get(code, -1)} for name, code in filters.items()}

    def _numbers(self, name: str) -> dict[Code, int]:
        """The number of each code of a dimension."""
        if name not in self._known_numbers:
            domains = Domains(self.tables, self.asked.periods, {}, self.asked.counted.kinds)
            found = {domains.code(name, number): number for number in domains.numbers(name)}
            self._known_numbers[name] = {**found, UNKNOWN: NOT_STATED}
        return self._known_numbers[name]

    @cached_property
    def _known_numbers(self) -> dict[str, dict[Code, int]]:
        return {}


@dataclass(frozen=True)
class Answer:
    """A protected table with the words of its codes in their order, and of what it was filtered by."""

    asked: Asked
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
            "lacking": [list(one) for one in self.lacking],
        }

    @classmethod
    def read(cls, asked: Asked, facts: Mapping[str, Any]) -> Self:
        """The answer that was written down."""
        codes = {name: tuple((read(code), label) for code, label in pairs) for name, pairs in facts["codes"].items()}
        rule = decode(facts["rule"])
        lacking = tuple((name, code, period) for name, code, period in facts.get("lacking", ()))
        return cls(asked, decode(facts["table"]), codes, facts["filters"], rule, tuple(facts["covered"]), lacking)

    @property
    def where(self) -> dict[str, Code]:
        """The filters that the whole table has."""
        return left(self.asked, self.table.dimensions)

    @cached_property
    def shown(self) -> Protected:
        """The part that was asked for, in the order of the question."""
        dimensions = ("period", *self.asked.by)
        places = [self.table.dimensions.index(name) for name in dimensions]
        cells = {tuple(key[place] for place in places): row for key, row in self._asked_for()}
        return placed(replace(self.table, dimensions=dimensions, cells=cells))

    def _asked_for(self) -> Iterator[tuple[Key, Any]]:
        filters = dict(self.asked.where)
        opened = [(place, filters[name]) for place, name in enumerate(self.table.dimensions) if name in filters]
        for key, row in self.table.cells.items():
            if all(key[place] == code for place, code in opened):
                yield key, row
