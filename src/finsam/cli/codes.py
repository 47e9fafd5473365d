"""`finsam codes import`: new rows in the code lists, and rows that are closed and confirmed."""

from pathlib import Path

import click

from finsam.cli import terminal
from finsam.cli.commands import OLD_FILE, Command, Group, argument
from finsam.cli.home import opening
from finsam.cli.language import gettext as _
from finsam.values import divided

HELP = _(
    "Läs en fil med rader till kodlistorna: nya rader, sista dagar och bekräftelser. Allt eller inget läses in.\n\n"
    "Filen är ett kalkylblad eller CSV med kolumnerna list, code, label, label_en, parent, first_day, ends_before, "
    "source och verified, och för inriktningar explanation och explanation_en. En rad som redan finns (samma list, "
    "code och first_day) stängs när ends_before säger en dag och bekräftas när verified är ja. Dess ord skrivs aldrig "
    "över."
)


@click.group(cls=Group, help=_("Läs in rader till kodlistorna."))
def codes() -> None:
    """Code lists."""


@codes.command(name="import", cls=Command, help=HELP)
@argument("file", OLD_FILE)
def import_file(file: Path) -> None:
    """Take in a file of codes, all of it or nothing."""
    from finsam.codes import actions

    actor = opening.open_home()
    with terminal.reading(file) as opened:
        done = actions.import_rows(actor=actor, content=divided.held(opened))
    words = _("Nya rader: %(added)s. Stängda: %(closed)s. Bekräftade: %(confirmed)s.")
    terminal.say(words % {"added": done.added, "closed": done.closed, "confirmed": done.confirmed})
