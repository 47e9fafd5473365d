"""`finsam init` and `finsam demo`: a new home, empty or with invented people."""

import os

import click

from finsam.cli import homes, making
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
        actor = homes.operator()
        actions.prepare(actor=actor, version=homes.version())
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


@click.command(cls=Command)
def demo() -> None:
    """Fyll ett tomt hem med påhittade människor och verkliga förbund, för att prova."""
    from finsam.demo.load import load

    with making.new_home():
        making.write_keys()
        making.make_tables()
        load(progress=homes.step)
    show_sign_ins()
    click.echo("Demon är klar. Starta med: finsam serve")


def show_sign_ins() -> None:
    """Print one sign-in a role."""
    from finsam.access.roles import roles
    from finsam.demo.users import PASSWORD, sign_ins

    click.echo(f"Logga in så här, alla med lösenordet: {PASSWORD}")
    for one in sign_ins():
        click.echo(f"  {roles()[one.role].label!s:<26} {one.email}")


def address() -> str:
    """The address that people use: FINSAM_ADDRESS, or this machine."""
    port = os.environ.get("PORT") or "8000"
    return (os.environ.get("FINSAM_ADDRESS") or f"http://127.0.0.1:{port}").rstrip("/")
