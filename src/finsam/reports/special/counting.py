"""A question counted from the tables of a snapshot: the exact table, and what its codes are called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from finsam.disclosure.cells import TOTAL, Counts, Key
from finsam.reports.labels import Words
from finsam.reports.special.question import Question
from finsam.snapshots import engines
from finsam.statistics.figures import cube
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN, Domains
from finsam.statistics.relations.identity import Shape
from finsam.statistics.tables.stays import NOT_STATED
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import Code, written

Codes = Mapping[str, tuple[tuple[Code, str], ...]]  # by dimension, in order, with their words
TABLE: Final = "table"  # its name, the same in every answer
LAST: Final[Mapping[Code, int]] = {UNKNOWN: 1, TOTAL: 2}
BY_WORDS: Final = frozenset({"association", "intervention", "municipality"})


@dataclass(frozen=True)
class Counting:
    """A question counted from the tables of a snapshot.

    Where the parts of a dimension add up, what a filter leaves out could be had by subtracting from a table without
    it. Such a table is therefore counted and protected with all the parts.
    """

    question: Question
    tables: Tables

    @property
    def excerpt_size(self) -> int:
        """How many cells the table that was asked for will have."""
        return self._cube(self.question.by, self._where(dict(self.question.where))).size

    @property
    def size(self) -> int:
        """How many cells are counted and protected together."""
        return self.wide.size

    @cached_property
    def wide(self) -> cube.Cube:
        """The question without the filters whose other parts are protected with it."""
        return self._cube((*self.question.by, *self.question.opened), self._where(self.filters))

    @property
    def filters(self) -> dict[str, Code]:
        """The filters that the whole table has."""
        return self.question.remaining(self.question.opened)

    def counts(self, name: str = TABLE) -> Counts:
        """Count the wide table."""
        return self.wide.counts(name)

    def asked(self, name: str = TABLE) -> Counts:
        """Count the table that was asked for, and nothing beside it."""
        return self._cube(self.question.by, self._where(dict(self.question.where))).counts(name)

    def dated(self) -> Counts:
        """Count the wide table as publications lay tables out: a year, and its quarter, for the period."""
        counts = self.counts(self.question.table)
        cells = {self.question.dated(key): row for key, row in counts.cells.items()}
        veiled = True  # what has come to an end would tell of the year before
        return replace(counts, dimensions=self.question.dimensions, cells=cells, veiled=veiled)

    def shape(self, counts: Counts) -> Shape:
        """What the wide table counts."""
        filters = tuple(self.filters.items())
        return Shape(self.question.figure, counts.dimensions, counts.figures, filters, tuple(counts.cells))

    def codes(self, dimensions: Sequence[str], keys: Iterable[Key]) -> Codes:
        """The codes of each dimension in the order of their lists, associations and places by name, the total last."""
        keys = tuple(keys)
        found = {
            name: tuple((code, self.words.of(name, code)) for code in dict.fromkeys(key[place] for key in keys))
            for place, name in enumerate(dimensions)
        }
        return {name: tuple(sorted(pairs, key=lambda pair: self._rank(name, pair))) for name, pairs in found.items()}

    def filter_words(self) -> dict[str, str]:
        """What each code is called that the question is filtered by."""
        return {name: self.words.of(name, code) for name, code in self.question.where}

    @cached_property
    def words(self) -> Words:
        """The words of the snapshot."""
        return Words(self.tables, engines.rows)

    def _rank(self, name: str, pair: tuple[Code, str]) -> tuple[int, int, str]:
        code, label = pair
        last = LAST.get(code, 0)
        if last or name in BY_WORDS:
            return last, 0, label
        return 0, self._numbers(name).get(code, 0), written(code)

    def _cube(self, by: tuple[str, ...], where: Mapping[str, set[int]]) -> cube.Cube:
        asked = cube.Question(self.question.counted, self.question.periods, by, where)
        return cube.Cube(asked, self.tables, engines.rows)

    def _where(self, filters: Mapping[str, Code]) -> dict[str, set[int]]:
        return {name: {self._numbers(name).get(code, -1)} for name, code in filters.items()}

    def _numbers(self, name: str) -> dict[Code, int]:
        """The number of each code of a dimension."""
        if name not in self._known_numbers:
            domains = Domains(self.tables, self.question.periods, {}, self.question.counted.kinds, engines.rows)
            found = {domains.code(name, number): number for number in domains.numbers(name)}
            self._known_numbers[name] = {**found, UNKNOWN: NOT_STATED}
        return self._known_numbers[name]

    @cached_property
    def _known_numbers(self) -> dict[str, dict[Code, int]]:
        return {}
