"""What a report gives when it is computed: the publication, what was hidden in it, and what holds between its cells."""

from dataclasses import dataclass

from finsam.reporting.blocks import Publication
from finsam.statistics.disclosure import Release


@dataclass(frozen=True)
class Compiled:
    """A publication with its release: the pattern and the log of the attack."""

    publication: Publication
    release: Release
