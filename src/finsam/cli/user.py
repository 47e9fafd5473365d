"""`finsam user`: the way back in when no administrator can give it, and the second one whom nobody else can confirm."""

import click

from finsam.cli import terminal
from finsam.cli.commands import Command, Group
from finsam.cli.home import opening
from finsam.cli.home.opening import address
from finsam.cli.language import gettext as _

ADDRESS = click.argument("email", metavar=_("ADRESS"))
RESET = _(
    "Gör en engångslänk som fungerar genast. Användaren loggas ut överallt och får veta det vid nästa inloggning."
)
CONFIRM = _("Bekräfta de roller som väntar för en användare, när hemmet saknar en andra systemadministratör.")


@click.group(cls=Group, help=_("Släpp in en användare när ingen systemadministratör kan göra det."))
def user() -> None:
    """What only the operator of the server can do for a user."""


@user.command(cls=Command, help=RESET)
@ADDRESS
def reset(email: str) -> None:
    """Print a link that lets a user choose a new password."""
    from finsam.access import actions, queries

    actor = opening.open_home()
    found = queries.named(actor=actor, email=email)
    link = f"{address()}/inbjudan/{actions.invite(actor=actor, user=found)}/"
    words = _("Engångslänk för %(email)s, som gäller i sju dagar och fungerar en gång:")
    terminal.say(words % {"email": found.email}, err=True)
    terminal.say(link)


@user.command(cls=Command, help=CONFIRM)
@ADDRESS
def confirm(email: str) -> None:
    """Confirm the roles that wait for somebody to."""
    from finsam.access import actions, queries
    from finsam.interventions import queries as interventions

    actor = opening.open_home()
    found = queries.named(actor=actor, email=email)
    waiting = [row for row in queries.waiting_grants(actor=actor) if row.user_id == found.pk]
    if not waiting:
        terminal.refuse(_("Ingen roll väntar på att bekräftas för %(email)s.") % {"email": found.email})
    work = interventions.working_as(actor=actor, user=found)
    for row in waiting:
        actions.confirm_grant(actor=actor, grant=row, working_as=work)
        terminal.say(_("%(role)s gäller nu för %(email)s.") % {"role": row.label, "email": found.email})
