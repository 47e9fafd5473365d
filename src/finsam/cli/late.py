"""`finsam late`: how the figures of past years have grown, and what the newest year is expected to come to."""

import click

from finsam.cli import terminal
from finsam.cli.home import opening
from finsam.cli.swedish import ChoiceType, Command

FLOW = ChoiceType("SIFFRA", "ongoing", "new", "ended")
UNIT = ChoiceType("ENHET", "persons", "participations")


@click.command(cls=Command)
@click.option("--figure", "flow", type=FLOW, default="ongoing", help="ongoing (utan: den), new eller ended.")
@click.option("--unit", type=UNIT, default="persons", help="persons (utan: den) eller participations.")
def late(flow: str, unit: str) -> None:
    """Visa hur siffrorna för år som är slut har växt i ögonblicksbilderna, och vad det nyaste året väntas bli.

    Varje rad är ett år, varje kolumn hur många månader som gått sedan årets slut. Minst två ögonblicksbilder behövs.
    """
    from finsam.late import actions, queries

    actor = opening.open_home()
    terminal.step("räknar i alla ögonblicksbilder")
    row = actions.count_late(actor=actor)
    for line in queries.late_lines(actor=actor, row=row, figure=f"{unit}_{flow}"):
        click.echo(line.replace("\u00a0", " "))
