"""Counts of persons on working pages, which are not published figures: exact for some, and to the rest only when many.

What leaves the house goes through disclosure control (`Protected`). A page that shows a count of persons from the
records themselves shows a `WorkingCount`, so that nobody meets a figure there that another page hides from them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkingCount:
    """A count of persons as a page may show it; `persons` is None when they are too few for whoever asks."""

    persons: int | None


def many(count: WorkingCount) -> int:
    """The number whose form a sentence takes: several where it is not shown."""
    return 2 if count.persons is None else count.persons


def working_count(persons: int, *, least: int, zero: bool = False) -> WorkingCount:
    """Let a count be seen from `least` persons: 0 for who registers or answers for them, else the home's threshold.

    With `zero` it may be told that there are none, as where the home publishes zeros.
    """
    return WorkingCount(persons if persons >= least or (zero and not persons) else None)
