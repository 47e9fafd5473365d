"""What users were answered before tables were made for everybody: it is out, and known to whatever comes after.

Such answers lie in a room above, which says once, when it starts, how they are read (`keep`): see docs/adr/0010. Only
those count that are of a snapshot a publication uses.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from finsam.editions.stored.linking import Published
    from finsam.statistics.relations.identity import Implied

    # What the codes of each snapshot say of each other, by its digest -> the answers from them, as editions.
    Read = Callable[[Mapping[str, Implied]], Published]

READERS: Final[list["Read"]] = []


def keep(read: "Read") -> None:
    """Let the answers that a room keeps count as out."""
    if read not in READERS:
        READERS.append(read)


def answers(snapshots: "Mapping[str, Implied]") -> "Published":
    """Give the answers from some snapshots, the oldest first."""
    return [one for read in READERS for one in read(snapshots)]
