"""What pages show of an edition: drawn once and kept, so that no page waits for what was drawn before.

Whoever publishes asks `queries` and `actions`, which work everything out anew.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.utils import translation
from django.utils.safestring import SafeString

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.editions import consistency, queries
from finsam.editions.models import Edition
from finsam.editions.provenance import Provenance, provenance
from finsam.editions.stored import drawn
from finsam.editions.stored.encoding import decode, encode
from finsam.publications.blocks import Tidy
from finsam.publications.cell_text import written
from finsam.publications.formats.html import blocks_html, source
from finsam.values.keys import parted

HERE: Final = "/where-figures-come-from/"  # stands for an address that is another by the edition's ID and its number
ROWS: Final = 64  # tables that are kept decoded


@dataclass(frozen=True)
class Page:
    """An edition as a page shows it."""

    language: str
    title: str
    lead: str
    source: str
    blocks: str


@dataclass(frozen=True)
class Checks:
    """What the gate finds in an edition and what it changes, in words: the findings each with whether it stops.

    `before` is the edition it is compared with, if any; `later` says that its own snapshot is of a later day.
    """

    log: Mapping[str, Any]
    findings: Sequence[tuple[str, str, bool]]
    explained: Sequence[tuple[str, str]]
    before: str
    shared: int
    later: bool
    changed: Sequence[tuple[str, str, str, str]]  # table, row, before and now


@dataclass(frozen=True)
class Table:
    """One table of an edition in its folder, and what writes it down by itself; the same is read once."""

    edition: Path
    digest: str
    name: str
    make: Callable[[], dict[str, Any] | None] = field(compare=False)


def page(*, actor: Actor, edition: Edition, links: str) -> Page:
    """An edition to be read on a page, each figure linked to where it comes from."""
    place = queries.folder(actor=actor, edition=edition)
    held = drawn.kept(place, "report", lambda: asdict(_page(actor, edition)))
    found = Page(**held or {})
    return replace(found, blocks=SafeString(found.blocks.replace(HERE, links)))


def checks(*, actor: Actor, edition: Edition) -> Checks:
    """What the consistency gate finds in an edition, and what it shows otherwise than the one before."""
    actor.require(Permission.REVIEW_EDITION)
    place = queries.folder(actor=actor, edition=edition)
    rows = queries.outside(actor=actor, report=edition.report)
    outside = repr(list(rows.values_list("table", "key", "figure", "number", "source")))
    kind = f"checks-{consistency.language()}"
    return Checks(**drawn.kept(place, kind, lambda: asdict(_checks(actor, edition)), outside) or {})


def figure(*, actor: Actor, edition: Edition, table: str, key: str) -> Provenance:
    """Where a row of an edition comes from; DoesNotExist when there is no such row."""
    found = _row(actor, edition, table, key)
    if found is None:
        raise Edition.DoesNotExist
    return found


def elsewhere(*, actor: Actor, edition: Edition, table: str, key: str) -> list[tuple[Edition, Provenance]]:
    """The same row as other published editions of the report show it, the newest first."""
    every = queries.published(actor=actor)
    out = [one for one in every if one.report == edition.report and one.pk != edition.pk]
    found = [(one, _row(actor, one, table, key)) for one in out]
    return [(one, row) for one, row in reversed(found) if row is not None]


def draw(*, actor: Actor, edition: Edition) -> None:
    """Have everything drawn that pages show of an edition, in both languages, before anybody asks for it."""
    actor.require(Permission.REVIEW_EDITION)
    page(actor=actor, edition=edition, links="")
    for language in ("sv", "en"):
        with translation.override(language):
            checks(actor=actor, edition=edition)
    for tidy in queries.content(actor=actor, edition=edition).publication.tables:
        _tidy(_table(actor, edition, tidy.table.name))


def _page(actor: Actor, edition: Edition) -> Page:
    publication = queries.content(actor=actor, edition=edition).publication
    with translation.override(publication.language):
        where = source(publication)
    return Page(publication.language, publication.title, publication.lead, where, blocks_html(publication, HERE))


def _checks(actor: Actor, edition: Edition) -> Checks:
    found, language = queries.findings(actor=actor, edition=edition), consistency.language()
    differences = queries.differences(actor=actor, edition=edition)
    changed = differences.changed if differences else ()
    return Checks(
        queries.content(actor=actor, edition=edition).log,
        [(one.row, consistency.said(one), one.stops) for one in found if not one.is_explained],
        [(one.row, consistency.said(one)) for one in found if one.is_explained],
        differences.before.identifier if differences else "",
        differences.shared if differences else 0,
        differences.later if differences else False,
        [(one.table, words, written(one.before, language), written(one.after, language)) for words, one in changed],
    )


def _row(actor: Actor, edition: Edition, table: str, key: str) -> Provenance | None:
    """A row with where it comes from; None when the edition has none."""
    tidy = _tidy(_table(actor, edition, table))
    return provenance(queries.made_of(actor=actor, edition=edition), tidy, parted(key)) if tidy else None


def _table(actor: Actor, edition: Edition, name: str) -> Table:
    """One table of a whole edition, not yet read."""

    def written_down() -> dict[str, Any] | None:
        tables = queries.content(actor=actor, edition=edition).publication.tables
        found = next((one for one in tables if one.table.name == name), None)
        return encode(found) if found else None

    return Table(queries.folder(actor=actor, edition=edition), edition.digest, name, written_down)


@lru_cache(maxsize=ROWS)
def _tidy(table: Table) -> Tidy | None:
    """Read one table by itself, which takes a part of the time of them all."""
    held = drawn.kept(table.edition, f"table-{table.name}", table.make)
    return decode(held) if held else None
