"""`finsam check-table`: whether anyone's published table holds together. Needs no home."""

from pathlib import Path

import click

from finsam.cli.swedish import OLD_FILE, Command, argument

FOUND = 1


@click.command(name="check-table", cls=Command)
@argument("file", OLD_FILE)
@click.pass_context
def check_table(ctx: click.Context, file: Path) -> None:
    """Kontrollera att en publicerad tabell håller ihop: summor, delar och andelar.

    Tabellen är ett kalkylblad (xlsx, ods) eller text med semikolon, tabbar eller kommatecken. Den har kolumnerna
    Kvinnor, Män och Totalt, och alla andra kolumner namnger raden. En rad som heter Totalt jämförs med summan av de
    andra. Också Finsams egna tabeller går bra. Varje fel blir en rad. Svarskoden är 0 utan fel, 1 med fel, 2 om filen
    inte går att läsa.
    """
    from finsam.editions import consistency

    found = consistency.check_table(file.read_bytes())
    for line in found:
        click.echo(line.replace("\u00a0", " "))
    click.echo(f"{len(found)} fel i {file.name}." if found else f"{file.name} håller ihop.", err=True)
    if found:
        ctx.exit(FOUND)
