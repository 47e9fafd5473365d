"""How long: days in an intervention, where many are still in, and months in public support before it.

The figures give counts by length; survival is worked out from the counts alone, and exactly.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from finsam.statistics.figures.participation import split
from finsam.statistics.tables.dimensions import EVERYTHING, Where
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables

QUARTERS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4))


class Days(NamedTuple):
    """How many stays ended on their n-th day, and how many were still going on when nothing more was known."""

    days: int
    ended: int
    still_in: int


class Step(NamedTuple):
    """A day on which stays ended: how many could have, how many did, and the share that goes on after it."""

    days: int
    at_risk: int
    ended: int
    surviving: Fraction


def days_in_intervention(
    *,
    tables: Tables,
    periods: Periods,
    by: Sequence[str] = (),
    where: Where = EVERYTHING,
    through: date | None = None,
) -> ir.Table:
    """Count the participations that started in the period by their `days`: `ended` or `still_in`.

    The first and the last day are both in: a stay of one day has lasted 1. What is known ends with the day `through`,
    at the latest the last day of the periods and never after the day the snapshot is as of; a stay that goes on, or
    ended later, is still in and has lasted until then. A length belongs to a stay, so persons are not counted.
    """
    rows = split(tables=tables, periods=periods, flow="new", unit="participations", by=by, where=where)
    end = _day_after(through, periods)
    begun = rows.filter(rows.starts_on < end)
    stays = begun.select("period", *by, "participation", "starts_on", "ends_before").distinct()
    known = (stays.ends_before <= end).fill_null(False)
    until = ibis.cases((known, stays.ends_before), else_=end)
    lengths = stays.mutate(days=until.delta(stays.starts_on, unit="day").cast("int32"), known=known)
    return lengths.group_by("period", *by, "days").agg(
        ended=lengths.known.cast("int64").sum(), still_in=(~lengths.known).cast("int64").sum()
    )


def days_of_ended(*, tables: Tables, periods: Periods, by: Sequence[str] = (), where: Where = EVERYTHING) -> ir.Table:
    """Count the participations that ended in the period by how many `days` they lasted, the first and last among them.

    The figure is `participations`; a stay of one day has lasted 1.
    """
    rows = split(tables=tables, periods=periods, flow="ended", unit="participations", by=by, where=where)
    stays = rows.select("period", *by, "participation", "starts_on", "ends_before").distinct()
    lengths = stays.mutate(days=stays.ends_before.delta(stays.starts_on, unit="day").cast("int32"))
    return lengths.group_by("period", *by, "days").agg(participations=lengths.count())


def months_in_support(
    *, tables: Tables, periods: Periods, flow: str, by: Sequence[str] = (), where: Where = EVERYTHING
) -> ir.Table:
    """Count the participations of a flow by the `months` in public support before, where they are registered."""
    rows = split(tables=tables, periods=periods, flow=flow, unit="participations", by=by, where=where)
    stays = rows.filter(rows.months_in_support.notnull())
    stays = stays.select("period", *by, "participation", months=stays.months_in_support).distinct()
    return stays.group_by("period", *by, "months").agg(participations=stays.count())


def survival(counts: Iterable[Days]) -> list[Step]:
    """Give the Kaplan-Meier curve of counts by day: a step for each day on which a stay ended.

    Kaplan and Meier (1958). Who is still in after some days was at risk on all of them, the last one too.
    """
    rows = sorted(counts)
    at_risk = sum(row.ended + row.still_in for row in rows)
    surviving, steps = Fraction(1), []
    for row in rows:
        if row.ended:
            surviving *= Fraction(at_risk - row.ended, at_risk)
            steps.append(Step(row.days, at_risk, row.ended, surviving))
        at_risk -= row.ended + row.still_in
    return steps


def time_until(curve: Iterable[Step], share: Fraction) -> int | None:
    """Give the first day after which at least the share has ended; None when it has not come to that."""
    return next((step.days for step in curve if 1 - step.surviving >= share), None)


def _day_after(through: date | None, periods: Periods) -> ir.Value:
    day = periods.ends_before if through is None else min(through + timedelta(days=1), periods.ends_before)
    return ibis.date(day.year, day.month, day.day)
