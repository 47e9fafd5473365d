"""The tables of a snapshot, as the figures are handed them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir


@dataclass(frozen=True)
class Tables:
    """One snapshot as Ibis tables; the tables about persons are None where participants is left out.

    Code columns are whole numbers; `codes` gives them: list -> code -> number. `labels` gives the words of the
    codes in the snapshot's own edition of the lists: list -> code -> language -> label.
    """

    codes: Mapping[str, Mapping[str, int]]
    interventions: ir.Table
    target_groups: ir.Table
    performers: ir.Table
    plans: ir.Table
    head_counts: ir.Table
    associations: ir.Table
    coverage: ir.Table
    municipalities: ir.Table
    persons: ir.Table | None = None
    participations: ir.Table | None = None
    supports: ir.Table | None = None
    needs: ir.Table | None = None
    labels: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    @property
    def have_persons(self) -> bool:
        """Tell whether figures about persons can be counted at all."""
        return self.participations is not None and self.supports is not None

    def number(self, list_name: str, code: str) -> int:
        """Give the number a code has in this snapshot, or -1, which no row has, when the list lacks the code."""
        return self.codes.get(list_name, {}).get(code, -1)


def by_year(rows: ir.Table, years: Sequence[int], *, first: ir.Value, last: ir.Value) -> ir.Table:
    """Repeat each row once for every one of the years (without gaps) from its first to its last, in column `year`."""
    spans = rows.mutate(
        _from=ibis.greatest(first.cast("int64"), min(years)), _to=ibis.least(last.cast("int64"), max(years))
    )
    within = spans.filter(spans._from <= spans._to)
    return within.mutate(year=ibis.range(within._from, within._to + 1).unnest().cast("int16")).drop("_from", "_to")


def overlapping(periods: ir.Table, years: Sequence[int]) -> ir.Table:
    """Keep the periods that have a day in any of the years; asked first, so that the others are never read."""
    begun = periods.starts_on < ibis.date(max(years) + 1, 1, 1)
    return periods.filter(begun, periods.ends_before.isnull() | (periods.ends_before > ibis.date(min(years), 1, 1)))


FOREVER = 9999


def first_year(starts_on: ir.Value) -> ir.Value:
    """Give the year a period starts in."""
    return starts_on.year()


def last_year(ends_before: ir.Value) -> ir.Value:
    """Give the year of a period's last day; the stored day is the one after, none means that it goes on."""
    return (ends_before - ibis.interval(days=1)).year().fill_null(FOREVER)
