"""Heads that were counted without personal data, what was planned, and all participants together, by calendar year."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from finsam.statistics.figures import participation
from finsam.statistics.tables.dimensions import EVERYTHING, Where, attach
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables

SOURCES = {1: "anonymous", 2: "volume"}
HEADS = tuple(SOURCES.values())
NEED_PERSONS = ("identified", "participants")  # empty where the snapshot has no persons


def heads(
    *,
    tables: Tables,
    periods: Periods,
    by: Sequence[str] = (),
    where: Where = EVERYTHING,
    kind: str | None = "individual",
) -> ir.Table:
    """Sum the heads (`anonymous` and `volume`) by year and the dimensions, in interventions of one kind, or of any.

    A head belongs to the calendar year it was reported for, and to no other. It has the sex and the intervention it
    was reported with, and counts once in each target group and party of the intervention.
    """
    by_sex = [
        tables.head_counts.mutate(sex=ibis.literal(tables.number("sex", sex), "int8"), heads=tables.head_counts[sex])
        for sex in ("women", "men")
    ]
    facts = ibis.union(*by_sex).group_by("year", "intervention", "sex", "source").agg(heads=ibis._.heads.sum())
    rows = _split(facts, tables=tables, periods=periods, by=by, where=where, kind=kind)
    of_source = {name: ibis.cases((rows.source == number, rows.heads), else_=0) for number, name in SOURCES.items()}
    return laid_together([rows.mutate(**of_source)], by, HEADS)


def planned(
    *, tables: Tables, periods: Periods, by: Sequence[str] = (), where: Where = EVERYTHING, kind: str = "individual"
) -> ir.Table:
    """Sum the participants planned for the year by the dimensions of interventions, in interventions of one kind."""
    facts = tables.plans.group_by("year", "intervention").agg(planned=ibis._.participants.sum())
    rows = _split(facts, tables=tables, periods=periods, by=by, where=where, kind=kind)
    return laid_together([rows], by, ("planned",))


def participants(*, tables: Tables, periods: Periods, by: Sequence[str] = (), where: Where = EVERYTHING) -> ir.Table:
    """Count participants in individual interventions: distinct identified persons, anonymous and volume heads.

    `participants` is their sum. Where the snapshot has no persons, identified and the sum are empty.
    """
    parts = [heads(tables=tables, periods=periods, by=by, where=where)]
    if tables.have_persons:
        persons = participation.persons(tables=tables, periods=periods, flow="ongoing", by=by, where=where)
        parts.append(persons.rename(identified="persons"))
    return _summed(laid_together(parts, by, ("identified", *HEADS)), tables)


def planned_and_actual(
    *, tables: Tables, periods: Periods, by: Sequence[str] = (), where: Where = EVERYTHING
) -> ir.Table:
    """Lay what was planned for the year beside the participants there were, in individual interventions."""
    parts = [figure(tables=tables, periods=periods, by=by, where=where) for figure in (planned, participants)]
    return _summed(laid_together(parts, by, ("planned", "identified", *HEADS)), tables)


def laid_together(parts: Sequence[ir.Table], by: Sequence[str], counts: Sequence[str]) -> ir.Table:
    """Lay figures with different counts side by side, summed by period and the dimensions; what one lacks is 0."""
    rows = [
        part.select(
            *(part[name].cast("int32").name(name) for name in ("period", *by)),
            **{name: (part[name] if name in part.columns else ibis.literal(0)).cast("int64") for name in counts},
        )
        for part in parts
    ]
    sums = {name: ibis._[name].sum().cast("int64") for name in counts}
    return ibis.union(*rows).group_by("period", *by).agg(**sums)


def _summed(cells: ir.Table, tables: Tables) -> ir.Table:
    if not tables.have_persons:
        return cells.mutate(identified=ibis.null("int64"), participants=ibis.null("int64"))
    return cells.mutate(participants=cells.identified + cells.anonymous + cells.volume)


def _split(
    facts: ir.Table, *, tables: Tables, periods: Periods, by: Sequence[str], where: Where, kind: str | None
) -> ir.Table:
    """Give each yearly fact of an intervention once in every cell of the dimensions it belongs to."""
    if periods.per_year != 1:
        raise ValueError("Heads and plans are registered by calendar year, not by quarter")
    within = facts.filter(facts.year.between(periods.first, periods.last))
    if kind is not None:
        wanted = tables.interventions.filter(tables.interventions.kind == tables.number("kind", kind))
        within = within.semi_join(wanted, "intervention")
    rows = within.mutate(period=within.year.cast("int32"))
    attached = attach(rows, tables=tables, periods=periods, by=by, where=where)
    return attached.select(*dict.fromkeys((*rows.columns, *by))).distinct()
