"""`finsam user`: the way back in when no administrator can give it, and the second one whom nobody else can confirm."""

import click

from finsam.cli import terminal
from finsam.cli.home import opening
from finsam.cli.home.opening import address
from finsam.cli.swedish import Command, Group

ADDRESS = click.argument("email", metavar="ADRESS")


@click.group(cls=Group)
def user() -> None:
    """Släpp in en användare när ingen systemadministratör kan göra det."""


@user.command(cls=Command)
@ADDRESS
def reset(email: str) -> None:
    """Gör en engångslänk som fungerar genast. Användaren loggas ut överallt och får veta det vid nästa inloggning."""
    from finsam.access import actions, queries

    actor = opening.open_home()
    found = queries.named(actor=actor, email=email)
    link = f"{address()}/inbjudan/{actions.invite(actor=actor, user=found)}/"
    click.echo(f"Engångslänk för {found.email}, som gäller i sju dagar och fungerar en gång:", err=True)
    click.echo(link)


@user.command(cls=Command)
@ADDRESS
def confirm(email: str) -> None:
    """Bekräfta de roller som väntar för en användare, när hemmet saknar en andra systemadministratör."""
    from finsam.access import actions, queries
    from finsam.interventions import queries as interventions

    actor = opening.open_home()
    found = queries.named(actor=actor, email=email)
    waiting = [row for row in queries.waiting_grants(actor=actor) if row.user_id == found.pk]
    if not waiting:
        terminal.refuse(f"Ingen roll väntar på att bekräftas för {found.email}.")
    work = interventions.working_as(actor=actor, user=found)
    for row in waiting:
        actions.confirm_grant(actor=actor, grant=row, working_as=work)
        click.echo(f"{row.label} gäller nu för {found.email}.")
