"""What a snapshot reads of persons, never a name or a number. Loaded only where the room is installed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from finsam.participants.models import ErasureRow, Need, Participation, Person, Pseudonym, Support
from finsam.snapshots.extract.states import Asked, Reading, Source

SOURCES = (
    Source("state_person", Person),
    Source("state_participation", Participation),
    Source("state_support", Support),
    Source("state_need", Need),
)
PSEUDONYMS = Source("state_pseudonym", Pseudonym)
ERASURES = Source("erasure", ErasureRow)


@dataclass(frozen=True)
class Persons:
    """What was asked for: states, pseudonyms as they are now, and what has been erased."""

    histories: Mapping[str, Asked]
    pseudonyms: Mapping[str, Asked]
    erasures: Asked

    def erased(self) -> int:
        """How many persons have been erased from this home."""
        return sum(self.erasures.result()["persons"].to_pylist())


def ask(reading: Reading, before: datetime) -> Persons:
    """Ask for everything, to be read one after the other."""
    return Persons(
        {source.name: reading.states(source, before) for source in SOURCES},
        {PSEUDONYMS.name: reading.rows(PSEUDONYMS)},
        reading.rows(ERASURES),
    )
