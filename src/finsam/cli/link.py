"""`finsam link`: another agency's records of the persons in a snapshot, without a number leaving either house."""

import os
from pathlib import Path
from typing import Protocol

import click

from finsam.cli import terminal
from finsam.cli.commands import NEW_FILE, OLD_FILE, Command, Group, argument
from finsam.cli.home import opening
from finsam.cli.language import gettext as _
from finsam.cli.language import ngettext
from finsam.values import divided

HELP = _(
    "Samkör med en annan myndighets uppgifter utan att något personnummer lämnas ut.\n\n"
    "De personuppgiftsansvariga parterna beslutar om samkörningen. Gör en nyckel, lämna den till myndigheten och läs "
    "sedan filen den skickar tillbaka. Nyckeln gäller en samkörning och förstörs när filen är läst."
)
KEY_FILE = _("Gör en ny nyckel för en samkörning och skriv den till en fil som bara du kan läsa.")
READ = _("Läs filen som myndigheten har skickat tillbaka. Allt eller inget läses in, och nyckeln förstörs.")
LIST = _("Visa nycklar som väntar på sin fil, och samkörningar som är inlästa.")
DISCARD = _("Förstör en nyckel som inte ska användas. En fil som är gjord med den går sedan inte att läsa.")
NEWEST = _("Ögonblicksbilden som samkörs. Utan: den senaste dagens.")
AGENCY = _(
    "Myndigheten räknar ut HMAC-SHA-256 av varje personnummer, tolv siffror utan bindestreck, med de 32 byte\n"
    "som filens 64 hexadecimala tecken står för, och skickar tillbaka en CSV-fil i UTF-8 med kolumnerna\n"
    "code,age,days_in_benefit,diagnosis. Läs den med: finsam link read FIL"
)
ORIGIN = _("Varifrån uppgifterna kommer, så som rapporter ska skriva.")


class Counted(Protocol):
    """The counts of a linkage."""

    linked: int
    not_ours: int
    not_in_file: int


@click.group(cls=Group, help=HELP)
def link() -> None:
    """Linkage."""


@link.command(name="key-file", cls=Command, help=KEY_FILE)
@click.option("--out", "file", type=NEW_FILE, required=True, help=_("Filen som nyckeln skrivs till."))
def key_file(file: Path) -> None:
    """Make a key and say what the agency does with it."""
    refuse_without_room()
    from finsam.participants import linkage

    actor = opening.open_home()
    if file.exists():
        terminal.refuse(_("Filen %(file)s finns redan. Välj ett annat namn.") % {"file": file})
    made = linkage.make_key(actor=actor, hand_over=lambda key: write_secret(file, f"{key.hex()}\n"))
    lies = _("Nyckeln %(key)s ligger i %(file)s. Lämna filen till myndigheten och ta sedan bort den.")
    terminal.say(lies % {"key": made.key.fingerprint, "file": file})
    terminal.say(AGENCY)
    terminal.say(_("Prov: numret %(number)s har koden %(code)s") % {"number": linkage.TRIAL, "code": made.trial})


@link.command(cls=Command, help=READ)
@argument("file", OLD_FILE)
@click.option("--snapshot", "identifier", metavar="ID", help=NEWEST)
@click.option("--source", metavar=_("KÄLLA"), default="", help=ORIGIN)
def read(file: Path, identifier: str | None, source: str) -> None:
    """Take in the agency's file, all of it or nothing, and destroy the key."""
    refuse_without_room()
    from finsam.participants import linkage
    from finsam.snapshots import actions
    from finsam.snapshots import queries as snapshot_queries

    actor = opening.open_home()
    chosen = (
        snapshot_queries.snapshot(actor=actor, identifier=identifier)
        if identifier
        else snapshot_queries.newest_snapshot(actor=actor)
    )
    terminal.step(_("söker personerna"))
    with terminal.reading(file) as opened:
        found = linkage.substitute(actor=actor, lines=divided.utf8_lines(opened))
        stored = actions.store_linkage(
            actor=actor, snapshot=chosen, rows=found.rows, unknown=found.unknown, source=source
        )
    linkage.destroy_key(actor=actor, key=found.key)
    terminal.say(stored.identifier)
    terminal.say(counted(stored), err=True)
    gone = _("Nyckeln %(key)s är förstörd här. Ta bort %(file)s och be myndigheten ta bort sin nyckel.")
    terminal.say(gone % {"key": found.key.fingerprint, "file": file}, err=True)


@link.command(name="list", cls=Command, help=LIST)
def listed() -> None:
    """Print a line a key that waits, and a line a linkage."""
    refuse_without_room()
    from django.utils import timezone

    from finsam.participants import queries as participants
    from finsam.snapshots import queries as snapshot_queries

    actor = opening.open_home()
    for key in participants.waiting_keys(actor=actor):
        day = f"{timezone.localtime(key.made_at):%Y-%m-%d}"
        terminal.say(_("%(key)s  nyckel från %(day)s, väntar på sin fil") % {"key": key.fingerprint, "day": day})
    for one in snapshot_queries.linkages(actor=actor):
        state = ", ".join(snapshot_queries.linkage_faults(actor=actor, stored=one)) or _("hel")
        origin = one.source or _("ingen källa")
        terminal.say(f"{one.identifier}  {one.snapshot.identifier}  {counted(one)}  {origin}  {state}")


@link.command(cls=Command, help=DISCARD)
@click.argument("fingerprint", metavar=_("NYCKEL"))
def discard(fingerprint: str) -> None:
    """Destroy a key that waits."""
    refuse_without_room()
    from finsam.participants import linkage, queries

    actor = opening.open_home()
    linkage.destroy_key(actor=actor, key=queries.waiting_key(actor=actor, fingerprint=fingerprint))
    terminal.say(_("Nyckeln %(key)s är förstörd.") % {"key": fingerprint})


def counted(linkage: Counted) -> str:
    """Who was found, and who was not, both ways round."""
    none = _("ingen person samkörd, %(not_ours)s i filen men inte här, %(not_in_file)s här men inte i filen")
    some = ngettext(
        "%(linked)s person samkörd, %(not_ours)s i filen men inte här, %(not_in_file)s här men inte i filen",
        "%(linked)s personer samkörda, %(not_ours)s i filen men inte här, %(not_in_file)s här men inte i filen",
        linkage.linked,
    )
    counts = {name: getattr(linkage, name) for name in ("linked", "not_ours", "not_in_file")}
    return (some if linkage.linked else none) % counts


def refuse_without_room() -> None:
    """Refuse where no persons are registered at all."""
    from django.apps import apps

    if not apps.is_installed("finsam.participants"):
        terminal.refuse(
            _("Samkörning kräver personuppgifter, och rummet participants är utelämnat i den här installationen.")
        )


def write_secret(file: Path, text: str) -> None:
    """Write a new file that nobody else can read."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(text)
