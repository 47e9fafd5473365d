"""Which days a period has, and which stays have one of them."""

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from finsam.statistics.tables.periods import Periods

Row = Mapping[str, Any]
Rows = Mapping[str, list[dict[str, Any]]]
Where = Mapping[str, Collection[int]]
Cells = dict[tuple[int, ...], tuple[int | None, ...]]
PARTIES = ((1, ""), (3, "14"), (4, "1480"))  # kind and code; among many populations there is each of them


def days_of(number: int, periods: Periods) -> tuple[date, date]:
    """The first and the last day of a period."""
    if periods.per_year == 1:
        return date(number, 1, 1), date(number, 12, 31)
    year, quarter = divmod(number, 4)
    month = quarter * 3 + 3
    return date(year, month - 2, 1), date(year, month, monthrange(year, month)[1])


def year_of(number: int, periods: Periods) -> int:
    return days_of(number, periods)[0].year


def last_day(row: Row) -> date:
    return date.max if row["ends_before"] is None else row["ends_before"] - timedelta(days=1)


def meets(row: Row, number: int, periods: Periods, first: str = "starts_on") -> bool:
    """Tell whether anything with a first and a last day has a day in the period."""
    begins, ends = days_of(number, periods)
    return row[first] <= ends and last_day(row) >= begins


def stays(rows: Rows) -> Iterator[Row]:
    """The stays that count at all."""
    kinds = {row["intervention"]: row["kind"] for row in rows["interventions"]}
    for stay in rows["participations"]:
        if kinds[stay["intervention"]] == INDIVIDUAL and stay["end_reason"] != MISREGISTRATION:
            yield stay


def of_flow(rows: Rows, flow: str, number: int, periods: Periods) -> list[Row]:
    """The stays that are ongoing, new or ended in a period."""
    begins, ends = days_of(number, periods)
    if flow == "new":
        return [stay for stay in stays(rows) if begins <= stay["starts_on"] <= ends]
    if flow == "ended":
        return [stay for stay in stays(rows) if begins <= last_day(stay) <= ends]
    return [stay for stay in stays(rows) if meets(stay, number, periods)]


INDIVIDUAL, STRUCTURAL = 1, 2  # the numbers tests.tables gives the codes
MISREGISTRATION = 1
