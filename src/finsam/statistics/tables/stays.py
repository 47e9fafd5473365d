"""The stays that figures are made of: which count, and in which periods they are ongoing, new or ended."""

import ibis
import ibis.expr.types as ir

from finsam.statistics.tables.periods import Periods, overlapping, spread
from finsam.statistics.tables.tables import Tables

FLOWS = ("ongoing", "new", "ended")
PER_PERSON = ("sex", "birth_year", "municipality", "education")  # one value per person and period
NOT_STATED = 0  # stands for "nothing registered" in a code column of a figure
STAYS, VALUES = 2**31, 2**16  # with the days until 2079 they fill 63 bits; a third faster than a sorted aggregate


def counted(tables: Tables) -> ir.Table:
    """Give the stays that count: in an individual intervention and not a misregistration."""
    stays = given(tables.participations)
    individual = tables.interventions.filter(tables.interventions.kind == tables.number("kind", "individual"))
    misregistration = tables.number("end_reason", "misregistration")
    kept = stays.filter(stays.end_reason.isnull() | (stays.end_reason != misregistration))
    return kept.semi_join(individual.select("intervention"), "intervention")


def in_periods(*, tables: Tables, periods: Periods, flow: str) -> ir.Table:
    """Give the stays once for every period in which they are of the flow, in column `period`.

    Ongoing: the stay has a day in the period. New: its first day lies there. Ended: its last day lies there.
    """
    stays = overlapping(counted(tables), periods)
    first, last = periods.holding(stays.starts_on), periods.last_of(stays.ends_before)
    if flow == "ongoing":
        return spread(stays, periods, first=first, last=last)
    rows = stays.mutate(period={"new": first, "ended": last}[flow].cast("int32"))
    return rows.filter(rows.period.between(periods.first, periods.last))


def packing(stays: ir.Table, column: str) -> ir.Value:
    """Pack day, number of stay and value in one number: the largest holds the value of the stay that started last."""
    day = stays.starts_on.delta(ibis.date(1900, 1, 1), unit="day")
    return (day.cast("int64") * STAYS + stays.participation) * VALUES + stays[column].fill_null(NOT_STATED)


def unpacked(largest: ir.Value, column: ir.Value) -> ir.Value:
    """Take the value out of the largest packed number, as wide as the column it came from."""
    return (largest % VALUES).cast(column.type())


def given(table: ir.Table | None) -> ir.Table:
    """Give a table about persons, which a snapshot without `participants` lacks."""
    if table is None:
        raise ValueError("This snapshot has no tables about persons: participants was left out")
    return table
