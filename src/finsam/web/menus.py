"""The main menu: which words each actor sees, in order. A page that isn't installed isn't there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from finsam.access.actors import Actor
from finsam.access.roles import Menu, Permission, Role, with_menu
from finsam.web.addresses import address


@dataclass(frozen=True)
class Entry:
    """A word in the menu: the page it leads to, whom it is for, and which pages below belong to it."""

    label: StrPromise
    page: str
    permission: Permission | None = None
    roles: frozenset[Role] = frozenset()  # empty: any role
    covers: tuple[str, ...] = ()  # first parts of paths that belong here, beside the page's own


STAFF, LOCAL, CENTRAL = (with_menu(menu) for menu in (Menu.WORK, Menu.LOCAL, Menu.CENTRAL))
READERS = frozenset(Role) - {Role.NATIONAL_ANALYST}  # who reads what is out, and makes none of it
P = Permission

ENTRIES: Final[Sequence[Entry]] = (
    Entry(_("Mina insatser"), "start", roles=STAFF, covers=("insatser",)),
    Entry(_("Översikt"), "start", roles=LOCAL | CENTRAL),
    Entry(_("Deltagare"), "participants", P.SEE_IDENTITY),
    Entry(_("Insatser"), "interventions", P.SEE_INTERVENTION, LOCAL),
    Entry(_("Rapporter"), "reports", P.PRODUCE_REPORT, covers=("utgavor", "efterslapning")),
    Entry(_("Statistik"), "editions", P.SEE_REPORTS, frozenset({Role.SYSTEM_ADMIN}), ("efterslapning", "tabeller")),
    Entry(_("Statistik"), "editions", P.SEE_REPORTS, READERS, ("efterslapning",)),
    Entry(_("Ögonblicksbilder"), "snapshots", P.SEE_SNAPSHOTS),
    Entry(_("Tabeller"), "tables", P.SEE_REPORTS, frozenset(Role) - {Role.SYSTEM_ADMIN}),
    Entry(_("Fria frågor"), "free_questions", P.COUNT_FREELY),
    Entry(_("Förbundet"), "associations", P.SEE_ASSOCIATION, LOCAL),
    Entry(_("Förbund"), "associations", P.SEE_ASSOCIATION, CENTRAL),
    Entry(_("Användare"), "users", P.MANAGE_USERS),
    Entry(_("Kodlistor"), "codes", P.SEE_CODES, CENTRAL),
    Entry(_("Händelser"), "events", P.SEE_EVENTS),
)


@dataclass(frozen=True)
class Item:
    """A menu entry as shown: its word, its address and whether it is where we are."""

    label: str
    url: str
    current: bool


def menu(actor: Actor | None, path: str) -> list[Item]:
    """The menu of an actor on the page at a path; a page is named once, by the actor's first role that has it."""
    if actor is None:
        return []
    shown: dict[str, Entry] = {}
    for entry in ENTRIES:
        if entry.page not in shown and address(entry.page) and _is_for(entry, actor):
            shown[entry.page] = entry
    return [Item(str(entry.label), address(entry.page), _is_current(entry, path)) for entry in shown.values()]


def _is_for(entry: Entry, actor: Actor) -> bool:
    has_role = not entry.roles or bool(entry.roles & actor.grants.keys())
    return has_role and (entry.permission is None or actor.has(entry.permission))


def _is_current(entry: Entry, path: str) -> bool:
    own = address(entry.page)
    section = path.strip("/").split("/", 1)[0]
    return path == own or (own != "/" and path.startswith(own)) or section in entry.covers
