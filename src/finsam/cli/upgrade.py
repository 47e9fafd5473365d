"""`finsam upgrade`: a home of an older version, brought to this one."""

import click

from finsam.cli.home import opening
from finsam.cli.home.upgrading import upgrade_home
from finsam.cli.swedish import Command


@click.command(cls=Command)
def upgrade() -> None:
    """Anpassa hemmet till den här versionen: tabeller och nya koder. En kopia tas först, i hemmets mapp backups/."""
    opening.refuse_unprepared(opening.home())
    if not opening.versions().is_older:
        click.echo("Hemmet hör redan till den här versionen.")
        return
    upgrade_home()
