"""`finsam upgrade`: a home of an older version, brought to this one."""

import click

from finsam.cli import terminal
from finsam.cli.commands import Command
from finsam.cli.home import in_use, opening
from finsam.cli.home.upgrading import upgrade_home
from finsam.cli.language import gettext as _

HELP = _("Anpassa hemmet till den här versionen: tabeller och nya koder. En kopia tas först, i hemmets mapp backups/.")


@click.command(cls=Command, help=HELP)
def upgrade() -> None:
    """Bring the home to this version."""
    opening.refuse_unprepared(opening.home())
    with in_use.serving(opening.home()):  # no server that starts meanwhile upgrades it too
        if not opening.versions().is_older:
            terminal.say(_("Hemmet hör redan till den här versionen."))
            return
        upgrade_home()
