"""What a report gives when it is computed: the publication, what was hidden in it, and what holds between its cells."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.utils import translation

from finsam.disclosure.protect import Release
from finsam.publications.blocks import Block, Publication, Tidy
from finsam.publications.wording import paragraph
from finsam.reports.arrangement import arranged
from finsam.reports.source import Source


class Protected(Protocol):
    """What a report has counted and protected."""

    @property
    def year(self) -> int:
        """The year the report is of."""

    @property
    def release(self) -> Release:
        """What was let out."""


F = TypeVar("F", bound=Protected)


@dataclass(frozen=True)
class Compiled:
    """A publication with its release: the pattern and the log of the attack."""

    publication: Publication
    release: Release


@dataclass(frozen=True)
class Parts(Generic[F]):
    """What a report consists of: its key, and how its parts are made of what was counted, in the language spoken."""

    key: str
    title: Callable[[F], str]
    lead: Callable[[F], Iterable[str]]  # sentences
    blocks: Callable[[F], Iterable[Block]]
    tables: Callable[[F], Iterable[Tidy]]
    cubes: bool = False

    def compiled(self, figures: F, source: Source) -> Compiled:
        """Write the report in the language asked for."""
        with translation.override(source.language):
            publication = Publication(
                key=self.key,
                title=self.title(figures),
                year=figures.year,
                language=source.language,
                snapshot_id="" if source.number else source.snapshot_id,
                as_of=source.as_of,
                lead=paragraph(self.lead(figures)),
                blocks=tuple(self.blocks(figures)),
                tables=tuple(self.tables(figures)),
                rule=source.rule,
                edition=source.number,
                cubes=self.cubes,
            )
            publication = arranged(publication, source.arrangement)
        return Compiled(publication, figures.release)
