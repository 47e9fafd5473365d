"""What a report is made of: a snapshot, a year, what hides small numbers, and what stands beside the snapshot."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from finsam.disclosure.arrangement import AS_COUNTED, Arrangement
from finsam.disclosure.protect import NOTHING, Counts, Known, Progress, Rule
from finsam.reports.commission import ORDINARY, Commission
from finsam.statistics.tables.tables import Linked, Tables

Link = Callable[[Iterable[Counts]], Known]  # how what is published already hangs together with the new counts


class Recipients(Protocol):
    """How many had a benefit in a year, as somebody else published it."""

    @property
    def year(self) -> int:
        """The year."""

    @property
    def support(self) -> str:
        """The group of supports, coded as in the report."""

    @property
    def recipients(self) -> int:
        """The number of people."""

    @property
    def source(self) -> str:
        """Who published it."""

    @property
    def as_of(self) -> date:
        """When it was published."""


def nothing_published(_counts: Iterable[Counts]) -> Known:
    """Link the counts to nothing: this is the first publication."""
    return NOTHING


@dataclass(frozen=True)
class Source:
    """All that a report is made of. `language` is Swedish (sv) or English (en); `linked` only some reports need.

    `number` is that of the edition it will be; of working material it is empty.
    """

    tables: Tables
    year: int
    rule: Rule
    snapshot_id: str
    as_of: date
    language: str = "sv"
    recipients: Sequence[Recipients] = ()
    linked: Linked | None = None
    link: Link = nothing_published
    progress: Progress | None = None
    number: str = ""
    arrangement: Arrangement = AS_COUNTED
    commission: Commission = ORDINARY
