"""`finsam restore`: a home out of one file."""

from pathlib import Path

import click

from finsam.cli import terminal
from finsam.cli.commands import OLD_FILE, Command, argument
from finsam.cli.home import archive, making, opening
from finsam.cli.language import gettext as _
from finsam.cli.language import ngettext


@click.command(cls=Command, help=_("Läs tillbaka en kopia till ett tomt hem."))
@argument("file", OLD_FILE)
def restore(file: Path) -> None:
    """Fill an empty home from a copy."""
    from django.conf import settings

    with making.new_home() as new:
        archive.check(file)
        rows = archive.read(file, new)
    folder = new.home
    back = ngettext("%(rows)s rad är tillbaka i %(folder)s.", "%(rows)s rader är tillbaka i %(folder)s.", rows)
    terminal.say(back % {"rows": rows, "folder": folder})
    if not settings.FINSAM_KEYS.exists():
        lacking = _("Lägg nyckelfilen i %(file)s innan du startar: utan den går namn och nummer inte att läsa.")
        terminal.say(lacking % {"file": settings.FINSAM_KEYS})
    if opening.versions().is_older:
        terminal.say(_("Kopian är från en äldre version. Kör: finsam upgrade"))
