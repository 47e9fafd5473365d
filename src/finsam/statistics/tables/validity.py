"""Through which periods codes were in force: only between two such periods may a change over time be told."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from finsam.statistics.tables.periods import Periods
from finsam.values.codes.need_groups import GIVEN_PRIORITY

Row = tuple[date | None, date | None]  # first day and the day after the last; None is always and still
BEGAN: Mapping[str, Mapping[str, date]] = {"need_group": GIVEN_PRIORITY}


@dataclass(frozen=True)
class Validity:
    """The dated rows of codes by list: list -> code -> rows. A code without rows has always been in force.

    A need group that the mandate made is not older than the mandate, whatever its rows say: shipped rows begin with the
    law, so that a group can be registered of interventions that had begun before.
    """

    rows: Mapping[str, Mapping[str, Collection[Row]]] = field(default_factory=dict)

    def through(self, list_name: str, code: str, first: date, ends_before: date) -> bool:
        """Tell whether a code was in force on every day of a period; of several rows one may follow another."""
        began = BEGAN.get(list_name, {}).get(code)
        if began is not None and first < began:
            return False
        rows = self.rows.get(list_name, {}).get(code, ())
        return not rows or is_covered(rows, first, ends_before)

    def in_year(self, list_name: str, codes: Iterable[str], year: int) -> bool:
        """Tell whether any of the codes was in force all through a year."""
        return self.in_period(list_name, codes, Periods.years(year), year)

    def in_period(self, list_name: str, codes: Iterable[str], periods: Periods, number: int) -> bool:
        """Tell whether any of the codes was in force all through a period: what they stand for together existed."""
        first, after = periods.first_day(number), periods.first_day(number + 1)
        return any(self.through(list_name, code, first, after) for code in codes)


def is_covered(rows: Iterable[Row], first: date, ends_before: date) -> bool:
    """Tell whether dated rows hold every day of a period between them."""
    day = first
    for begins, ends in sorted(rows, key=lambda row: row[0] or date.min):
        if (begins or date.min) <= day:
            if ends is None or ends >= ends_before:
                return True
            day = max(day, ends)
    return False
