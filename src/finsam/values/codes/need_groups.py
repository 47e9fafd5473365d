"""Need groups (SUS: specifik målgrupp) of interventions and of persons' participations.

The mandate to give the groups priority is from 2016 (the third: 2017). The day SUS took each value into use is not
published, so the rows begin with the law.
"""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from finsam.values.codes.rows import REPORT_2020, CodeList, unverified, verified
from finsam.values.sentences import gettext_noop

LONG_TERM_SICK = "long_term_sick"
YOUNG_WITH_ACTIVITY_COMPENSATION = "young_with_activity_compensation"
YOUNG_WITH_DISABILITY = "young_with_disability"

# In the order of the sections of the annual report.
PRIORITISED = (YOUNG_WITH_ACTIVITY_COMPENSATION, LONG_TERM_SICK, YOUNG_WITH_DISABILITY)
# From which day the authorities are to give the group priority (the report of 2020, sections 1 and 3.2.4). Before it
# the group was nothing that anybody was asked for, and no change is computed from what happened to be registered.
GIVEN_PRIORITY: Mapping[str, date] = MappingProxyType(
    {
        YOUNG_WITH_ACTIVITY_COMPENSATION: date(2016, 1, 1),
        LONG_TERM_SICK: date(2016, 1, 1),
        YOUNG_WITH_DISABILITY: date(2017, 1, 1),
    }
)

SECTION = f"{REPORT_2020}, avsnitt 3.2"
NEED_GROUPS = CodeList(
    "need_group",
    gettext_noop("Behovsgrupp"),
    (
        verified(LONG_TERM_SICK, "Långtidssjukskrivna", "Long-term sick", SECTION),
        verified(
            YOUNG_WITH_ACTIVITY_COMPENSATION,
            "Unga med aktivitetsersättning",
            "Young people with activity compensation",
            SECTION,
        ),
        verified(
            YOUNG_WITH_DISABILITY,
            "Unga med funktionsnedsättning (utan aktivitetsersättning)",
            "Young people with a disability (without activity compensation)",
            SECTION,
        ),
        unverified("unemployed_long_term", "Långtidsarbetslösa", "Long-term unemployed"),
        unverified("social_assistance", "Personer med försörjningsstöd", "People with social assistance"),
        unverified("newly_arrived", "Nyanlända", "Newly arrived"),
        unverified("mental_ill_health", "Personer med psykisk ohälsa", "People with mental ill health"),
        unverified("none_specific", "Ingen särskild behovsgrupp", "No specific need group"),
    ),
)
