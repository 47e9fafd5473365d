"""The stays that figures are made of: which count, and in which periods they are ongoing, new or ended."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from finsam.statistics.periods import Periods, overlapping, spread
from finsam.statistics.tables import Tables

FLOWS = ("ongoing", "new", "ended")
PER_PERSON = ("sex", "birth_year", "municipality", "education")  # one value per person and period
NOT_STATED = 0  # stands for "nothing registered" in a code column of a figure
STAYS, VALUES = 2**31, 2**16  # with the days until 2079 they fill 63 bits; a third faster than a sorted aggregate
LENGTHS = (0, 12, 36, 72, 120)  # time in public support before: the fewest months of each band
BAND, NUMBER = "support_time", "stay_number"  # columns of stays that are made here
MOST = 3  # the third stay or a later one; three interventions at once or more


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


def of_persons(*, tables: Tables, periods: Periods, values: Sequence[str] = PER_PERSON) -> ir.Table:
    """Give one row per person and period in which the person is ongoing, with the one value of each kind.

    The value is that of the stay that started last; of stays that started on one day, the highest number's. Where
    nothing is stated in that stay, nothing is stated for the person.
    """
    rows = in_periods(tables=tables, periods=periods, flow="ongoing")
    for name in values:
        rows = with_column(rows, tables, name)
    packed = rows.select("person", "period", **{name: packing(rows, name) for name in values})
    latest = {name: unpacked(packed[name].max(), rows[name]) for name in values}
    return packed.group_by("person", "period").agg(**latest)


def with_column(stays: ir.Table, tables: Tables, column: str) -> ir.Table:
    """Add one of the columns that are made here, if it is wanted and missing."""
    if column in stays.columns:
        return stays
    return {BAND: _banded, NUMBER: _numbered}[column](stays, tables)


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


def _banded(stays: ir.Table, _tables: Tables) -> ir.Table:
    months = stays.months_in_support
    bands = [(months >= fewest, band) for band, fewest in reversed(list(enumerate(LENGTHS, start=1)))]
    return stays.mutate(**{BAND: ibis.cases(*bands, else_=NOT_STATED).cast("int8")})


def _numbered(stays: ir.Table, tables: Tables) -> ir.Table:
    """Number every stay among all those of the person that count, whatever periods are asked for."""
    every = counted(tables)
    before = ibis.row_number().over(ibis.window(group_by="person", order_by=["starts_on", "participation"]))
    numbers = every.select("participation", **{NUMBER: ibis.least(before + 1, MOST).cast("int8")})
    return stays.join(numbers, "participation")
