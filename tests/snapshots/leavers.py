"""Invented participations that have ended, as the text tables of the tests of statistics, and as plain rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from finsam.disclosure.protect import Rule
from finsam.reports.compiled import Compiled
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.statistics.tables.tables import Tables
from tests.tables import tables, tables_without_persons

AS_OF = date(2021, 1, 31)
USUAL: Mapping[str, Any] = {
    "sex": "women",
    "birth_year": 1985,
    "municipality": 1,
    "intervention": 1,
    "starts_on": "2020-01-01",
    "ends_before": "2020-07-01",
    "education": "upper_secondary",
    "months_in_support": 12,
    "occupation_at_start": "other",
    "extent_at_start": "",
    "occupation_at_end": "other",
    "extent_at_end": "",
    "end_reason": "completed",
}
PLACES = {
    "municipalities": "municipality | code | county_code\n1 | 0180 | 01\n2 | 1480 | 14",
    "associations": "association | number | name\n1 | 7 | Förbundet Sju\n2 | 8 | Förbundet Åtta",
    "interventions": "intervention | association\n1 | 1\n2 | 2",
}


@dataclass
class Leavers:
    """Participations to be; `rows` are what they are made of."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    heads: str = "intervention | year | source | women | men"

    def add(
        self, number: int, *, before: Iterable[str] = ("none",), after: Iterable[str] = ("none",), **facts: Any
    ) -> "Leavers":
        """Add participations of as many persons; a `person` given is the same in all of them."""
        for _ in range(number):
            key = len(self.rows) + 1
            own = {"participation": key, "person": facts.get("person", 1000 + key), "before": before, "after": after}
            self.rows.append({**USUAL, **facts, **own})
        return self

    def texts(self) -> dict[str, str]:
        """Write the tables."""
        columns = ("participation", "person", *USUAL)
        stays = [" | ".join(str(row[column]) for column in columns) for row in self.rows]
        supports = [
            f"{row['participation']} | {moment} | {support}"
            for row in self.rows
            for moment, side in (("start", "before"), ("end", "after"))
            for support in row[side]
        ]
        return {
            "participations": "\n".join([" | ".join(columns), *stays]),
            "supports": "\n".join(["participation | moment | support", *supports]),
            "head_counts": self.heads,
            **PLACES,
        }

    def counted(self, **wanted: Any) -> int:
        """Count the participations that are as wanted, one by one."""
        return sum(all(row[name] == value for name, value in wanted.items()) for row in self.rows)


def compiled(
    given: Leavers | Tables | None, key: str = "national-results", *, language: str = "sv", **named: Any
) -> Compiled:
    """Compile a report of 2020 of them; of None where participants was left out."""
    if given is None:
        given = tables_without_persons(**PLACES)
    found = tables(**given.texts()) if isinstance(given, Leavers) else given
    return REPORTS[key].compile(
        Source(found, 2020, Rule(), "2021-01-31-000000000000", AS_OF, language=language, **named)
    )
