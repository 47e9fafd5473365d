"""Methods of registration: with personal data, or numbers only."""

from finsam.values.codes.rows import SUS_GUIDE, CodeList, verified
from finsam.values.sentences import gettext_noop

IDENTIFIED = "identified"
NUMBERS_ONLY = "numbers_only"

METHODS = CodeList(
    "method",
    gettext_noop("Deltagarregistrering"),
    (
        verified(IDENTIFIED, "Med personuppgifter/anonym", "With personal data/anonymous", SUS_GUIDE),
        verified(NUMBERS_ONLY, "Endast antal (volyminsats)", "Numbers only (volume intervention)", SUS_GUIDE),
    ),
)
