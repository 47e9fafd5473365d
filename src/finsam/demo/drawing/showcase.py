"""The interventions of the demo's registrar: what the start page shows is chosen, not drawn."""

from datetime import date
from typing import Final, NamedTuple

from finsam.demo.drawing.records import Party

SHOWCASE: Final = "Samordningsförbundet Södra Vätterbygden"
EMPLOYER: Final = Party("municipality", "0680")  # Jönköping


class Shown(NamedTuple):
    """An intervention of the start page: how many take part today, of how many planned this year."""

    name: str
    direction: str
    method: str
    open_stays: int = 0
    planned: int = 0
    ends_before: date | None = None
    controller: Party = EMPLOYER


REHABILITATION: Final = "rehabilitation_to_work_or_education"
SHOWN: Final = (
    Shown("Vägen vidare", REHABILITATION, "identified", 14, 20),
    Shown("Grön rehab", "preparatory", "identified", 9, 12),
    Shown("Unga in", REHABILITATION, "identified", 22, 25),
    Shown("Kartläggning på vårdcentral", "individual_assessment", "numbers_only", planned=120),
    Shown("Steget före", "preventive", "identified", 2, 10, date(2021, 3, 16)),  # ended, two not registered out
)
CONSENT_WAITING: Final = (2, date(2021, 3, 29))  # to the third of them, given by someone not registered yet
