"""Occupations (sysselsättning) directly before and after, on the level the standard reports used."""

from finsam.values.codes.rows import SUS_GUIDE, CodeList, verified
from finsam.values.sentences import gettext_noop

STANDARD_REPORT = f"{SUS_GUIDE}, standardrapporter"
OCCUPATIONS = CodeList(
    "occupation",
    gettext_noop("Sysselsättning"),
    (
        verified("work", "Förvärvsarbete", "Work", STANDARD_REPORT),
        verified("studies", "Studier", "Studies", STANDARD_REPORT),
        verified("job_seeking", "Aktivt arbetssökande", "Actively seeking work", STANDARD_REPORT),
        verified("other", "Övrigt", "Other", STANDARD_REPORT),
    ),
)
