"""Persons and participations: ongoing, new and ended in a period, each person once a cell."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from finsam.statistics.tables.dimensions import EVERYTHING, Where, attach, laid_out, with_values_of_persons
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.person_years import has_any, person_years, support_years
from finsam.statistics.tables.stays import in_periods
from finsam.statistics.tables.tables import Tables

# Source 004, note 25: "sjukpenning" in the national tables is sickness or rehabilitation cash benefit.
SUPPORT_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sickness_benefit": ("sickness_cash_benefit", "rehabilitation_cash_benefit"),
        "activity_compensation": ("activity_compensation",),
    }
)
# Parts and counts that no reader asks for, but reports show: any of several supports; anonymous and volume together.
SUPPORT_GROUP = "support_group"
GROUPED: Mapping[str, str] = MappingProxyType(
    {code: group for group, codes in SUPPORT_GROUPS.items() if len(codes) > 1 for code in codes}
)
HEADS = "heads"
FLOWS = ("ongoing", "new")  # the flows the national report splits by group of supports


def persons(
    *, tables: Tables, periods: Periods, flow: str, by: Sequence[str] = (), where: Where = EVERYTHING
) -> ir.Table:
    """Count distinct persons by period and the dimensions; cells without persons have no row.

    Sex, age, municipality, education and what else a person has one value of are those of the stay that started
    last of all that make the person ongoing in the period, whichever stays the flow and the filter leave.
    """
    if periods.per_year == 1 and laid_out({*by, *where}):
        return _of_years(tables, periods, flow, by, where)
    rows = split(tables=tables, periods=periods, flow=flow, unit="persons", by=by, where=where)
    return distinct(rows, "person", by).rename(persons="n")


def participations(
    *, tables: Tables, periods: Periods, flow: str, by: Sequence[str] = (), where: Where = EVERYTHING
) -> ir.Table:
    """Count participations (stays) by period and the dimensions, each with its own values."""
    rows = split(tables=tables, periods=periods, flow=flow, unit="participations", by=by, where=where)
    return distinct(rows, "participation", by).rename(participations="n")


def split(
    *, tables: Tables, periods: Periods, flow: str, unit: str, by: Sequence[str] = (), where: Where = EVERYTHING
) -> ir.Table:
    """Give the stays of a flow with the columns of the dimensions, and only those the filter keeps.

    For persons the stays carry the person's one value of the period, for participations each its own.
    """
    rows = in_periods(tables=tables, periods=periods, flow=flow)
    if unit == "persons":
        rows = with_values_of_persons(rows, tables=tables, periods=periods, by={*by, *where})
    return attach(rows, tables=tables, periods=periods, by=by, where=where)


def distinct(rows: ir.Table, unit: str, by: Sequence[str]) -> ir.Table:
    """Count the distinct values of a column by period and the dimensions, as `n`."""
    columns = dict.fromkeys(("period", *by, unit))
    return rows.select(*columns).distinct().group_by("period", *by).agg(n=ibis._.count())


def by_support_group(*, tables: Tables, periods: Periods) -> ir.Table:
    """Count persons by period and sex: all (`identified`) and a column `<group>_<flow>` for each group and flow.

    Under a group counts whoever had one of its supports at the start of any stay that makes him or her ongoing (for
    new: of any stay started in the period).
    """
    rows = support_years(tables=tables, periods=periods)
    bits = {"ongoing": rows.supports, "new": rows.supports_new}
    having = {
        f"{group}_{flow}": has_any(bits[flow], (tables.number("support", code) for code in codes))
        for group, codes in SUPPORT_GROUPS.items()
        for flow in FLOWS
    }
    counts = {name: ibis.cases((flag, rows.persons), else_=0) for name, flag in having.items()}
    sums = {name: count.sum().cast("int64") for name, count in (counts | {"identified": rows.persons}).items()}
    return rows.group_by("period", "sex").agg(**sums)


def _of_years(tables: Tables, periods: Periods, flow: str, by: Sequence[str], where: Where) -> ir.Table:
    rows = person_years(tables=tables, periods=periods)
    kept = rows if flow == "ongoing" else rows.filter(rows[flow])
    kept = attach(kept, tables=tables, periods=periods, by=by, where=where)
    return kept.group_by("period", *by).agg(persons=ibis._.count())
