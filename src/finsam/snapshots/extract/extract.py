"""Reads every record as it was registered at the end of a day, in one consistent read, as the tables of a snapshot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import ModuleType

import pyarrow as pa
from django.apps import apps
from django.utils.translation import gettext as _

from finsam.snapshots import memory, rules
from finsam.snapshots.extract import shaping, states

Progress = Callable[[str], None]


def silently(step: str) -> None:
    """Tell nobody how far the reading has come."""


@dataclass(frozen=True)
class Extract:
    """The tables of a snapshot by name, how many persons have been erased so far, and the home's own directions."""

    tables: Mapping[str, pa.Table]
    erased: int
    directions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # code -> kind, sv, en


def read(as_of: date, tell: Progress = silently) -> Extract:
    """Give the tables as of a day: of every record the last state registered before the day ended in Sweden."""
    with states.consistent() as reading, memory.opened() as engine:
        before = rules.end_of(as_of)
        records = {source.name: reading.states(source, before) for source in states.ROOMS}
        room = _persons()
        asked = room.ask(reading, before) if room else None  # read while the records are worked on
        from finsam.snapshots import person_years  # noqa: F401 - needed soon; there is time to load it now

        tell(_("läser poster"))
        shaping.hold_newest(engine, records)
        if asked:
            tell(_("läser deltaganden"))
            shaping.hold_newest(engine, asked.histories)
            shaping.hold(engine, asked.pseudonyms)
        tell(_("ordnar rader"))
        tables = shaping.shape(engine, with_persons=asked is not None)
        return Extract(tables, asked.erased() if asked else 0, shaping.own_directions(engine))


def _persons() -> ModuleType | None:
    if not apps.is_installed("finsam.participants"):
        return None
    from finsam.snapshots.extract import persons

    return persons
