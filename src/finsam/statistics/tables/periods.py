"""The periods that figures are counted in: whole years or whole quarters."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

import ibis
import ibis.expr.types as ir

FOREVER = 99_999  # the period of the last day of a stay that goes on
QUARTER = re.compile(r"(\d{4})K([1-4])")


@dataclass(frozen=True)
class Periods:
    """Years (`per_year` 1) or quarters (4) without gaps, both ends included.

    The number of a period is its year times `per_year`, plus its place in the year counted from 0.
    """

    first: int
    last: int
    per_year: int = 1

    def __post_init__(self) -> None:
        if self.first > self.last or self.per_year not in (1, 4):
            raise ValueError(f"These are no periods: {self.first} to {self.last}, {self.per_year} a year")

    @classmethod
    def years(cls, first: int, last: int | None = None) -> Self:
        """The years from the first to the last, or one year."""
        return cls(first, first if last is None else last)

    @classmethod
    def quarters(cls, first: str, last: str) -> Self:
        """The quarters from the first to the last, written as in 2020K1."""
        return cls(_quarter(first), _quarter(last), per_year=4)

    @property
    def numbers(self) -> range:
        """The numbers of the periods in order."""
        return range(self.first, self.last + 1)

    @property
    def starts_on(self) -> date:
        """The first day of the first period."""
        return self.first_day(self.first)

    @property
    def ends_before(self) -> date:
        """The day after the last day of the last period."""
        return self.first_day(self.last + 1)

    def first_day(self, number: int) -> date:
        """The first day of a period."""
        year, place = divmod(number, self.per_year)
        return date(year, place * 12 // self.per_year + 1, 1)

    def name(self, number: int) -> str:
        """Write a period as 2020 or 2020K1."""
        year, place = divmod(number, self.per_year)
        return str(year) if self.per_year == 1 else f"{year}K{place + 1}"

    def holding(self, day: ir.Value) -> ir.Value:
        """Give the number of the period a day lies in."""
        year = day.year().cast("int32")
        return year if self.per_year == 1 else year * 4 + (day.quarter() - 1).cast("int32")

    def year_of(self, number: ir.Value) -> ir.Value:
        """Give the year a period lies in."""
        return number if self.per_year == 1 else (number // 4).cast("int32")

    def last_of(self, ends_before: ir.Value) -> ir.Value:
        """Give the number of the period of a stay's last day; the stored day is the one after, none goes on."""
        return self.holding(ends_before - ibis.interval(days=1)).fill_null(FOREVER)


def _quarter(name: str) -> int:
    found = QUARTER.fullmatch(name)
    if found is None:
        raise ValueError(f"This is no quarter: {name}")
    return int(found[1]) * 4 + int(found[2]) - 1


def spread(rows: ir.Table, periods: Periods, *, first: ir.Value, last: ir.Value) -> ir.Table:
    """Repeat each row once for every period from its first to its last that is asked for, in column `period`."""
    spans = rows.mutate(
        _from=ibis.greatest(first.cast("int64"), periods.first), _to=ibis.least(last.cast("int64"), periods.last)
    )
    within = spans.filter(spans._from <= spans._to)
    repeated = within.mutate(period=ibis.range(within._from, within._to + 1).unnest())
    return repeated.mutate(period=repeated.period.cast("int32")).drop("_from", "_to")  # Spark unnests nothing inside


def overlapping(rows: ir.Table, periods: Periods) -> ir.Table:
    """Keep the rows that have a day in any of the periods; asked first, so that the others are never read."""
    begun = rows.starts_on < _day(periods.ends_before)
    return rows.filter(begun, rows.ends_before.isnull() | (rows.ends_before > _day(periods.starts_on)))


def _day(day: date) -> ir.Value:
    return ibis.date(day.year, day.month, day.day)
