"""Interventions, the heads reported for them and what was planned, counted one by one."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from finsam.statistics.tables.periods import Periods
from tests.statistics.naive.days import INDIVIDUAL, Cells, Row, Rows, Where, meets
from tests.statistics.naive.people import NOWHERE, persons
from tests.statistics.naive.values import cells

SEXES = {"women": 1, "men": 2}
ANONYMOUS, VOLUME = 1, 2


def heads(rows: Rows, periods: Periods, by: Sequence[str], where: Where = NOWHERE, *, kind: int = INDIVIDUAL) -> Cells:
    """Anonymous and volume heads of the year they were reported for, in interventions of a kind."""
    anonymous: Counter[tuple[int, ...]] = Counter()
    volume: Counter[tuple[int, ...]] = Counter()
    for row in _of_kind(rows, "head_counts", kind, periods):
        for sex, number in SEXES.items():
            for cell in set(cells(rows, {**row, "sex": number}, row["year"], periods, by=by, where=where)):
                counter = anonymous if row["source"] == ANONYMOUS else volume
                counter[row["year"], *cell] += row[sex]
    return {cell: (anonymous[cell], volume[cell]) for cell in {*anonymous, *volume}}


def planned(
    rows: Rows, periods: Periods, by: Sequence[str], where: Where = NOWHERE, *, kind: int = INDIVIDUAL
) -> Cells:
    """The participants planned for a year."""
    found: Counter[tuple[int, ...]] = Counter()
    for row in _of_kind(rows, "plans", kind, periods):
        for cell in set(cells(rows, row, row["year"], periods, by=by, where=where)):
            found[row["year"], *cell] += row["participants"]
    return {cell: (count,) for cell, count in found.items()}


def participants(rows: Rows, periods: Periods, by: Sequence[str], where: Where = NOWHERE) -> Cells:
    """Identified, anonymous and volume, and their sum."""
    identified = persons(rows, periods, by, where, flow="ongoing")
    counted = heads(rows, periods, by, where)
    found: Cells = {}
    for cell in {*identified, *counted}:
        parts = [*identified.get(cell, (0,)), *counted.get(cell, (0, 0))]
        found[cell] = (*parts, sum(part or 0 for part in parts))
    return found


def planned_and_actual(rows: Rows, periods: Periods, by: Sequence[str], where: Where = NOWHERE) -> Cells:
    """What was planned, then the participants."""
    plans, actual = planned(rows, periods, by, where), participants(rows, periods, by, where)
    return {cell: (*plans.get(cell, (0,)), *actual.get(cell, (0, 0, 0, 0))) for cell in {*plans, *actual}}


def interventions(rows: Rows, periods: Periods, by: Sequence[str], where: Where = NOWHERE) -> Cells:
    """The interventions that have a day in the period."""
    return _running(rows, periods, by, where, "intervention")


def associations(rows: Rows, periods: Periods, by: Sequence[str], where: Where = NOWHERE) -> Cells:
    """The associations that have such an intervention."""
    return _running(rows, periods, by, where, "association")


def _running(rows: Rows, periods: Periods, by: Sequence[str], where: Where, thing: str) -> Cells:
    found: defaultdict[tuple[int, ...], set[int]] = defaultdict(set)
    for number in periods.numbers:
        for row in rows["interventions"]:
            if meets(row, number, periods):
                for cell in cells(rows, row, number, periods, by=by, where=where):
                    found[number, *cell].add(row[thing])
    return {cell: (len(things),) for cell, things in found.items()}


def _of_kind(rows: Rows, table: str, kind: int, periods: Periods) -> list[Row]:
    kinds = {row["intervention"]: row["kind"] for row in rows["interventions"]}
    return [row for row in rows[table] if kinds[row["intervention"]] == kind and row["year"] in periods.numbers]
