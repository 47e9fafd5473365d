"""`finsam link`: another agency's records of the persons in a snapshot, without a number leaving either house."""

import os
from pathlib import Path
from typing import Protocol

import click

from finsam.cli import terminal
from finsam.cli.home import opening
from finsam.cli.swedish import NEW_FILE, OLD_FILE, Command, Group, argument


class Counted(Protocol):
    """The counts of a linkage."""

    linked: int
    not_ours: int
    not_in_file: int


@click.group(cls=Group)
def link() -> None:
    """Samkör med en annan myndighets uppgifter utan att något personnummer lämnas ut.

    De personuppgiftsansvariga parterna beslutar om samkörningen. Gör en nyckel, lämna den till myndigheten och läs
    sedan filen den skickar tillbaka. Nyckeln gäller en samkörning och förstörs när filen är läst.
    """


@link.command(name="key-file", cls=Command)
@click.option("--out", "file", type=NEW_FILE, required=True, metavar="FIL", help="Filen som nyckeln skrivs till.")
def key_file(file: Path) -> None:
    """Gör en ny nyckel för en samkörning och skriv den till en fil som bara du kan läsa."""
    refuse_without_room()
    from finsam.participants import linkage

    actor = opening.open_home()
    if file.exists():
        terminal.refuse(f"Filen {file} finns redan. Välj ett annat namn.")
    made = linkage.make_key(actor=actor, hand_over=lambda key: write_secret(file, f"{key.hex()}\n"))
    click.echo(f"Nyckeln {made.key.fingerprint} ligger i {file}. Lämna filen till myndigheten och ta sedan bort den.")
    click.echo(
        "Myndigheten räknar ut HMAC-SHA-256 av varje personnummer, tolv siffror utan bindestreck, med de 32 byte"
    )
    click.echo("som filens 64 hexadecimala tecken står för, och skickar tillbaka en CSV-fil i UTF-8 med kolumnerna")
    click.echo("code,age,days_in_benefit,diagnosis. Läs den med: finsam link read FIL")
    click.echo(f"Prov: numret {linkage.TRIAL} har koden {made.trial}")


@link.command(cls=Command)
@argument("file", OLD_FILE)
@click.option("--snapshot", "identifier", metavar="ID", help="Ögonblicksbilden som samkörs. Utan: den senaste dagens.")
@click.option("--source", metavar="KÄLLA", default="", help="Varifrån uppgifterna kommer, så som rapporter ska skriva.")
def read(file: Path, identifier: str | None, source: str) -> None:
    """Läs filen som myndigheten har skickat tillbaka. Allt eller inget läses in, och nyckeln förstörs."""
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
    lines = terminal.lines(file)
    terminal.step("söker personerna")
    found = linkage.substitute(actor=actor, lines=lines)
    stored = actions.store_linkage(actor=actor, snapshot=chosen, rows=found.rows, unknown=found.unknown, source=source)
    linkage.destroy_key(actor=actor, key=found.key)
    click.echo(stored.identifier)
    click.echo(counted(stored), err=True)
    click.echo(
        f"Nyckeln {found.key.fingerprint} är förstörd här. Ta bort {file} och be myndigheten ta bort sin nyckel.",
        err=True,
    )


@link.command(name="list", cls=Command)
def listed() -> None:
    """Visa nycklar som väntar på sin fil, och samkörningar som är inlästa."""
    refuse_without_room()
    from django.utils import timezone

    from finsam.participants import queries as participants
    from finsam.snapshots import queries as snapshot_queries

    actor = opening.open_home()
    for key in participants.waiting_keys(actor=actor):
        click.echo(f"{key.fingerprint}  nyckel från {timezone.localtime(key.made_at):%Y-%m-%d}, väntar på sin fil")
    for one in snapshot_queries.linkages(actor=actor):
        state = ", ".join(snapshot_queries.linkage_faults(actor=actor, stored=one)) or "hel"
        click.echo(
            f"{one.identifier}  {one.snapshot.identifier}  {counted(one)}  {one.source or 'ingen källa'}  {state}"
        )


@link.command(cls=Command)
@click.argument("fingerprint", metavar="NYCKEL")
def discard(fingerprint: str) -> None:
    """Förstör en nyckel som inte ska användas. En fil som är gjord med den går sedan inte att läsa."""
    refuse_without_room()
    from finsam.participants import linkage, queries

    actor = opening.open_home()
    linkage.destroy_key(actor=actor, key=queries.waiting_key(actor=actor, fingerprint=fingerprint))
    click.echo(f"Nyckeln {fingerprint} är förstörd.")


def counted(linkage: Counted) -> str:
    """Who was found, and who was not, both ways round."""
    return (
        f"{linkage.linked} personer samkörda, {linkage.not_ours} i filen men inte här, "
        f"{linkage.not_in_file} här men inte i filen"
    )


def refuse_without_room() -> None:
    """Refuse where no persons are registered at all."""
    from django.apps import apps

    if not apps.is_installed("finsam.participants"):
        terminal.refuse(
            "Samkörning kräver personuppgifter, och rummet participants är utelämnat i den här installationen."
        )


def write_secret(file: Path, text: str) -> None:
    """Write a new file that nobody else can read."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
        target.write(text)
