"""What a snapshot reads of persons, never a name or a number. Loaded only where the room is installed."""

from finsam.participants.models import ErasureRow, Need, Participation, Person, Pseudonym, Support
from finsam.reporting.extract.states import Reading, Source

SOURCES = (
    Source("state_person", Person),
    Source("state_participation", Participation),
    Source("state_support", Support),
    Source("state_need", Need),
)
PSEUDONYMS = Source("state_pseudonym", Pseudonym)
ERASURES = Source("erasure", ErasureRow)


def erased(read: Reading) -> int:
    """How many persons have been erased from this home."""
    return sum(read.rows(ERASURES)["persons"].to_pylist())
