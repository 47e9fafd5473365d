"""Interventions of a year: how many, for which need groups, of which kind and direction, in how many associations."""

import ibis
import ibis.expr.types as ir

from finsam.statistics.periods import Periods, spread
from finsam.statistics.tables import Tables
from finsam.values.codes.need_groups import PRIORITISED as PRIORITY_GROUPS

TOTAL = -1  # stands for "all" in a code column of these figures
PRIORITISED = -2  # stands for "any of the priority groups" in need_group


def running(*, tables: Tables, periods: Periods) -> ir.Table:
    """Give one row per intervention and period in which it has a day."""
    rows = tables.interventions.select("intervention", "association", "kind", "direction", "starts_on", "ends_before")
    first, last = periods.holding(rows.starts_on), periods.last_of(rows.ends_before)
    repeated = spread(rows, periods, first=first, last=last)
    return repeated.select("period", "intervention", "association", "kind", "direction")


def by_need_group(*, tables: Tables, periods: Periods) -> ir.Table:
    """Count interventions and distinct associations by period, need group, kind and direction, with sums (TOTAL).

    An intervention with several need groups counts once in each and once in the sum.
    """
    rows = with_sums(with_sums(_with_groups(running(tables=tables, periods=periods), tables), "kind"), "direction")
    by = ("period", "need_group", "kind", "direction")
    things = rows.select(*by, "intervention").distinct().group_by(*by).agg(interventions=ibis._.count())
    places = rows.select(*by, "association").distinct().group_by(*by).agg(associations=ibis._.count())
    return things.join(places, by).select(*by, "interventions", "associations")


def with_sums(rows: ir.Table, column: str) -> ir.Table:
    """Add every row once more with the column set to TOTAL."""
    return rows.union(rows.mutate(**{column: ibis.literal(TOTAL).cast(rows[column].type())}))


def _with_groups(rows: ir.Table, tables: Tables) -> ir.Table:
    groups = tables.target_groups.select("intervention", need_group=ibis._.need_group.cast("int16"))
    priority = groups.filter(groups.need_group.isin([tables.number("need_group", code) for code in PRIORITY_GROUPS]))
    every = tables.interventions.select("intervention", need_group=ibis.literal(TOTAL, "int16"))
    any_priority = priority.select("intervention", need_group=ibis.literal(PRIORITISED, "int16"))
    return rows.join(ibis.union(groups, every, any_priority).distinct(), "intervention").select(
        *rows.columns, "need_group"
    )
