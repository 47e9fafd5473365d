"""Reads every record as it was registered at the end of a day, in one consistent read, as the tables of a snapshot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
from django.apps import apps

from finsam.reporting import rules
from finsam.reporting.extract import shaping, states

Progress = Callable[[str], None]


def silently(step: str) -> None:
    """Tell nobody how far the reading has come."""


@dataclass(frozen=True)
class Extract:
    """The tables of a snapshot by name, and how many persons have been erased from the home so far."""

    tables: Mapping[str, pa.Table]
    erased: int


def read(as_of: date, tell: Progress = silently) -> Extract:
    """Give the tables as of a day: of every record the last state registered before the day ended in Sweden."""
    with_persons = apps.is_installed("finsam.participants")
    with states.consistent() as read:
        tell("läser poster")
        raw = {source.name: read.states(source, rules.end_of(as_of)) for source in states.ROOMS}
        erased = 0
        if with_persons:
            from finsam.reporting.extract import persons

            tell("läser deltaganden")
            raw |= {source.name: read.states(source, rules.end_of(as_of)) for source in persons.SOURCES}
            raw |= {persons.PSEUDONYMS.name: read.rows(persons.PSEUDONYMS)}
            erased = persons.erased(read)
    tell("ordnar rader")
    return Extract(shaping.shape(raw, with_persons=with_persons), erased)
