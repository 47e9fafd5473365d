"""Persons who take part: ongoing and new in a year, each person once a cell."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from finsam.statistics.tables import Tables, by_year, first_year, last_year, overlapping

START = 1  # supports.moment: recorded when the stay started

# Source 004, note 25: "sjukpenning" in the national tables is sickness or rehabilitation cash benefit.
SUPPORT_GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sickness_benefit": ("sickness_cash_benefit", "rehabilitation_cash_benefit"),
        "activity_compensation": ("activity_compensation",),
    }
)
FLOWS = ("ongoing", "new")
STAYS, VALUES = 2**31, 2**16  # with the days until 2079 they fill 63 bits; a third faster than a sorted aggregate


def counted(tables: Tables) -> ir.Table:
    """Give the stays that count: in an individual intervention and not a misregistration."""
    stays = _given(tables.participations)
    individual = tables.interventions.filter(tables.interventions.kind == tables.number("kind", "individual"))
    misregistration = tables.number("end_reason", "misregistration")
    kept = stays.filter(stays.end_reason.isnull() | (stays.end_reason != misregistration))
    return kept.semi_join(individual.select("intervention"), "intervention")


def person_years(tables: Tables, years: Sequence[int], *, by: Sequence[str] = ("sex",)) -> ir.Table:
    """Give one row per person and year in which the person is ongoing: the compact table other figures count in.

    Columns: person, year, those named by `by` (the value of the stay that started last, ties going to the highest
    participation number), `new`, and for each group of supports `<group>_ongoing` and `<group>_new`: whether any
    stay that makes the person ongoing (started in the year) had such a support at its start.
    """
    stays = overlapping(counted(tables), years)
    order = {column: _order(stays, column) for column in by}
    stays = stays.select("participation", "person", "ends_before", first=first_year(stays.starts_on), **order)
    rows = by_year(_with_supports(stays, tables), years, first=ibis._.first, last=last_year(ibis._.ends_before))
    started = rows.first == rows.year
    flags = {f"{group}_ongoing": rows[group].any() for group in SUPPORT_GROUPS}
    flags |= {f"{group}_new": (rows[group] & started).any() for group in SUPPORT_GROUPS}
    latest = {column: (rows[column].max() % VALUES).cast(_given(tables.participations)[column].type()) for column in by}
    return rows.group_by("person", "year").agg(new=started.any(), **latest, **flags)


def by_support(person_years: ir.Table) -> ir.Table:
    """Count persons by year, flow (ongoing, new), group of supports and sex; cells without persons have no row."""
    cells = [
        person_years.filter(person_years[f"{group}_{flow}"]).select(
            "year", "sex", "person", flow=ibis.literal(flow), support=ibis.literal(group)
        )
        for flow in FLOWS
        for group in SUPPORT_GROUPS
    ]
    return _persons(ibis.union(*cells), "year", "flow", "support", "sex")


def identified(person_years: ir.Table) -> ir.Table:
    """Count persons registered with personal data and ongoing in the year, by year and sex."""
    return _persons(person_years, "year", "sex")


def wide(person_years: ir.Table) -> ir.Table:
    """Count both of the above in one pass: per year and sex `identified` and a column `<group>_<flow>` for each."""
    flags = {f"{group}_{flow}": person_years[f"{group}_{flow}"].sum() for group in SUPPORT_GROUPS for flow in FLOWS}
    return person_years.group_by("year", "sex").agg(identified=ibis._.count(), **flags)


def _persons(rows: ir.Table, *by: str) -> ir.Table:
    return rows.select(*by, "person").distinct().group_by(*by).agg(persons=ibis._.count())


def _with_supports(stays: ir.Table, tables: Tables) -> ir.Table:
    """Join each stay with its supports at start; several give several rows, which the groups by person fold again."""
    supports = _given(tables.supports)
    numbers = {group: [tables.number("support", code) for code in codes] for group, codes in SUPPORT_GROUPS.items()}
    wanted = sorted({number for group in numbers.values() for number in group})
    at_start = supports.filter((supports.moment == START) & supports.support.isin(wanted))
    joined = stays.left_join(at_start.select("participation", "support"), "participation")
    flags = {group: joined.support.isin(numbers[group]).fill_null(False) for group in SUPPORT_GROUPS}
    return joined.mutate(**flags).drop("participation", "participation_right", "support")


def _order(stays: ir.Table, column: str) -> ir.Value:
    """Pack day, number of stay and value in one number: the largest holds the value of the stay that started last."""
    day = stays.starts_on.delta(ibis.date(1900, 1, 1), unit="day")
    return (day.cast("int64") * STAYS + stays.participation) * VALUES + stays[column]


def _given(table: ir.Table | None) -> ir.Table:
    if table is None:
        raise ValueError("This snapshot has no tables about persons: participants was left out")
    return table
