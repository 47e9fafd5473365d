"""`finsam codes import`: new rows in the code lists."""

from pathlib import Path

import click

from finsam.cli import homes
from finsam.cli.swedish import OLD_FILE, Command, Group, argument


@click.group(cls=Group)
def codes() -> None:
    """Läs in rader till kodlistorna."""


@codes.command(name="import", cls=Command)
@argument("file", OLD_FILE)
def import_file(file: Path) -> None:
    """Läs en CSV-fil med rader till kodlistorna. Allt eller inget läses in; befintliga rader skrivs aldrig över."""
    from finsam.codes import actions

    actor = homes.open_home()
    added = actions.import_rows(actor=actor, lines=homes.lines(file))
    click.echo(f"{added} rader är nya.")
