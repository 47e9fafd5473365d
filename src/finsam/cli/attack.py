"""`finsam attack`: whether any hidden figure of all that is published can be worked out, also with one edition more."""

import click

from finsam.cli import terminal
from finsam.cli.commands import Command
from finsam.cli.home import opening
from finsam.cli.language import gettext as _

LEAKS = 1
HELP = _(
    "Angrip allt som är publicerat, för att se om någon dold siffra går att räkna ut.\n\n"
    "Svarskoden är 0 när ingen gör det, 1 med namnen på tabellerna när någon gör det, 2 när utgåvan inte finns."
)
AS_IF = _("Angrip också den här utgåvan, som om den redan vore publicerad.")


@click.command(cls=Command, help=HELP)
@click.option("--as-if", "identifier", metavar=_("UTGÅVA"), help=AS_IF)
@click.pass_context
def attack(ctx: click.Context, identifier: str | None) -> None:
    """Print the tables that give a hidden figure away."""
    from finsam.editions import queries

    actor = opening.open_home()
    one = queries.edition(actor=actor, identifier=identifier) if identifier else None
    log = queries.attack(actor=actor, as_if=one)
    if log is None:
        terminal.say(_("Inget är publicerat än. Angrip en utgåva innan den publiceras: --as-if UTGÅVA"), err=True)
        return
    for table in log.leaks:
        terminal.say(table)
    for world in log.worlds:
        terminal.say(_worlds()[world], err=True)
    safe = _("Ingen dold siffra går att räkna ut.")
    terminal.say(_("En dold siffra går att räkna ut i tabellerna.") if log.leaks else safe, err=True)
    if log.leaks:
        ctx.exit(LEAKS)


def _worlds() -> dict[str, str]:
    return {
        "any": _("Prövat: mellan ögonblicksbilder kan vad som helst ha ändrats."),
        "fewest": _("Prövat: mellan ögonblicksbilder har så få ändrats som det som visas medger."),
    }
