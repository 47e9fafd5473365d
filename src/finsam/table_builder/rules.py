"""How large a free question may be."""

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.values.shares import swedish_number

AT_ONCE: Final = 1_000  # so many cells are protected while somebody waits; more of them in the background
MOST_COUNTED: Final = 50_000  # cells of a free question: more is read in no table
MOST_EXAMINED: Final = 3_000  # cells that are protected together, which a table to be let out has at most


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
