"""`finsam backup`: a home in one file."""

from pathlib import Path

import click

from finsam.cli.home import archive, opening
from finsam.cli.swedish import NEW_FILE, Command, argument


@click.command(cls=Command)
@argument("file", NEW_FILE)
def backup(file: Path) -> None:
    """Kopiera databas, ögonblicksbilder, rapporter och utgåvor till en fil. Nycklarna följer inte med."""
    from django.conf import settings

    folder = opening.home()
    opening.refuse_unprepared(folder)
    rows = archive.write(folder, file)
    click.echo(f"{rows} rader är kopierade till {file}. Filen är personuppgifter.")
    click.echo(
        f"Nycklarna följer inte med: kopiera {settings.FINSAM_KEYS} för sig och förvara den på ett annat ställe."
    )
