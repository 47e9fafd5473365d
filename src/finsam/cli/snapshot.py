"""`finsam snapshot`: take, list and verify."""

from datetime import date

import click

from finsam.cli import terminal
from finsam.cli.home import opening
from finsam.cli.swedish import DAY, Command, Group


@click.group(cls=Group)
def snapshot() -> None:
    """Ta, lista och kontrollera ögonblicksbilder. De är personuppgifter."""


@snapshot.command(cls=Command)
@click.option("--as-of", type=DAY, help="Dagen vars sista läge ska med. Utan: i dag.")
def take(as_of: date | None) -> None:
    """Ta en ögonblicksbild: allt som det var registrerat när en dag tog slut."""
    from finsam.snapshots import actions

    actor = opening.open_home()
    taken = actions.take(actor=actor, as_of=as_of or actor.today, progress=terminal.step)
    click.echo(taken.identifier)


@snapshot.command(name="list", cls=Command)
def listed() -> None:
    """Visa alla ögonblicksbilder: ID, dag, rader, gallrade personer och när de togs."""
    from django.utils import timezone

    from finsam.snapshots import queries

    found = list(queries.snapshots(actor=opening.open_home()))
    if not found:
        click.echo("Det finns inga ögonblicksbilder än. Ta en: finsam snapshot take", err=True)
    for one in found:
        taken = timezone.localtime(one.taken_at)
        click.echo(f"{one.identifier}  {one.rows:>9} rader  {one.erased:>4} gallrade  tagen {taken:%Y-%m-%d %H:%M}")


@snapshot.command(cls=Command)
@click.argument("identifier", metavar="[ID]", required=False)
def verify(identifier: str | None) -> None:
    """Kontrollera att varje byte är som när bilden togs: en viss, eller alla."""
    from finsam.snapshots import actions, queries

    actor = opening.open_home()
    found = [queries.snapshot(actor=actor, identifier=identifier)] if identifier else queries.snapshots(actor=actor)
    damaged = False
    for one in found:
        faults = actions.verify(actor=actor, snapshot=one)
        damaged = damaged or bool(faults)
        click.echo(f"{one.identifier}  {', '.join(faults) or 'hel'}")
    if damaged:
        terminal.refuse("En ögonblicksbild är ändrad. Läs tillbaka den från en kopia eller ta om den för samma dag.")
