"""The background of persons: of each kind the one value that a person has in a period, so that its parts add up."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.stays import NOT_STATED, PER_PERSON, counted, in_periods, packing, unpacked
from finsam.statistics.tables.tables import Tables

LENGTHS = (0, 12, 36, 72, 120)  # time in public support before: the fewest months of each band, from band 1
MOST = 3  # the third stay or a later one; three interventions at once or more


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
    """Add one of the columns of MADE to stays that lack it."""
    return stays if column in stays.columns else MADE[column](stays, tables)


def support_time(stays: ir.Table, _tables: Tables) -> ir.Table:
    """Add the band of the time in public support before the stay: 1 is under a year, 5 is ten years or more."""
    months = stays.months_in_support
    bands = [(months >= fewest, band) for band, fewest in reversed(list(enumerate(LENGTHS, start=1)))]
    return stays.mutate(support_time=ibis.cases(*bands, else_=NOT_STATED).cast("int8"))


def stay_number(stays: ir.Table, tables: Tables) -> ir.Table:
    """Add which of the person's stays it is, from 1 to MOST (or later), in the order they started.

    Every stay that counts is numbered, in whatever intervention and period.
    """
    before = ibis.row_number().over(ibis.window(group_by="person", order_by=["starts_on", "participation"]))
    numbers = counted(tables).select("participation", stay_number=ibis.least(before + 1, MOST).cast("int8"))
    return stays.join(numbers, "participation")


def at_once(*, tables: Tables, periods: Periods) -> ir.Table:
    """Give one row per person and period in which the person is ongoing: `at_once`, from 1 to MOST (or more).

    It is the largest number of interventions on one day of the period; two stays in one intervention are one. The
    number can only rise on a day a stay begins, so it is enough to look at those days, and for stays begun before the
    period at its first.
    """
    rows = in_periods(tables=tables, periods=periods, flow="ongoing")
    days = rows.select("person", "period", "participation", day=rows.starts_on)
    others = rows.select(
        "intervention",
        _person=rows.person,
        _period=rows.period,
        _from=rows.starts_on,
        _to=rows.ends_before,
        _before=periods.holding(rows.starts_on) < rows.period,
    )
    on_the_day = [
        days.person == others._person,
        days.period == others._period,
        others._before | (others._from <= days.day),
        others._to.isnull() | (others._to > days.day),
    ]
    each = days.join(others, on_the_day).select("person", "period", "participation", "intervention").distinct()
    number = each.group_by("person", "period", "participation").agg(n=ibis._.count())
    return number.group_by("person", "period").agg(at_once=ibis.least(ibis._.n.max(), MOST).cast("int8"))


MADE: Mapping[str, Callable[[ir.Table, Tables], ir.Table]] = MappingProxyType(
    {"support_time": support_time, "stay_number": stay_number}
)
