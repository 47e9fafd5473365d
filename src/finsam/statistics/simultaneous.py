"""How many interventions a person is in at once: the largest number on any one day of the period."""

import ibis
import ibis.expr.types as ir

from finsam.statistics.periods import Periods
from finsam.statistics.stays import MOST, in_periods
from finsam.statistics.tables import Tables


def at_once(*, tables: Tables, periods: Periods) -> ir.Table:
    """Give one row per person and period in which the person is ongoing: `at_once`, from 1 to MOST (or more).

    Two stays in one intervention on the same day are one intervention. The number can only rise on a day a stay
    begins, so it is enough to look at those days, and at the first day of the period for stays begun before it.
    """
    rows = in_periods(tables=tables, periods=periods, flow="ongoing")
    days = rows.select("person", "period", "participation", day=rows.starts_on)
    others = rows.select(
        "intervention", _person=rows.person, _period=rows.period, _from=rows.starts_on, _to=rows.ends_before,
        _before=periods.holding(rows.starts_on) < rows.period,
    )  # fmt: skip
    together = days.join(
        others,
        [
            days.person == others._person,
            days.period == others._period,
            others._before | (others._from <= days.day),
            others._to.isnull() | (others._to > days.day),
        ],
    )
    each = together.select("person", "period", "participation", "intervention").distinct()
    number = each.group_by("person", "period", "participation").agg(n=ibis._.count())
    return number.group_by("person", "period").agg(at_once=ibis.least(ibis._.n.max(), MOST).cast("int8"))
