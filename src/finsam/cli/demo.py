"""`finsam demo`: a new home with invented people."""

import click

from finsam.cli import terminal
from finsam.cli.home import making
from finsam.cli.swedish import Command


@click.command(cls=Command)
def demo() -> None:
    """Fyll ett tomt hem med påhittade människor och verkliga förbund, för att prova."""
    from finsam.demo.load import load

    with making.new_home():
        making.write_keys()
        making.make_tables()
        load(progress=terminal.step)
    show_sign_ins()
    click.echo("Demon är klar. Starta med: finsam serve")


def show_sign_ins() -> None:
    """Print one sign-in a role."""
    from finsam.access.roles import roles
    from finsam.demo.users import PASSWORD, sign_ins

    click.echo(f"Logga in så här, alla med lösenordet: {PASSWORD}")
    for one in sign_ins():
        click.echo(f"  {roles()[one.role].label!s:<26} {one.email}")
