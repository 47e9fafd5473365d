"""Persons new in a period with a support, as another agency's records describe them: age, days in benefit, diagnosis.

`linked` is what a linkage left beside the snapshot: person, age, days_in_benefit and chapter (of ICD-10-SE, 0 where
there is no diagnosis). A person is new when a stay started in the period, and with a support when any such stay has
it at start. Everything but the first figure is about those who were found, so it must be shown beside the others.
Age, days and diagnosis are what the other agency has stated, the age and the days as of the start.
"""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from finsam.statistics.figures.participation import split
from finsam.statistics.tables.dimensions import EVERYTHING, Where
from finsam.statistics.tables.joins import AGES
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables

AGE = "age_at_start"  # the youngest age of the group


def found(
    *, tables: Tables, linked: ir.Table, periods: Periods, by: Sequence[str] = (), where: Where = EVERYTHING
) -> ir.Table:
    """Count the new `persons`, those of them `found` in the other agency's file and those who were `missing` there."""
    cohort = _new(tables, periods, by, where)
    rows = cohort.left_join(linked.select("person", age=linked.age), "person")
    return rows.group_by("period", *by).agg(
        persons=rows.count(), found=rows.age.count(), missing=rows.age.isnull().cast("int64").sum()
    )


def days(
    *, tables: Tables, linked: ir.Table, periods: Periods, by: Sequence[str] = (), where: Where = EVERYTHING
) -> ir.Table:
    """Count the persons found by the days they had had the benefit.

    Can be split by `age_at_start` and `chapter` too.
    """
    return _by(tables, linked, periods, (*by, "days_in_benefit"), where)


def _by(tables: Tables, linked: ir.Table, periods: Periods, by: Sequence[str], where: Where) -> ir.Table:
    theirs = {AGE, "days_in_benefit", "chapter"}
    cohort = _new(tables, periods, [name for name in by if name not in theirs], where)
    rows = cohort.join(_described(linked), "person")
    return rows.group_by("period", *by).agg(persons=rows.count())


def _new(tables: Tables, periods: Periods, by: Sequence[str], where: Where) -> ir.Table:
    rows = split(tables=tables, periods=periods, flow="new", unit="persons", by=by, where=where)
    return rows.select("period", *by, "person").distinct()


def _described(linked: ir.Table) -> ir.Table:
    groups = [(linked.age >= youngest, youngest) for youngest in reversed(AGES[1:])]
    age = ibis.cases(*groups, else_=AGES[0]).cast("int16")
    return linked.select("person", "days_in_benefit", "chapter", **{AGE: age})
