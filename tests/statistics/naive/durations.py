"""How long stays last and how long support had been paid before, counted one by one."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from finsam.statistics.tables.periods import Periods
from tests.statistics.naive.days import Cells, Rows, Where, days_of, last_day, of_flow
from tests.statistics.naive.people import NOWHERE
from tests.statistics.naive.values import cells


def days_in_intervention(
    rows: Rows, periods: Periods, by: Sequence[str], where: Where = NOWHERE, *, through: date | None = None
) -> Cells:
    """The stays that began in a period by the days they have lasted: ended, and still in on the last day known."""
    known = min(through or date.max, days_of(periods.last, periods)[1])
    ended: Counter[tuple[int, ...]] = Counter()
    still_in: Counter[tuple[int, ...]] = Counter()
    for number in periods.numbers:
        for stay in of_flow(rows, "new", number, periods):
            if stay["starts_on"] <= known:
                counter = ended if last_day(stay) <= known else still_in
                days = (min(last_day(stay), known) - stay["starts_on"]).days + 1
                for cell in set(cells(rows, stay, number, periods, by=by, where=where)):
                    counter[number, days, *cell] += 1
    return {cell: (ended[cell], still_in[cell]) for cell in {*ended, *still_in}}


def months_in_support(rows: Rows, periods: Periods, by: Sequence[str], where: Where = NOWHERE, *, flow: str) -> Cells:
    """The stays of a flow by months in support before, where that is registered."""
    found: Counter[tuple[int, ...]] = Counter()
    for number in periods.numbers:
        for stay in of_flow(rows, flow, number, periods):
            if stay["months_in_support"] is not None:
                kept = set(cells(rows, stay, number, periods, by=by, where=where))
                found.update({(number, stay["months_in_support"], *cell) for cell in kept})
    return {cell: (count,) for cell, count in found.items()}
