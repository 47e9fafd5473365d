"""Persons laid out by year, found once when a snapshot is taken: one row per person and year, ready to be counted.

What a person may have several of is kept as bits of one whole number: bit n stands for the code with number n.
"""

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir

from finsam.statistics.tables.joins import START, need_group
from finsam.statistics.tables.periods import Periods, overlapping, spread
from finsam.statistics.tables.stays import PER_PERSON, counted, given, in_periods, packing, unpacked
from finsam.statistics.tables.tables import Tables
from finsam.values.codes.names import LAST_BIT


def person_years(*, tables: Tables, periods: Periods) -> ir.Table:
    """Give the laid out rows of the years, from the snapshot where it holds them, else worked out from its stays.

    Columns: person, period (the year), sex, birth_year, municipality, education (the stay that started last),
    `new` and `ended` (any stay started, ended in the year), `supports` and `supports_new`: the supports at start of
    any stay that makes the person ongoing, and of any stay started in the year.
    """
    laid_out = tables.person_years
    if laid_out is not None and periods.last <= tables.laid_out_through:
        within = laid_out.filter(laid_out.year.between(periods.first, periods.last))
        return within.mutate(period=within.year.cast("int32")).drop("year")
    return worked_out(tables=tables, periods=periods)


def support_years(*, tables: Tables, periods: Periods) -> ir.Table:
    """Give how many persons there are by year (`period`), `sex`, `supports` and `supports_new`, as `persons`.

    Everybody is in one row of a year, so that figures about supports need not look at each person again.
    """
    together = ("sex", "supports", "supports_new")
    laid_out = tables.support_years
    if laid_out is not None and periods.last <= tables.laid_out_through:
        within = laid_out.filter(laid_out.year.between(periods.first, periods.last))
        return within.mutate(period=within.year.cast("int32")).select("period", *together, "persons")
    rows = person_years(tables=tables, periods=periods)
    return rows.group_by("period", *together).agg(persons=rows.count())


def need_years(*, tables: Tables, periods: Periods) -> ir.Table:
    """Give how many persons there are by year (`period`), `sex` and `need_group`: `ongoing`, and those of them `new`.

    A person counts once in each group recorded for a stay that makes him or her ongoing (for new: for a stay started
    in the year), and in NOT_STATED for a stay with none.
    """
    laid_out = tables.need_years
    if laid_out is not None and periods.last <= tables.laid_out_through:
        within = laid_out.filter(laid_out.year.between(periods.first, periods.last))
        counted = within.mutate(period=within.year.cast("int32"))
        return counted.select("period", "sex", "need_group", "ongoing", "new")
    return needs_worked_out(tables=tables, periods=periods)


def needs_worked_out(*, tables: Tables, periods: Periods) -> ir.Table:
    """Count the persons by need group from the stays, both flows in one pass."""
    ongoing = need_group(in_periods(tables=tables, periods=periods, flow="ongoing"), tables, periods)
    begun = periods.holding(ongoing.starts_on) == ongoing.period
    in_groups = ongoing.group_by("period", "person", "need_group").agg(new=begun.any())
    sexes = person_years(tables=tables, periods=periods).select("period", "person", "sex")
    rows = in_groups.join(sexes, ["period", "person"])
    return rows.group_by("period", "sex", "need_group").agg(ongoing=rows.count(), new=rows.new.cast("int64").sum())


def worked_out(*, tables: Tables, periods: Periods) -> ir.Table:
    """Work the rows out from the stays: what a snapshot is laid out with when it is taken."""
    if max(tables.codes.get("support", {}).values(), default=0) > LAST_BIT:
        raise ValueError(f"Supports are kept as bits of one number, and their list has more than {LAST_BIT} codes")
    stays = _with_supports(overlapping(counted(tables), periods), tables)
    values = {name: packing(stays, name) for name in PER_PERSON}
    first, last = periods.holding(stays.starts_on), periods.last_of(stays.ends_before)
    kept = stays.select("person", "supports", _first=first, _last=last, **values)
    rows = spread(kept, periods, first=kept._first, last=kept._last)
    begun = rows._first == rows.period
    given_types = given(tables.participations)
    return rows.group_by("person", "period").agg(
        **{name: unpacked(rows[name].max(), given_types[name]) for name in PER_PERSON},
        new=begun.any(),
        ended=(rows._last == rows.period).any(),
        supports=rows.supports.bit_or(),
        supports_new=ibis.cases((begun, rows.supports), else_=0).cast("int64").bit_or(),
    )


def has_any(bits: ir.Value, numbers: Iterable[int]) -> ir.Value:
    """Tell whether any of the codes is among the bits; the number -1 of an unknown code is none."""
    return (bits & mask(numbers)) != 0


def mask(numbers: Iterable[int]) -> int:
    """Give the bits of some codes."""
    return sum(1 << number for number in set(numbers) if number >= 0)


def _with_supports(stays: ir.Table, tables: Tables) -> ir.Table:
    supports = given(tables.supports)
    at_start = supports.filter(supports.moment == START)
    bits = ibis.literal(1, "int64") << at_start.support.cast("int64")
    by_stay = at_start.group_by("participation").agg(supports=bits.bit_or())
    joined = stays.left_join(by_stay, "participation")
    return joined.mutate(supports=joined.supports.fill_null(0)).select(*stays.columns, "supports")
