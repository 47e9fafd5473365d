"""Sources of support (försörjning) before and after, and the groups of them that reports show."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from finsam.values.codes.rows import REPORT_2020, SUS_GUIDE, CodeList, unverified, verified
from finsam.values.sentences import gettext_noop

ESTABLISHMENT = date(2010, 12, 1)  # lagen (2010:197) om etableringsinsatser came into force

# Sjukpenning in the published tables is sjukpenning or rehabiliteringspenning (the report's note 25).
REPORTED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "sickness_benefit": frozenset({"sickness_cash_benefit", "rehabilitation_cash_benefit"}),
        "activity_compensation": frozenset({"activity_compensation"}),
    }
)

SUPPORTS = CodeList(
    "support",
    gettext_noop("Försörjning"),
    (
        verified("sickness_cash_benefit", "Sjukpenning", "Sickness cash benefit", REPORT_2020),
        verified("rehabilitation_cash_benefit", "Rehabiliteringspenning", "Rehabilitation cash benefit", REPORT_2020),
        unverified("sickness_compensation", "Sjukersättning", "Sickness compensation"),
        verified("activity_compensation", "Aktivitetsersättning", "Activity compensation", REPORT_2020),
        verified(
            "unemployment_benefit", "Arbetslöshetsersättning (a-kassa)", "Unemployment benefit (a-kassa)", REPORT_2020
        ),
        verified("activity_grant", "Aktivitetsstöd", "Activity grant", REPORT_2020),
        unverified("establishment_benefit", "Etableringsersättning", "Establishment benefit", since=ESTABLISHMENT),
        verified("social_assistance", "Försörjningsstöd", "Social assistance", REPORT_2020),
        unverified("student_aid", "Studiestöd", "Student aid"),
        unverified("other_support", "Annan offentlig försörjning", "Other public support"),
        verified("none", "Ingen offentlig försörjning", "No public support", SUS_GUIDE),
    ),
)
