"""Persons and participations, counted one by one."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from finsam.statistics.tables.periods import Periods
from tests.statistics.naive.days import Cells, Row, Rows, Where, of_flow
from tests.statistics.naive.values import cells, latest

NOWHERE: Where = {}


def persons(rows: Rows, periods: Periods, by: Sequence[str], where: Where = NOWHERE, *, flow: str) -> Cells:
    """Each person once in each cell that any of the person's stays of the flow belongs to."""
    found: Counter[tuple[int, ...]] = Counter()
    for number in periods.numbers:
        ongoing = _by_person(of_flow(rows, "ongoing", number, periods))
        for person, stays in _by_person(of_flow(rows, flow, number, periods)).items():
            shown = latest(ongoing[person])
            found.update(
                {
                    (number, *cell)
                    for stay in stays
                    for cell in cells(rows, stay, number, periods, by=by, where=where, person=shown)
                }
            )
    return {cell: (count,) for cell, count in found.items()}


def participations(rows: Rows, periods: Periods, by: Sequence[str], where: Where = NOWHERE, *, flow: str) -> Cells:
    """Each stay of the flow once in each cell it belongs to."""
    found: Counter[tuple[int, ...]] = Counter()
    for number in periods.numbers:
        for stay in of_flow(rows, flow, number, periods):
            found.update({(number, *cell) for cell in cells(rows, stay, number, periods, by=by, where=where)})
    return {cell: (count,) for cell, count in found.items()}


def _by_person(stays: Sequence[Row]) -> dict[int, list[Row]]:
    persons: defaultdict[int, list[Row]] = defaultdict(list)
    for stay in stays:
        persons[stay["person"]].append(stay)
    return persons
