"""`finsam demo`: a new home with invented people."""

import click

from finsam.cli import terminal
from finsam.cli.commands import Command
from finsam.cli.home import making
from finsam.cli.language import gettext as _


@click.command(cls=Command, help=_("Fyll ett tomt hem med påhittade människor och verkliga förbund, för att prova."))
def demo() -> None:
    """Make a demo home and say how to sign in."""
    from finsam.demo.load import declare, load

    with making.new_home() as new:
        making.write_keys(new)
        making.make_tables()
        load(progress=terminal.step, detail=terminal.detail)
        new.finish(declare)
    show_sign_ins()
    terminal.say(_("Demon är klar. Starta med: finsam serve"))


def show_sign_ins() -> None:
    """Print one sign-in a role."""
    from finsam.access.roles import roles
    from finsam.demo.users import PASSWORD, sign_ins

    terminal.say(_("Logga in så här, alla med lösenordet: %(password)s") % {"password": PASSWORD})
    for one in sign_ins():
        terminal.say(f"  {roles()[one.role].label!s:<26} {one.email}")
