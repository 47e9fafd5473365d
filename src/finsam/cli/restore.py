"""`finsam restore`: a home out of one file."""

from pathlib import Path

import click

from finsam.cli.home import archive, making, opening
from finsam.cli.swedish import OLD_FILE, Command, argument


@click.command(cls=Command)
@argument("file", OLD_FILE)
def restore(file: Path) -> None:
    """Läs tillbaka en kopia till ett tomt hem."""
    from django.conf import settings

    opening.refuse_used(opening.home())
    archive.check(file)
    with making.new_home() as folder:
        rows = archive.read(file, folder)
    click.echo(f"{rows} rader är tillbaka i {folder}.")
    if not settings.FINSAM_KEYS.exists():
        click.echo(
            f"Lägg nyckelfilen i {settings.FINSAM_KEYS} innan du startar: utan den går namn och nummer inte att läsa."
        )
    if opening.versions().is_older:
        click.echo("Kopian är från en äldre version. Kör: finsam upgrade")
