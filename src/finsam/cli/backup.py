"""`finsam backup`: a home in one file."""

from pathlib import Path

import click

from finsam.cli import terminal
from finsam.cli.commands import NEW_FILE, Command, argument
from finsam.cli.home import archive, opening
from finsam.cli.language import gettext as _
from finsam.cli.language import ngettext


@click.command(
    cls=Command,
    help=_("Kopiera databas, ögonblicksbilder, rapporter och utgåvor till en fil. Nycklarna följer inte med."),
)
@argument("file", NEW_FILE)
def backup(file: Path) -> None:
    """Copy the home to a file."""
    from django.conf import settings

    folder = opening.home()
    opening.refuse_unprepared(folder)
    rows = archive.write(folder, file)
    copied = ngettext(
        "%(rows)s rad är kopierad till %(file)s. Filen är personuppgifter.",
        "%(rows)s rader är kopierade till %(file)s. Filen är personuppgifter.",
        rows,
    )
    terminal.say(copied % {"rows": rows, "file": file})
    apart = _("Nycklarna följer inte med: kopiera %(file)s för sig och förvara den på ett annat ställe.")
    terminal.say(apart % {"file": settings.FINSAM_KEYS})
