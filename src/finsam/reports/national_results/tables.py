"""The tables of the report on results, each said once: what it is, what it counts, what it tells of others."""

from dataclasses import replace
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from finsam.reports.national_annual.tables import TOTALS
from finsam.reports.national_results import counts, lengths
from finsam.reports.national_results.derived import CHANGE, SHARE, STAYING
from finsam.reports.table import Collection, Counted, Table, Tells, Unread

ENDED: Final = ("participations", "interventions")
ENDED_SUPPORTS: Final = ("participations", "supports", "interventions")
DERIVED: Final = Unread("made of cells of the report's other tables alone")
OF_PARTICIPATIONS: Final = Tells((), lambda _codes, count: Counted("participations_work_or_study", count))
OF_PERSONS: Final = Tells((), lambda _codes, count: Counted("persons_work_or_study", count))
# What the table builder counts too, and is not held against these tables yet.
OUTCOMES: Final = Unread("figures of work or study after; not held against what readers ask yet")
FLOWS: Final = Unread("both sides of a stay at once; not held against what readers ask yet")
LENGTHS: Final = Unread("lengths in classes, which no reader asks for")
BACKGROUND: Final = Unread("persons who ended by background; not held against what readers ask yet")

SHOWN: Final = (
    replace(TOTALS, caption=_("Deltagare efter hur de är registrerade")),
    Table(
        "outcomes_participations",
        _("Avslutade deltaganden, och arbete eller studier efter"),
        ("year", "sex"),
        ("ended", "active", "began", "increased", "gained"),
        _("Deltaganden vars sista dag låg i året, och vilka av dem som ledde till arbete eller studier."),
        ENDED,
        OF_PARTICIPATIONS,
    ),
    Table(
        "outcomes_persons",
        _("Personer som avslutade, och arbete eller studier efter"),
        ("year", "sex"),
        counts.OF_PERSONS,
        _("Personer vars sista dag i minst en insats låg i året. Var och en räknas en gång i varje cell."),
        (*ENDED, "persons"),
        OF_PERSONS,
    ),
    Table(
        "outcome_shares",
        _("Andelar av de avslutade deltagandena"),
        ("year", "outcome", "sex"),
        SHARE,
        _("Delar av de avslutade deltagandena i procent. Basen är alla som avslutades."),
        ENDED,
        DERIVED,
    ),
    Table(
        "bands",
        _("Vad anonyma deltagare kan ändra i andelen"),
        ("year", "sex"),
        (*SHARE, "anonymous", "lowest", "highest"),
        _("Andelen i arbete eller studier om ingen, eller alla, av de anonyma deltagarna hade arbete eller studier."),
        (*ENDED, "persons", "head_counts"),
        DERIVED,
    ),
    Table(
        "occupations",
        _("Sysselsättning före och efter"),
        ("year", "occupation", "occupation_after", "sex"),
        ("participations",),
        _("Avslutade deltaganden efter sysselsättning före och efter, i fyra klasser."),
        ENDED,
        FLOWS,
    ),
    Table(
        "occupations_changed",
        _("Förändring i sysselsättning"),
        ("year", "occupation", "sex"),
        CHANGE,
        _("Skillnaden mellan efter och före, i antal och i procent av före."),
        ENDED,
        DERIVED,
    ),
    Table(
        "supports",
        _("Försörjning före och efter"),
        ("year", "support", "support_after", "sex"),
        ("participations",),
        _("Avslutade deltaganden efter försörjning före och efter. Den som har flera räknas i var och en."),
        ENDED_SUPPORTS,
        FLOWS,
    ),
    Table(
        "supports_changed",
        _("Förändring i försörjning"),
        ("year", "support", "sex"),
        CHANGE,
        _("Skillnaden mellan efter och före, i antal och i procent av före."),
        ENDED_SUPPORTS,
        DERIVED,
    ),
    Table(
        "end_reasons",
        _("Avslutsanledning"),
        ("year", "end_reason", "sex"),
        ("participations",),
        _("Avslutade deltaganden efter registrerad avslutsanledning."),
        ENDED,
        FLOWS,
    ),
    Table(
        lengths.STAYS,
        _("Deltaganden efter hur många månader de har varat"),
        ("year", "months", "sex"),
        lengths.LEFT,
        _("Deltaganden som började under fem år, efter hur många månader de varade eller har varat."),
        ENDED,
        LENGTHS,
    ),
    Table(
        STAYING,
        _("Andel som är kvar i insatsen efter antal månader"),
        ("year", "months", "sex"),
        ("percent",),
        _("Andelen som är kvar efter så många månader, beräknad ur de visade klasserna (Kaplan–Meier)."),
        ENDED,
        DERIVED,
    ),
    Table(
        lengths.SUPPORT,
        _("Avslutade deltaganden efter tid i offentlig försörjning före"),
        ("year", "months", "sex"),
        ("participations",),
        _("Avslutade deltaganden efter registrerat antal månader i offentlig försörjning före insatsen."),
        ENDED,
        LENGTHS,
    ),
    Table(
        "quartiles",
        _("Median och kvartiler för tiden i insats och i försörjning före"),
        ("year", "length", "quartile", "sex"),
        ("months",),
        _("Den första klass där andelen är nådd, beräknad ur de visade klasserna."),
        ENDED,
        DERIVED,
    ),
    Table(
        "ages",
        _("Personer som avslutade efter ålder"),
        ("year", "age_group", "sex"),
        ("persons",),
        _("Personer som avslutade, efter åldern de fyller under året."),
        (*ENDED, "persons"),
        BACKGROUND,
    ),
    Table(
        "educations",
        _("Personer som avslutade efter utbildning"),
        ("year", "education", "sex"),
        ("persons",),
        _("Personer som avslutade, efter utbildning."),
        (*ENDED, "persons"),
        BACKGROUND,
    ),
    Table(
        "repeats",
        _("Personer som avslutade efter vilken gång i ordningen"),
        ("year", "stay_number", "sex"),
        ("persons",),
        _("Personer som avslutade, efter hur många deltaganden de har haft."),
        (*ENDED, "persons"),
        BACKGROUND,
    ),
    Table(
        "at_once",
        _("Personer som avslutade efter antal insatser på en gång"),
        ("year", "at_once", "sex"),
        ("persons",),
        _("Personer som avslutade, efter hur många insatser de var i på samma dag som mest."),
        (*ENDED, "persons"),
        BACKGROUND,
    ),
    Table(
        "counties",
        _("Avslutade deltaganden efter län"),
        ("year", "county", "sex"),
        counts.PLACED,
        _("Avslutade deltaganden efter det län personen bor i."),
        ENDED,
        OUTCOMES,
    ),
    Table(
        "counties_shares",
        _("Andel som arbetar eller studerar efter, län"),
        ("year", "county", "sex"),
        SHARE,
        _("Andelen i arbete eller studier av de avslutade deltagandena i länet."),
        ENDED,
        DERIVED,
    ),
    Table(
        "associations",
        _("Avslutade deltaganden efter samordningsförbund"),
        ("year", "association"),
        counts.PLACED,
        _("Avslutade deltaganden efter insatsens samordningsförbund."),
        (*ENDED, "associations"),
        OUTCOMES,
    ),
    Table(
        "associations_shares",
        _("Andel som arbetar eller studerar efter, samordningsförbund"),
        ("year", "association"),
        SHARE,
        _("Andelen i arbete eller studier av förbundets avslutade deltaganden."),
        (*ENDED, "associations"),
        DERIVED,
    ),
)
TABLES: Final = Collection(
    SHOWN,
    columns={
        "year": _("År"),
        "sex": _("Kön"),
        "figure": _("Registrering"),
        "outcome": _("Resultat"),
        "support": _("Försörjning före"),
        "support_after": _("Försörjning efter"),
        "occupation": _("Sysselsättning före"),
        "occupation_after": _("Sysselsättning efter"),
        "end_reason": _("Avslutsanledning"),
        "months": _("Månader"),
        "length": _("Tid"),
        "quartile": _("Kvartil"),
        "county": _("Län"),
        "association": _("Förbund"),
        "age_group": _("Ålder"),
        "education": _("Utbildning"),
        "stay_number": _("Gång i ordningen"),
        "at_once": _("Insatser på en gång"),
        "persons": _("Personer"),
        "participations": _("Deltaganden"),
        "part": _("Antal"),
        "base": _("Bas"),
        "percent": _("Procent"),
        "anonymous": _("Anonyma deltagare"),
        "lowest": _("Lägsta andel"),
        "highest": _("Högsta andel"),
        "before": _("Före"),
        "after": _("Efter"),
        "difference": _("Förändring i antal"),
        "change": _("Förändring i procent"),
        "still_in": _("Pågår"),
        "more": _("Längre"),
    },
    unseen={
        **{f"{table.name}_rest": format_lazy(_("{table}: övriga"), table=table.caption) for table in SHOWN},
        "again": _("Deltaganden utöver ett för varje person som avslutade"),
        "going_on": _("Pågående deltagare som inte avslutade"),
        lengths.EARLIER: _("Avslutade deltaganden som började tidigare"),
    },
)
