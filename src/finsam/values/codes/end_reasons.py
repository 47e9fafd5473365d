"""Reasons why a participation ended; a wrong registration is one of them and counts nowhere."""

from finsam.values.codes.rows import SUS_GUIDE, CodeList, unverified, verified
from finsam.values.sentences import gettext_noop

MISREGISTRATION = "misregistration"

END_REASONS = CodeList(
    "end_reason",
    gettext_noop("Avslutsanledning"),
    (
        unverified("completed", "Fullföljd enligt plan", "Completed as planned"),
        unverified("illness", "Sjukdom", "Illness"),
        unverified("moved", "Flytt", "Moved"),
        unverified("parental_leave", "Föräldraledighet", "Parental leave"),
        unverified("own_choice", "Eget avbrott", "Own choice"),
        unverified("deceased", "Avliden", "Deceased"),
        unverified("other", "Annan anledning", "Other reason"),
        verified(MISREGISTRATION, "Felregistrering", "Wrong registration", SUS_GUIDE),
    ),
)
