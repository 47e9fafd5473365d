"""`finsam snapshot`: take, list and verify."""

from datetime import date

import click

from finsam.cli import terminal
from finsam.cli.commands import DAY, Command, Group
from finsam.cli.home import opening
from finsam.cli.language import gettext as _


@click.group(cls=Group, help=_("Ta, lista och kontrollera ögonblicksbilder. De är personuppgifter."))
def snapshot() -> None:
    """Snapshots."""


@snapshot.command(cls=Command, help=_("Ta en ögonblicksbild: allt som det var registrerat när en dag tog slut."))
@click.option("--as-of", type=DAY, help=_("Dagen vars sista läge ska med. Utan: i dag."))
def take(as_of: date | None) -> None:
    """Take a snapshot and print its ID."""
    from finsam.snapshots import actions

    actor = opening.open_home()
    taken = actions.take(actor=actor, as_of=as_of or actor.today, progress=terminal.step)
    terminal.say(taken.identifier)


@snapshot.command(
    name="list",
    cls=Command,
    help=_("Visa alla ögonblicksbilder: ID, dag, rader, gallrade personer och när de togs."),
)
def listed() -> None:
    """Print a line a snapshot."""
    from django.utils import timezone

    from finsam.snapshots import queries

    found = list(queries.snapshots(actor=opening.open_home()))
    if not found:
        terminal.say(_("Det finns inga ögonblicksbilder än. Ta en: finsam snapshot take"), err=True)
    for one in found:
        taken = f"{timezone.localtime(one.taken_at):%Y-%m-%d %H:%M}"
        row = _("%(rows)s rader  %(erased)s gallrade  tagen %(time)s")
        facts = row % {"rows": f"{one.rows:>9}", "erased": f"{one.erased:>4}", "time": taken}
        terminal.say(f"{one.identifier}  {facts}")


@snapshot.command(cls=Command, help=_("Kontrollera att varje byte är som när bilden togs: en viss, eller alla."))
@click.argument("identifier", metavar="[ID]", required=False)
def verify(identifier: str | None) -> None:
    """Print a line a snapshot: whole, or what is changed in it."""
    from finsam.snapshots import actions, queries

    actor = opening.open_home()
    found = [queries.snapshot(actor=actor, identifier=identifier)] if identifier else queries.snapshots(actor=actor)
    damaged = False
    for one in found:
        faults = actions.verify(actor=actor, snapshot=one)
        damaged = damaged or bool(faults)
        terminal.say(f"{one.identifier}  {', '.join(faults) or _('hel')}")
    if damaged:
        terminal.refuse(_("En ögonblicksbild är ändrad. Läs tillbaka den från en kopia eller ta om den för samma dag."))
