"""A figure by some dimensions as a table of counts: every cell there could be, and a `total` in every dimension."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, product
from math import prod

import ibis
import ibis.expr.types as ir

from finsam.disclosure.cells import TOTAL, Counts, Key
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN, Domains, Fetch, fetched
from finsam.statistics.figures.head_counts import NEED_PERSONS
from finsam.statistics.figures.registry import Figure
from finsam.statistics.tables.dimensions import Where, additive, local, sensitive
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import Code

THINGS = frozenset({"interventions", "associations"})  # units that are no people
Numbers = tuple[int | None, ...]
MARGIN = -1  # stands for the total while the rows are fetched


@dataclass(frozen=True)
class Question:
    """A figure, what it is split by and which part of it: what is asked of a snapshot."""

    figure: Figure
    periods: Periods
    by: tuple[str, ...] = ()
    where: Where = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = ({*self.by, *self.where} - set(self.figure.dimensions)) | set(self.figure.always)
        if unknown or len(set(self.by)) < len(self.by):
            raise ValueError(f"The figure cannot be split or filtered by {sorted(unknown) or self.by}")
        if self.periods.per_year != 1 and not self.figure.quarters:
            raise ValueError("The figure is counted by year only")


@dataclass(frozen=True)
class Cube:
    """A question put to a snapshot: how large its table will be, and the table."""

    question: Question
    tables: Tables
    fetch: Fetch = fetched

    @property
    def size(self) -> int:
        """How many cells the table has, told before anything about people is counted."""
        asked = self.question
        rows = prod(len(self._domains.numbers(name)) + 1 for name in asked.by)
        return len(asked.periods.numbers) * rows * len(asked.figure.counts)

    def counts(self, name: str) -> Counts:
        """Count the table; a margin whose parts do not add up is counted by itself.

        What only persons could tell is empty where the snapshot has none.
        """
        asked, have = self.question, self.tables.have_persons
        found = self._found() if have or not asked.figure.of_persons_alone else {}
        keys = product(map(asked.periods.name, asked.periods.numbers), *self._codes(found))
        lacking = asked.figure.counts if asked.figure.of_persons_alone else NEED_PERSONS
        empty = tuple(None if name in lacking and not have else 0 for name in asked.figure.counts)
        return Counts(
            name,
            ("period", *asked.by),
            asked.figure.counts,
            {key: found.get(key, empty) for key in keys},
            persons=asked.figure.unit not in THINGS,
            additive=additive(asked.by, asked.figure.unit),
            sensitive=sensitive(asked.by) | asked.figure.sensitive,
            base=asked.figure.base,
            local=local(asked.by),
        )

    @cached_property
    def _domains(self) -> Domains:
        asked = self.question
        return Domains(self.tables, asked.periods, asked.where, asked.figure.kinds, self.fetch)

    def _found(self) -> dict[Key, Numbers]:
        """Count every cell; where parts make up their total they are summed, all other margins are counted apart."""
        asked = self.question
        adding = additive(asked.by, asked.figure.unit)
        margins = [(*(name for name in asked.by if name in adding), *apart) for apart in _subsets(asked.by, adding)]
        found: dict[Key, Numbers] = {}
        for row in self.fetch(ibis.union(*map(self._margin, margins), distinct=False)):
            codes = [(name, self.code(name, row[name])) for name in asked.by]
            choices = [(code, TOTAL) if name in adding else (code,) for name, code in codes]
            numbers = tuple(row[count] for count in asked.figure.counts)
            for key in product([asked.periods.name(row["period"])], *choices):
                found[key] = _plus(found[key], numbers) if key in found else numbers
        return found

    def _margin(self, by: Sequence[str]) -> ir.Table:
        """Count by some of the dimensions, the others being the total."""
        asked = self.question
        rows = asked.figure.count(tables=self.tables, periods=asked.periods, by=by, where=asked.where)
        codes = {name: rows[name].cast("int32") if name in by else ibis.literal(MARGIN, "int32") for name in asked.by}
        counts = {name: rows[name].cast("int64") for name in asked.figure.counts}
        return rows.select(period=rows.period.cast("int32"), **codes, **counts)

    def code(self, name: str, number: int) -> Code:
        """Give what a number in a column of a dimension stands for."""
        return TOTAL if number == MARGIN else self._domains.code(name, number)

    def _codes(self, found: dict[Key, Numbers]) -> list[list[Code]]:
        """Give the codes of each dimension, the total last; `not_stated` only where somebody lacks a value."""
        listed: list[list[Code]] = []
        for place, name in enumerate(self.question.by, start=1):
            codes: list[Code] = [self._domains.code(name, number) for number in self._domains.numbers(name)]
            others = sorted({key[place] for key in found} - {*codes, UNKNOWN, TOTAL})
            unknown = [UNKNOWN] if any(key[place] == UNKNOWN for key in found) else []
            listed.append([*codes, *others, *unknown, TOTAL])
        return listed


def summed(table: Counts, place: int, larger: Callable[[Code], Code]) -> Counts:
    """Sum a table up in one of its dimensions, whose codes make up the larger ones."""
    cells: dict[Key, Numbers] = {}
    for key, row in table.cells.items():
        whole = (*key[:place], larger(key[place]), *key[place + 1 :])
        cells[whole] = _plus(cells[whole], row) if whole in cells else row
    return replace(table, cells=cells)


def _subsets(by: Sequence[str], adding: Collection[str]) -> list[tuple[str, ...]]:
    apart = [name for name in by if name not in adding]
    return [names for size in range(len(apart) + 1) for names in combinations(apart, size)]


def _plus(one: Numbers, more: Numbers) -> Numbers:
    return tuple(None if a is None or b is None else a + b for a, b in zip(one, more, strict=True))
