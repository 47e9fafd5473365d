"""Interventions: how many there are, in how many associations, and the facts of each one."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from finsam.statistics.figures.head_counts import heads, laid_together, planned
from finsam.statistics.figures.participation import distinct, persons
from finsam.statistics.tables.dimensions import EVERYTHING, Where, attach
from finsam.statistics.tables.periods import Periods, spread
from finsam.statistics.tables.tables import Tables
from finsam.values.codes.need_groups import PRIORITISED as PRIORITY_GROUPS
from finsam.values.keys import Code, Sum

TOTAL = -1  # stands for "all" in a code column of these figures
KINDS = ("individual", "structural")
PRIORITISED = -2  # stands for "any of the priority groups" in need_group
SUMS: dict[int, Code] = {TOTAL: Sum.TOTAL, PRIORITISED: Sum.PRIORITISED}


def running(*, tables: Tables, periods: Periods) -> ir.Table:
    """Give one row per intervention and period in which it has a day."""
    rows = tables.interventions.select("intervention", "association", "kind", "direction", "starts_on", "ends_before")
    first, last = periods.holding(rows.starts_on), periods.last_of(rows.ends_before)
    repeated = spread(rows, periods, first=first, last=last)
    return repeated.select("period", "intervention", "association", "kind", "direction")


def interventions(*, tables: Tables, periods: Periods, by: Sequence[str] = (), where: Where = EVERYTHING) -> ir.Table:
    """Count the interventions of any kind that have a day in the period, by the dimensions of interventions."""
    rows = attach(running(tables=tables, periods=periods), tables=tables, periods=periods, by=by, where=where)
    return distinct(rows, "intervention", by).rename(interventions="n")


def associations(*, tables: Tables, periods: Periods, by: Sequence[str] = (), where: Where = EVERYTHING) -> ir.Table:
    """Count the associations that have an intervention with a day in the period, each once a cell."""
    rows = attach(running(tables=tables, periods=periods), tables=tables, periods=periods, by=by, where=where)
    return distinct(rows, "association", by).rename(associations="n")


def facts(*, tables: Tables, periods: Periods, where: Where = EVERYTHING, money: ir.Table | None = None) -> ir.Table:
    """Give one row per year and intervention of any kind that has a day in it, with what is known of the intervention.

    Columns: period, intervention, association, kind, direction, name, method, starts_on, ends_before; `target_groups`
    and `party_kinds` as bits (bit n stands for code n) and `parties`, how many; `planned` (empty where nothing was
    planned), `identified`, `anonymous`, `volume`; `budget` and `actual` in öre, from `money` (intervention, year,
    budget, actual), empty until there is such a table. Persons count in individual interventions only.
    """
    rows = attach(running(tables=tables, periods=periods), tables=tables, periods=periods, by=(), where=where)
    rows = rows.select("period", "intervention", "association", "kind", "direction").distinct()
    described = tables.interventions.drop("association", "kind", "direction")
    rows = _beside(rows, described, ("intervention",))
    rows = _beside(rows, _bits(tables.target_groups, "need_group", "target_groups"), ("intervention",), empty=0)
    rows = _beside(rows, _parties(tables), ("intervention",), empty=0)
    rows = _beside(rows, _planned(tables, periods), ("period", "intervention"))
    rows = _beside(rows, _participants(tables, periods), ("period", "intervention"), empty=0)
    if not tables.have_persons:
        rows = rows.mutate(identified=ibis.null("int64"))
    if money is None:
        return rows.mutate(budget=ibis.null("int64"), actual=ibis.null("int64"))
    return _beside(rows, money.mutate(period=money.year.cast("int32")).drop("year"), ("period", "intervention"))


def by_need_group(*, tables: Tables, periods: Periods) -> ir.Table:
    """Count interventions and distinct associations by period, need group, kind and direction, with sums (TOTAL).

    An intervention with several need groups counts once in each and once in the sum.
    """
    rows = _with_groups(running(tables=tables, periods=periods), tables)
    by = ("period", "need_group", "kind", "direction")
    # Summed by association first: then what has to be told apart is as short as associations are few.
    parts = rows.group_by(*by, "association").agg(n=ibis._.count())
    places = with_sums(with_sums(parts, "kind"), "direction").group_by(*by, "association").agg(n=ibis._.n.sum())
    return places.group_by(*by).agg(interventions=places.n.sum().cast("int64"), associations=places.count())


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


def _planned(tables: Tables, periods: Periods) -> ir.Table:
    by = ("intervention",)
    parts = [planned(tables=tables, periods=periods, by=by, kind=kind) for kind in KINDS]
    return laid_together(parts, by, ("planned",))


def _participants(tables: Tables, periods: Periods) -> ir.Table:
    by = ("intervention",)
    parts = [heads(tables=tables, periods=periods, by=by, kind=kind) for kind in KINDS]
    if tables.have_persons:
        parts.append(persons(tables=tables, periods=periods, flow="ongoing", by=by).rename(identified="persons"))
    return laid_together(parts, by, ("identified", "anonymous", "volume"))


def _bits(rows: ir.Table, column: str, name: str) -> ir.Table:
    """Give the codes of an intervention as bits; bits that differ may be summed, which every engine can."""
    codes = rows.select("intervention", code=rows[column].cast("int64")).distinct()
    bits = ibis.literal(1, "int64") << codes.code
    return codes.group_by("intervention").agg(**{name: bits.sum().cast("int64")})


def _parties(tables: Tables) -> ir.Table:
    rows = tables.performers.distinct()
    number = rows.group_by("intervention").agg(parties=ibis._.count())
    return _bits(rows, "party_kind", "party_kinds").join(number, "intervention")


def _beside(rows: ir.Table, facts: ir.Table, keys: Sequence[str], empty: int | None = None) -> ir.Table:
    """Add the columns of the facts; where there are none they are empty, or the number given."""
    added = [name for name in facts.columns if name not in keys]
    joined = rows.left_join(facts, list(keys)).select(*rows.columns, *added)
    return joined if empty is None else joined.mutate(**{name: joined[name].fill_null(empty) for name in added})
