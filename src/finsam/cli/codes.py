"""`finsam codes import`: new rows in the code lists, and rows that are closed and confirmed."""

from pathlib import Path

import click

from finsam.cli.home import opening
from finsam.cli.swedish import OLD_FILE, Command, Group, argument


@click.group(cls=Group)
def codes() -> None:
    """Läs in rader till kodlistorna."""


@codes.command(name="import", cls=Command)
@argument("file", OLD_FILE)
def import_file(file: Path) -> None:
    """Läs en fil med rader till kodlistorna: nya rader, sista dagar och bekräftelser. Allt eller inget läses in.

    Filen är ett kalkylblad eller CSV med kolumnerna list, code, label, label_en, parent, first_day, ends_before, source
    och verified, och för inriktningar explanation och explanation_en. En rad som redan finns (samma list, code och
    first_day) stängs när ends_before säger en dag och bekräftas när verified är ja. Dess ord skrivs aldrig över.
    """
    from finsam.codes import actions

    actor = opening.open_home()
    done = actions.import_rows(actor=actor, content=file.read_bytes())
    click.echo(f"Nya rader: {done.added}. Stängda: {done.closed}. Bekräftade: {done.confirmed}.")
