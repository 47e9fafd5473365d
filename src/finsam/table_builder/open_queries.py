"""What may be asked of the open tables: which there are, one of them, what of it is near the reader, and its files."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.associations import queries as associations
from finsam.editions import queries as edition_queries
from finsam.editions.models import Edition
from finsam.editions.stored import places
from finsam.table_builder.models import Bookmark

if TYPE_CHECKING:
    from finsam.publications.blocks import Publication
    from finsam.reports.open_tables.cubes import Cube
    from finsam.table_builder.open_choice import Choice
    from finsam.table_builder.open_cube import OpenCube

REPORT: Final = "open-tables"
KEPT: Final = 64  # tables that are kept read
VIEWS: Final = 256  # laid out views that are kept, each some tens of kilobytes
LISTED: Final = 30  # places that stand in a list; among more one types


@dataclass(frozen=True)
class Listed:
    """A table in the list: its name, what it is called, and what it counts."""

    name: str
    caption: str
    counts: str


@dataclass(frozen=True)
class Asked:
    """A question that most ask: in words, which table answers it, and what of it."""

    words: str
    name: str
    choice: Mapping[str, str]


@dataclass(frozen=True)
class Marked:
    """A bookmark in the list: where it leads, or why it leads nowhere; `was` is what a question that is gone asked."""

    pk: int
    name: str
    table: str
    choice: str
    refusal: str = ""
    was: str = ""


@dataclass(frozen=True)
class OpenTable:
    """A table of a collection, with what is declared of it and the edition it stands in."""

    declared: "Cube"
    cube: "OpenCube"
    edition: Edition
    number: str


@dataclass(frozen=True)
class View:
    """A view of a table; two are the same that show the same of the same edition."""

    edition: str
    digest: str
    name: str
    choice: "Choice"
    language: str
    table: OpenTable = field(compare=False)


@dataclass(frozen=True)
class Page:
    """What a page shows of a view: its sentences, and the table and diagrams as HTML; none where the sentences do."""

    lead: str
    blocks: str


def collection(*, actor: Actor, language: str) -> Edition | None:
    """The newest published collection, in the reader's language if there is one; None before the first."""
    actor.require(Permission.SEE_REPORTS)
    out = Edition.objects.filter(report=REPORT, state=Edition.State.PUBLISHED).select_related("snapshot")
    found = list(out.order_by("-year", "-published_at", "-pk")[:10])
    newest = [one for one in found if one.year == found[0].year]
    return next((one for one in newest if one.language == language), newest[0] if newest else None)


def open_tables(*, actor: Actor) -> list[Listed]:
    """All tables of the collection, as they are declared."""
    from finsam.reports.open_tables.cubes import CUBES  # loads the statistics

    actor.require(Permission.SEE_REPORTS)
    return [Listed(one.name, str(one.caption), str(one.counts)) for one in CUBES]


def open_table(*, actor: Actor, name: str, language: str) -> OpenTable:
    """One table of the newest collection; refused with a sentence when it is not there."""
    from finsam.reports.open_tables.cubes import CUBES

    edition = collection(actor=actor, language=language)
    declared = next((one for one in CUBES if one.name == name), None)
    if edition is None or declared is None:
        raise ValidationError(_("Tabellen finns inte, eller inte längre. Välj en i listan."))
    number = edition_queries.numbers(actor=actor).get(edition.identifier, "")
    return OpenTable(declared, _cube(edition.identifier, edition.digest, name), edition, number)


def open_choice(*, actor: Actor, table: OpenTable, data: Mapping[str, Any]) -> "Choice":
    """What of a table an address asks for; refused at its field with what the table doesn't have."""
    from finsam.table_builder.open_choice import Choice

    actor.require(Permission.SEE_REPORTS)
    return Choice.of(table.cube, data)


def begun(*, actor: Actor, table: OpenTable) -> "Choice":
    """What a table begins with."""
    from finsam.table_builder.open_choice import start

    actor.require(Permission.SEE_REPORTS)
    return start(table.cube)


def offers(*, actor: Actor, table: OpenTable, choice: "Choice | None" = None) -> Mapping[str, Sequence[Any]]:
    """What can be chosen of a table: only what it has, and doesn't show all of; of places the reader's own first."""
    from finsam.table_builder.open_choice import ALL, NONE, axes, places
    from finsam.table_builder.open_cube import MEASURE

    cube, placed = table.cube, places(table.cube)
    own = _own(actor, table)
    split = [(name, axis.label) for name, axis in axes(cube).items()]
    years = [(code, code) for code in reversed(list(cube.axes["year"].words))]
    every = [(code, placed.words[code]) for code in placed.parts]
    groups = [(_("Hos oss"), [(code, placed.words[code]) for code in own]), (_("Alla"), every)] if own else every
    shown = choice.axes if choice else []
    return {
        "measure": [*cube.measures.words.items()] if len(cube.measures.words) > 1 and MEASURE not in shown else [],
        "place": [(ALL, _("Hela landet")), *groups] if every else [],
        "year": [] if "year" in shown else [*years, *([(ALL, _("Alla år"))] if len(years) > 1 else [])],
        "rows": split,
        "columns": split,
        "under": [(NONE, _("Inget")), *split],
        "totals": [("1", _("Med totalt")), ("0", _("Utan totalt"))],
    }


def typed_places(*, actor: Actor, table: OpenTable) -> Mapping[str, str]:
    """The words of each place, the reader's own first, where they are too many to look through; else none."""
    from finsam.table_builder.open_choice import names

    actor.require(Permission.SEE_REPORTS)
    found = names(table.cube)
    own = {code: found[code] for code in _own(actor, table)}
    return {**own, **found} if len(found) > LISTED else {}


