"""`finsam check-table`: whether anyone's published table holds together. Needs no home."""

from pathlib import Path

import click

from finsam.cli import terminal
from finsam.cli.commands import OLD_FILE, Command, argument
from finsam.cli.language import gettext as _
from finsam.values import divided

FOUND = 1
HELP = _(
    "Kontrollera att en publicerad tabell håller ihop: summor, delar och andelar.\n\n"
    "Tabellen är ett kalkylblad (xlsx, ods) eller text med semikolon, tabbar eller kommatecken. Den har kolumnerna "
    "Kvinnor, Män och Totalt, och alla andra kolumner namnger raden. En rad som heter Totalt jämförs med summan av de "
    "andra. Också Finsams egna tabeller går bra. Varje fel blir en rad. Svarskoden är 0 utan fel, 1 med fel, 2 om "
    "filen inte går att läsa."
)


@click.command(name="check-table", cls=Command, help=HELP)
@argument("file", OLD_FILE)
@click.pass_context
def check_table(ctx: click.Context, file: Path) -> None:
    """Print what is wrong with a table."""
    from finsam.editions import consistency

    with terminal.reading(file) as opened:
        found = consistency.check_table(divided.held(opened))
    for line in found:
        terminal.say(line.replace("\u00a0", " "))
    words = _("%(count)s fel i %(file)s.") if found else _("%(file)s håller ihop.")
    terminal.say(words % {"count": len(found), "file": file.name}, err=True)
    if found:
        ctx.exit(FOUND)
