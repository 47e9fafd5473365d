"""`finsam init`: a new home, empty."""

import click

from finsam.cli import terminal
from finsam.cli.commands import Command
from finsam.cli.home import making, opening
from finsam.cli.home.opening import address
from finsam.cli.language import gettext as _

READY = _(
    "Hemmet är klart. Nycklarna ligger i %(file)s. Ta en kopia och förvara den för sig: utan dem går namn och nummer "
    "inte att läsa."
)
FIRST = _(
    "Starta med: finsam serve. Logga sedan in som %(email)s: välj lösenord på engångslänken, som gäller i sju dagar:"
)
SECOND_FIRST = _(
    "Bjud sedan in en andra systemadministratör: lägg till användaren, ge rollen och en engångslänk, och bekräfta "
    "rollen här med: finsam user confirm ADRESS. Utan en andra kan inga roller bekräftas och inga lösenord bytas. "
    "Kommer ingen in: finsam user reset ADRESS"
)


@click.command(cls=Command, help=_("Gör ett tomt hem, med nycklar och en engångslänk till den första administratören."))
@click.option("--email", metavar=_("ADRESS"), default="admin@localhost", help=_("Administratörens e-postadress."))
@click.option("--name", metavar=_("NAMN"), default=_("Första administratören"), help=_("Administratörens namn."))
@click.option(
    "--employer", metavar=_("NAMN"), default=_("Driften"), help=_("Organisationen som administratören arbetar i.")
)
def init(email: str, name: str, employer: str) -> None:
    """Make an empty home and its first administrator."""
    from finsam.access import actions
    from finsam.access.roles import Role

    with making.new_home() as new:
        keys = making.write_keys(new)
        making.make_tables()
        actor = opening.operator()
        organisation = actions.register_organisation(actor=actor, kind="authority", name=employer)
        user = actions.create_user(actor=actor, email=email, name=name, employer=organisation)
        actions.grant(actor=actor, user=user, role=Role.SYSTEM_ADMIN)
        link = f"{address()}/inbjudan/{actions.invite(actor=actor, user=user)}/"
        new.finish(lambda: actions.prepare(actor=actor, version=opening.version()))
    terminal.say(READY % {"file": keys})
    terminal.say(FIRST % {"email": email})
    terminal.say(link)
    terminal.say(SECOND_FIRST)
