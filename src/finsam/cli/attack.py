"""`finsam attack`: whether any hidden figure of an edition, and of all published before it, can be worked out."""

import click

from finsam.cli import terminal
from finsam.cli.commands import Command
from finsam.cli.home import opening
from finsam.cli.language import gettext as _

LEAKS = 1
HELP = _(
    "Angrip en utgåva och allt som publicerats före den, för att se om någon dold siffra går att räkna ut.\n\n"
    "Svarskoden är 0 när ingen gör det, 1 med namnen på tabellerna när någon gör det, 2 när utgåvan inte finns."
)


@click.command(cls=Command, help=HELP)
@click.argument("identifier", metavar=_("UTGÅVA"))
@click.pass_context
def attack(ctx: click.Context, identifier: str) -> None:
    """Print the tables that give a hidden figure away."""
    from finsam.editions import queries

    actor = opening.open_home()
    found = queries.leaks(actor=actor, edition=queries.edition(actor=actor, identifier=identifier))
    for table in found:
        terminal.say(table)
    safe = _("Ingen dold siffra går att räkna ut.")
    terminal.say(_("En dold siffra går att räkna ut i tabellerna.") if found else safe, err=True)
    if found:
        ctx.exit(LEAKS)
