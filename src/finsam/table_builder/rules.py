"""How many tables one user gets, and how large."""

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.values.shares import swedish_number

MOST_ANSWERS: Final = 50  # of one user from one snapshot: so many are protected together


AT_ONCE: Final = 1_000  # so many cells are protected while somebody waits; a larger table is counted in the background


MOST_COUNTED: Final = 50_000  # cells of a free question: more is read in no table
MOST_EXAMINED: Final = 3_000  # cells that are protected together, which a table to be let out has at most


def refuse_beyond(answers: int) -> None:
    """Refuse a new table to whoever has had as many as are protected together."""
    if answers >= MOST_ANSWERS:
        raise ValidationError(
            _(
                "Du har fått %(most)s tabeller ur ögonblicksbilden, så många som skyddas tillsammans. "
                "Du kan öppna dem igen här under, eller välja en annan ögonblicksbild."
            )
            % {"most": MOST_ANSWERS}
        )


def refuse_more_than_counted(cells: int) -> None:
    """Refuse a free question with more cells than anybody reads."""
    if cells > MOST_COUNTED:
        raise ValidationError(
            _(
                "Tabellen får %(cells)s celler, och högst %(most)s räknas på en gång. "
                "Välj färre perioder eller indelningar."
            )
            % {"cells": swedish_number(cells), "most": swedish_number(MOST_COUNTED)}
        )


def refuse_large(cells: int, most: int) -> None:
    """Refuse a table with more cells than are protected while somebody waits."""
    if cells > most:
        raise ValidationError(
            _(
                "Tabellen får %(cells)s celler, och högst %(most)s kan skyddas på en gång. "
                "Välj färre perioder, en indelning mindre, eller ett län i stället för alla kommuner."
            )
            % {"cells": swedish_number(cells), "most": swedish_number(most)}
        )