def ways(*, table: OpenTable, choice: "Choice") -> list[tuple[str, str]]:
    """How a table can be shown, with words: as counts or shares."""
    from finsam.table_builder.open_choice import COUNT, OF_COLUMN, OF_ROW, shares

    words = {COUNT: _("Antal"), OF_ROW: _("Andel av raden"), OF_COLUMN: _("Andel av kolumnen")}
    return [(show, words[show]) for show in shares(table.cube, choice)]


def ready_made(*, actor: Actor) -> list[Asked]:
    """What most ask, of the reader's own association or county where there is one, and else of the whole country."""
    actor.require(Permission.SEE_REPORTS)
    own = associations.own_places(actor=actor)
    found: list[Asked] = []
    for number in sorted(own.numbers)[:1]:
        place = {"place": number}
        found += [
            Asked(_("Hur gick det för dem som avslutade hos oss?"), "work_associations", place),
            Asked(_("Hur många deltar hos oss?"), "registered_associations", place),
            Asked(_("Hur många började och avslutade varje kvartal hos oss?"), "stays_quarters", place),
            Asked(_("Vilken sysselsättning hade de före och efter?"), "occupations_associations", place),
        ]
    found += [Asked(_("Hur gick det i vårt län?"), "work_counties", {"place": one}) for one in sorted(own.counties)[:1]]
    return found or [
        Asked(_("Hur många deltar i landet?"), "persons_nation", {}),
        Asked(_("Hur gick det för dem som avslutade?"), "work_nation", {}),
        Asked(_("Hur skiljer sig länen åt?"), "work_counties", {}),
        Asked(_("Vilken försörjning hade de före och efter?"), "supports_nation", {}),
    ]


def bookmarks(*, actor: Actor, edition: Edition | None) -> list[Marked]:
    """The actor's own bookmarks by name, each with whether its table is in the collection that is out."""
    from finsam.reports.open_tables.cubes import CUBES

    actor.require(Permission.SEE_REPORTS)
    names = {one.name for one in CUBES}
    return [
        Marked(one.pk, one.name, one.table, one.choice, _lost(one, edition, names), one.gone)
        for one in Bookmark.objects.filter(user_id=actor.user_id or 0).order_by("name", "pk")
    ]


def _lost(one: Bookmark, edition: Edition | None, names: Collection[str]) -> str:
    """Why a bookmark leads nowhere; nothing when it does."""
    if one.gone:
        return _("Frågan finns inte längre som öppen tabell.")
    if one.table not in names:
        return _("Tabellen finns inte längre.")
    return _("Tabellen är inte publicerad än.") if edition is None else ""


def _own(actor: Actor, table: OpenTable) -> list[str]:
    """The codes of a table's places that are the reader's own: associations, their municipalities and counties."""
    from finsam.table_builder.open_choice import places as placed

    axis, own = placed(table.cube), associations.own_places(actor=actor)
    if axis.name == "intervention":
        names = tuple(f"{name}: " for name in own.names)
        return [code for code, words in axis.words.items() if names and words.startswith(names)]
    match axis.name:
        case "association":
            mine = own.numbers
        case "municipality":
            mine = own.municipalities
        case _:
            mine = own.counties
    return [code for code in axis.words if code in mine]


def open_publication(*, actor: Actor, table: OpenTable, choice: "Choice", language: str) -> "Publication":
    """A table as it was asked for, ready to be shown or written to a file."""
    from finsam.table_builder.open_layout import Layout, publication

    actor.require(Permission.SEE_REPORTS)
    return publication(Layout(table.cube, choice, table.declared), table.edition, table.number, language)


def open_page(*, actor: Actor, table: OpenTable, choice: "Choice", language: str) -> Page:
    """A table as it was asked for, as a page shows it: laid out once, for whoever asks for the same."""
    actor.require(Permission.SEE_REPORTS)
    edition = table.edition
    return _page(View(edition.identifier, edition.digest, table.declared.name, choice, language, table))


def open_file(*, actor: Actor, table: OpenTable, choice: "Choice", kind: str, language: str) -> bytes:
    """A table as CSV or JSON-stat, all of it as it was published; as Excel also as it is shown."""
    actor.require(Permission.SEE_REPORTS)
    if kind != "xlsx":
        name = f"{kind}/{table.declared.name}.{kind}"
        return places.file(table.edition.identifier, table.edition.digest, name)
    from finsam.publications.formats.xlsx import xlsx_bytes

    return xlsx_bytes(open_publication(actor=actor, table=table, choice=choice, language=language))


@lru_cache(maxsize=VIEWS)
def _page(view: View) -> Page:
    """Lay a table out; the same view of the same edition is the same bytes, and most of the cost is its drawing."""
    from finsam.publications.formats.html import blocks_html
    from finsam.table_builder.open_layout import Layout, publication

    table = view.table
    layout = Layout(table.cube, view.choice, table.declared)
    made = publication(layout, table.edition, table.number, view.language)
    return Page(made.lead, "" if layout.is_sentence else blocks_html(made))


@lru_cache(maxsize=KEPT)
def _cube(identifier: str, digest: str, name: str) -> "OpenCube":
    """Read a table's file; the same digest is the same table, whenever it is read."""
    from finsam.table_builder.open_cube import OpenCube

    return OpenCube.read(name, json.loads(places.file(identifier, digest, f"json/{name}.json")))
