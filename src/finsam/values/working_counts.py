"""Counts of persons on working pages, which are not published figures: for who registers or answers for them alone.

What leaves the house goes through disclosure control (`Protected`). A page that shows a count of persons from the
records themselves shows a `WorkingCount`, which is made for nobody else than who works with them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkingCount:
    """A count of persons as it stands in the records."""

    persons: int
