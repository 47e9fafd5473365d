"""`finsam backup`, `restore` and `upgrade`: a home in one file, and back."""

from pathlib import Path

import click

from finsam.cli import archives, homes, making
from finsam.cli.swedish import NEW_FILE, OLD_FILE, Command, argument


@click.command(cls=Command)
@argument("file", NEW_FILE)
def backup(file: Path) -> None:
    """Kopiera databas, ögonblicksbilder, rapporter och utgåvor till en fil. Nycklarna följer inte med."""
    from django.conf import settings

    folder = homes.home()
    homes.refuse_unprepared(folder)
    rows = archives.write(folder, file)
    click.echo(f"{rows} rader är kopierade till {file}. Filen är personuppgifter.")
    click.echo(
        f"Nycklarna följer inte med: kopiera {settings.FINSAM_KEYS} för sig och förvara den på ett annat ställe."
    )


@click.command(cls=Command)
@argument("file", OLD_FILE)
def restore(file: Path) -> None:
    """Läs tillbaka en kopia till ett tomt hem."""
    from django.conf import settings

    homes.refuse_used(homes.home())
    archives.check(file)
    with making.new_home() as folder:
        rows = archives.read(file, folder)
    click.echo(f"{rows} rader är tillbaka i {folder}.")
    if not settings.FINSAM_KEYS.exists():
        click.echo(
            f"Lägg nyckelfilen i {settings.FINSAM_KEYS} innan du startar: utan den går namn och nummer inte att läsa."
        )
    if homes.versions().is_older:
        click.echo("Kopian är från en äldre version. Kör: finsam upgrade")


@click.command(cls=Command)
def upgrade() -> None:
    """Anpassa hemmet till den här versionen: tabeller och nya koder. En kopia tas först, i hemmets mapp backups/."""
    homes.refuse_unprepared(homes.home())
    if not homes.versions().is_older:
        click.echo("Hemmet hör redan till den här versionen.")
        return
    upgrade_home()


def upgrade_home() -> None:
    """Back up, then bring the tables and the code lists to this version; the copy stays."""
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from finsam.access import actions
    from finsam.codes import actions as codes

    folder = Path(settings.FINSAM_HOME)
    file = folder / "backups" / f"before-{homes.version()}-{timezone.localtime():%Y%m%d-%H%M%S}.tar"
    archives.write(folder, file)
    click.echo(f"En kopia ligger i {file}.", err=True)
    homes.step("anpassar tabeller")
    call_command("migrate", verbosity=0, interactive=False)
    if new := codes.ship(actor=homes.operator()):
        click.echo(f"Nya koder i kodlistorna: {new}.", err=True)
    actions.upgraded(actor=homes.operator(), version=homes.version())
