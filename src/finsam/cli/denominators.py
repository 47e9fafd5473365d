"""`finsam denominators import`: how many received each benefit, as published elsewhere."""

from pathlib import Path

import click

from finsam.cli.home import opening
from finsam.cli.swedish import OLD_FILE, Command, Group, argument


@click.group(cls=Group)
def denominators() -> None:
    """Läs in hur många som fick en förmån, enligt publicerade källor."""


@denominators.command(name="import", cls=Command)
@argument("file", OLD_FILE)
def import_file(file: Path) -> None:
    """Läs en fil med kolumnerna year, support, recipients, source och as_of. Allt eller inget läses in.

    Filen är ett kalkylblad eller CSV. Antalet (recipients) skrivs med siffror utan mellanslag, och as_of är dagen då
    uppgiften hämtades, efter årets slut.
    """
    from finsam.snapshots import actions

    actor = opening.open_home()
    changed = actions.import_denominators(actor=actor, content=file.read_bytes())
    click.echo(f"{changed} rader är nya eller ändrade.")
