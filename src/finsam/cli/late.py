"""`finsam late`: how the figures of past years have grown, and what the newest year is expected to come to."""

import click

from finsam.cli import terminal
from finsam.cli.commands import ChoiceType, Command
from finsam.cli.home import opening
from finsam.cli.language import gettext as _

FLOW = ChoiceType(_("SIFFRA"), "ongoing", "new", "ended")
UNIT = ChoiceType(_("ENHET"), "persons", "participations")
HELP = _(
    "Visa hur siffrorna för år som är slut har växt i ögonblicksbilderna, och vad det nyaste året väntas bli.\n\n"
    "Varje rad är ett år, varje kolumn hur många månader som gått sedan årets slut. Minst två ögonblicksbilder behövs."
)


@click.command(cls=Command, help=HELP)
@click.option("--figure", "flow", type=FLOW, default="ongoing", help=_("ongoing (utan: den), new eller ended."))
@click.option("--unit", type=UNIT, default="persons", help=_("persons (utan: den) eller participations."))
def late(flow: str, unit: str) -> None:
    """Print the years, the months after them, and the estimate."""
    from finsam.late import actions, queries

    actor = opening.open_home()
    terminal.step(_("räknar i alla ögonblicksbilder"))
    row = actions.count_late(actor=actor)
    for line in queries.late_lines(actor=actor, row=row, figure=f"{unit}_{flow}"):
        terminal.say(line.replace("\u00a0", " "))
