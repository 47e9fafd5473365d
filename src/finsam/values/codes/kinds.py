"""Kinds of interventions (SUS: inriktning)."""

from finsam.values.codes.rows import REPORT_2020, CodeList, verified
from finsam.values.sentences import gettext_noop

INDIVIDUAL = "individual"
STRUCTURAL = "structural"

ANNEX = f"{REPORT_2020}, bilaga 1"
KINDS = CodeList(
    "kind",
    gettext_noop("Inriktning"),
    (
        verified(INDIVIDUAL, "Individinriktad", "Individual", ANNEX),
        verified(STRUCTURAL, "Strukturövergripande insats", "Structural", ANNEX),
    ),
)
