"""What became of the stays that ended in a period: support and occupation before and after, and why they ended.

Every figure is asked for by unit. A participation counts once in each cell, with its own values; a person once in
each cell that any of his or her stays ended in the period belongs to. What nobody has registered is NOT_STATED.
"""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from finsam.statistics.figures import participation
from finsam.statistics.tables.dimensions import EVERYTHING, Where, attach
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.stays import NOT_STATED
from finsam.statistics.tables.tables import Tables

UNITS: Mapping[str, str] = MappingProxyType({"persons": "person", "participations": "participation"})
ACTIVE = ("work", "studies")  # the occupations that have an extent
CLASSES = ("work", "studies", "job_seeking")  # the fourth class, other, is whatever else is registered
OTHER = "other"


def supports(
    *, tables: Tables, periods: Periods, unit: str, by: Sequence[str] = (), where: Where = EVERYTHING
) -> ir.Table:
    """Count those who ended, `before` and `after`: by `support` those who had it then; several count in each."""
    stays = _ended(tables, periods, unit, by, where, apart="support")
    before, after = (attach(stays, tables=tables, periods=periods, by=[name]) for name in ("support", "support_after"))
    return _compared(before, after.mutate(support=after.support_after), "support", unit=unit, by=by, where=where)


def occupations(
    *, tables: Tables, periods: Periods, unit: str, by: Sequence[str] = (), where: Where = EVERYTHING
) -> ir.Table:
    """Count those who ended, `before` and `after`: by `occupation` those who had it then."""
    stays = _ended(tables, periods, unit, by, where, apart="occupation")
    before, after = (stays.mutate(occupation=occupation) for occupation in _occupations(stays))
    return _compared(before, after, "occupation", unit=unit, by=by, where=where)


def classes(
    *, tables: Tables, periods: Periods, unit: str, by: Sequence[str] = (), where: Where = EVERYTHING
) -> ir.Table:
    """Count as `occupations` does, in the four classes of SUS: work, studies, job seeking, other.

    A stay has one occupation, so whoever is seeking work neither works nor studies. Codes that have been added to
    the list belong to other; each class bears the number of its own code.
    """
    numbers = [tables.number("occupation", code) for code in CLASSES]
    other = tables.number("occupation", OTHER)
    stays = _ended(tables, periods, unit, by, where, apart="occupation")
    before, after = (
        stays.mutate(occupation=ibis.cases((code.isin([*numbers, NOT_STATED]), code), else_=other).cast("int8"))
        for code in _occupations(stays)
    )
    return _compared(before, after, "occupation", unit=unit, by=by, where=where)


def work_or_study(
    *, tables: Tables, periods: Periods, unit: str, by: Sequence[str] = (), where: Where = EVERYTHING
) -> ir.Table:
    """Count all who `ended`, and of them the `active`, who work or study after, and those who `gained` by it.

    Gained is who `began`, neither working nor studying before, or `increased` the extent of work or studies. An
    occupation before that nobody has registered, or an extent, says nothing and is no gain. A person counts under
    each that any of the stays ended in the period shows.
    """
    key = UNITS[unit]
    rows = _marked(_ended(tables, periods, unit, by, where), tables)
    flags = ("active", "began", "increased")
    units = rows.group_by("period", *by, key).agg(**{flag: rows[flag].any() for flag in flags})
    units = units.mutate(gained=units.began | units.increased)
    counts = {flag: units[flag].cast("int64").sum() for flag in (*flags, "gained")}
    return units.group_by("period", *by).agg(ended=units.count(), **counts)


def _ended(
    tables: Tables, periods: Periods, unit: str, by: Sequence[str], where: Where, *, apart: str = ""
) -> ir.Table:
    """Give the stays that ended, with the columns of the dimensions but the one that is set apart to be compared."""
    kept = {name: codes for name, codes in where.items() if name != apart}
    others = [name for name in by if name != apart]
    return participation.split(tables=tables, periods=periods, flow="ended", unit=unit, by=others, where=kept)


def _occupations(stays: ir.Table) -> tuple[ir.Value, ir.Value]:
    return stays.occupation_at_start.fill_null(NOT_STATED), stays.occupation_at_end.fill_null(NOT_STATED)


def _compared(
    before: ir.Table, after: ir.Table, column: str, *, unit: str, by: Sequence[str], where: Where
) -> ir.Table:
    """Count each side of a comparison in a column of its own; a filter on what is compared is put to each side."""
    sides = [_kept(side, column, where.get(column)) for side in (before, after)]
    units = [side.select("period", *by, UNITS[unit]).distinct() for side in sides]
    both = ibis.union(*(side.mutate(before=1 - place, after=place) for place, side in enumerate(units)))
    return both.group_by("period", *by).agg(before=both.before.sum(), after=both.after.sum())


def _kept(rows: ir.Table, column: str, codes: Collection[int] | None) -> ir.Table:
    if codes is None:
        return rows
    return rows.filter(rows[column].isin(sorted(codes)) if codes else ibis.literal(False))


def _marked(stays: ir.Table, tables: Tables) -> ir.Table:
    numbers = [tables.number("occupation", code) for code in ACTIVE]
    active, was_active = (
        stays[moment].isin(numbers).fill_null(False) for moment in ("occupation_at_end", "occupation_at_start")
    )
    more = (stays.extent_at_end > stays.extent_at_start).fill_null(False)
    return stays.mutate(
        active=active,
        began=active & ~was_active & stays.occupation_at_start.notnull(),
        increased=active & was_active & more,
    )
