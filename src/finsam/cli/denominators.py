"""`finsam denominators import`: how many received each benefit, as published elsewhere."""

from pathlib import Path

import click

from finsam.cli import terminal
from finsam.cli.commands import OLD_FILE, Command, Group, argument
from finsam.cli.home import opening
from finsam.cli.language import gettext as _
from finsam.cli.language import ngettext
from finsam.values import divided

HELP = _(
    "Läs en fil med kolumnerna year, support, recipients, source och as_of. Allt eller inget läses in.\n\n"
    "Filen är ett kalkylblad eller CSV. Antalet (recipients) skrivs med siffror utan mellanslag, och as_of är dagen då "
    "uppgiften hämtades, efter årets slut."
)


@click.group(cls=Group, help=_("Läs in hur många som fick en förmån, enligt publicerade källor."))
def denominators() -> None:
    """What shares are of."""


@denominators.command(name="import", cls=Command, help=HELP)
@argument("file", OLD_FILE)
def import_file(file: Path) -> None:
    """Take in a file of denominators, all of it or nothing."""
    from finsam.snapshots import actions

    actor = opening.open_home()
    with terminal.reading(file) as opened:
        rows = actions.import_denominators(actor=actor, content=divided.held(opened))
    terminal.say(told(rows))


def told(rows: int) -> str:
    """How many rows are new or changed."""
    if not rows:
        return _("Inga rader är nya eller ändrade.")
    return ngettext("%(rows)s rad är ny eller ändrad.", "%(rows)s rader är nya eller ändrade.", rows) % {"rows": rows}
