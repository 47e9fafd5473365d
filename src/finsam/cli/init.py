"""`finsam init`: a new home, empty."""

import click

from finsam.cli.home import making, opening
from finsam.cli.home.opening import address
from finsam.cli.swedish import Command

KEYS_APART = (
    "Nycklarna ligger i {keys}. Ta en kopia och förvara den för sig: utan dem går namn och nummer inte att läsa."
)


SECOND_FIRST = (
    "Bjud sedan in en andra systemadministratör: lägg till användaren, ge rollen och en engångslänk, och bekräfta "
    "rollen här med: finsam user confirm ADRESS. Utan en andra kan inga roller bekräftas och inga lösenord bytas. "
    "Kommer ingen in: finsam user reset ADRESS"
)


@click.command(cls=Command)
@click.option("--email", metavar="ADRESS", default="admin@localhost", help="Administratörens e-postadress.")
@click.option("--name", metavar="NAMN", default="Första administratören", help="Administratörens namn.")
@click.option("--employer", metavar="NAMN", default="Driften", help="Organisationen som administratören arbetar i.")
def init(email: str, name: str, employer: str) -> None:
    """Gör ett tomt hem, med nycklar och en engångslänk till den första administratören."""
    from finsam.access import actions
    from finsam.access.roles import Role

    with making.new_home():
        keys = making.write_keys()
        making.make_tables()
        actor = opening.operator()
        actions.prepare(actor=actor, version=opening.version())
        organisation = actions.register_organisation(actor=actor, kind="authority", name=employer)
        user = actions.create_user(actor=actor, email=email, name=name, employer=organisation)
        actions.grant(actor=actor, user=user, role=Role.SYSTEM_ADMIN)
        link = f"{address()}/inbjudan/{actions.invite(actor=actor, user=user)}/"
    click.echo(f"Hemmet är klart. {KEYS_APART.format(keys=keys)}")
    click.echo(
        f"Starta med: finsam serve. Logga sedan in som {email}: välj lösenord på engångslänken, som gäller i sju dagar:"
    )
    click.echo(link)
    click.echo(SECOND_FIRST)
