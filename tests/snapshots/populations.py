"""Invented populations of a wanted size, as the text tables of the tests of statistics."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from finsam.disclosure.protect import Rule
from finsam.publications.blocks import Publication
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from tests.tables import tables, tables_without_persons

STAYS = {"new": "2020-03-01 | ", "earlier": "2019-03-01 | ", "ended": "2019-03-01 | 2019-12-01"}


@dataclass(frozen=True)
class Denominator:
    """How many had a benefit, as published elsewhere."""

    year: int = 2020
    support: str = "sickness_benefit"
    recipients: int = 1000
    source: str = "Försäkringskassan"
    as_of: date = date(2021, 1, 31)


@dataclass
class Population:
    """Persons to be: add some, then turn them into text tables."""

    stays: list[str] = field(default_factory=list)
    supports: list[str] = field(default_factory=list)
    needs: list[str] = field(default_factory=list)

    def add(
        self, persons: int, *, sex: str, support: str = "none", began: str = "new", needs: Iterable[str] = ()
    ) -> "Population":
        """Add persons who all began at the same time with the same support and need groups."""
        for _ in range(persons):
            number = len(self.stays) + 1
            self.stays.append(f"{number} | {number} | {sex} | {STAYS[began]}")
            self.supports.append(f"{number} | {support}")
            self.needs += [f"{number} | {need}" for need in needs]
        return self

    def texts(self) -> dict[str, str]:
        """Write the tables."""
        return {
            "participations": "\n".join(["participation | person | sex | starts_on | ends_before", *self.stays]),
            "supports": "\n".join(["participation | support", *self.supports]),
            "needs": "\n".join(["participation | need_group", *self.needs]),
        }


def report(
    texts: Mapping[str, str],
    *,
    without_persons: bool = False,
    denominators: Iterable[Denominator] = (Denominator(),),
    language: str = "sv",
    labels: Mapping[str, Mapping[str, Mapping[str, str]]] | None = None,
) -> Publication:
    """Compute the national annual report of 2020."""
    return REPORTS["national-annual"].compute(
        Source(
            replace((tables_without_persons if without_persons else tables)(**texts), labels=labels or {}),
            2020,
            Rule(),
            snapshot_id="2021-01-31-000000000000",
            as_of=date(2021, 1, 31),
            language=language,
            recipients=list(denominators),
        )
    )
