"""Where a figure comes from: what it counts, the tables of the snapshot it is counted in, and who is behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from finsam.disclosure.cells import TOTAL, Cell, Key, Rule
from finsam.editions.stored.content import Content
from finsam.publications.blocks import Tidy
from finsam.values.keys import Code, written

Words = str | Promise


@dataclass(frozen=True)
class Origin:
    """What a table counts, and the tables of the snapshot that it is counted in."""

    counts: Words
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Behind:
    """Which participations a figure is made of: any of the supports (none: any at all), one sex ('': both).

    Those of one association, or ('') of all. Those of one need group, of ('') none, or (None) of any.
    """

    year: int
    flow: str
    supports: frozenset[str]
    sex: str
    as_of: date
    association: str = ""
    need_group: str | None = None


@dataclass(frozen=True)
class Provenance:
    """A row of a table: its place in words, its figures, what it counts, and where."""

    place: tuple[tuple[str, str], ...]  # dimension and code, in words
    figures: tuple[tuple[str, Cell], ...]
    caption: str
    counts: Words
    terms: tuple[tuple[str, Words], ...]  # words in the row, and what they mean
    tables: tuple[Words, ...]
    behind: Behind | None
    rule: Rule  # what is hidden


ANNUAL: Final[Mapping[str, Origin]] = {
    "participants": Origin(
        _(
            "Personer i individinriktade insatser som är registrerade med personuppgifter och hade försörjningen "
            "när insatsen började. Var och en räknas en gång i varje cell."
        ),
        ("participations", "supports", "persons", "interventions"),
    ),
    "shares": Origin(
        _("Kvinnor och män i procent av alla i samma rad. Basen är antalet som andelen är av."),
        ("participations", "supports", "persons", "interventions"),
    ),
    "totals": Origin(
        _("Alla deltagare, efter hur de är registrerade. Personer räknas en gång, anonyma som de är rapporterade."),
        ("participations", "persons", "head_counts", "interventions"),
    ),
    "need_groups": Origin(
        _(
            "Personer i individinriktade insatser med personuppgifter, efter behovsgruppen som är registrerad för "
            "deltagandet. Var och en räknas en gång i varje grupp."
        ),
        ("participations", "needs", "persons", "interventions"),
    ),
    "interventions": Origin(
        _("Insatser vars tid går in i året, och deras förbund. En insats kan ha flera behovsgrupper."),
        ("interventions", "target_groups", "associations"),
    ),
    "recipients": Origin(
        _("Pågående deltagare med försörjningen i procent av alla som hade den, enligt rapportens källa."),
        ("participations", "supports", "persons", "interventions"),
    ),
}
ENDED: Final = ("participations", "interventions")
ENDED_SUPPORTS: Final = ("participations", "supports", "interventions")
RESULTS: Final[Mapping[str, Origin]] = {
    "totals": ANNUAL["totals"],
    "outcomes_participations": Origin(
        _("Deltaganden vars sista dag låg i året, och vilka av dem som ledde till arbete eller studier."), ENDED
    ),
    "outcomes_persons": Origin(
        _("Personer vars sista dag i minst en insats låg i året. Var och en räknas en gång i varje cell."),
        (*ENDED, "persons"),
    ),
    "outcome_shares": Origin(_("Delar av de avslutade deltagandena i procent. Basen är alla som avslutades."), ENDED),
    "bands": Origin(
        _("Andelen i arbete eller studier om ingen, eller alla, av de anonyma deltagarna hade arbete eller studier."),
        (*ENDED, "persons", "head_counts"),
    ),
    "occupations": Origin(_("Avslutade deltaganden efter sysselsättning före och efter, i fyra klasser."), ENDED),
    "occupations_changed": Origin(_("Skillnaden mellan efter och före, i antal och i procent av före."), ENDED),
    "supports": Origin(
        _("Avslutade deltaganden efter försörjning före och efter. Den som har flera räknas i var och en."),
        ENDED_SUPPORTS,
    ),
    "supports_changed": Origin(_("Skillnaden mellan efter och före, i antal och i procent av före."), ENDED_SUPPORTS),
    "end_reasons": Origin(_("Avslutade deltaganden efter registrerad avslutsanledning."), ENDED),
    "months_in_intervention": Origin(
        _("Deltaganden som började under fem år, efter hur många månader de varade eller har varat."), ENDED
    ),
    "still_in_intervention": Origin(
        _("Andelen som är kvar efter så många månader, beräknad ur de visade klasserna (Kaplan–Meier)."), ENDED
    ),
    "months_in_support": Origin(
        _("Avslutade deltaganden efter registrerat antal månader i offentlig försörjning före insatsen."), ENDED
    ),
    "quartiles": Origin(_("Den första klass där andelen är nådd, beräknad ur de visade klasserna."), ENDED),
    "ages": Origin(_("Personer som avslutade, efter åldern de fyller under året."), (*ENDED, "persons")),
    "educations": Origin(_("Personer som avslutade, efter utbildning."), (*ENDED, "persons")),
    "repeats": Origin(_("Personer som avslutade, efter hur många deltaganden de har haft."), (*ENDED, "persons")),
    "at_once": Origin(
        _("Personer som avslutade, efter hur många insatser de var i på samma dag som mest."), (*ENDED, "persons")
    ),
    "counties": Origin(_("Avslutade deltaganden efter det län personen bor i."), ENDED),
    "counties_shares": Origin(_("Andelen i arbete eller studier av de avslutade deltagandena i länet."), ENDED),
    "associations": Origin(_("Avslutade deltaganden efter insatsens samordningsförbund."), (*ENDED, "associations")),
    "associations_shares": Origin(
        _("Andelen i arbete eller studier av förbundets avslutade deltaganden."), (*ENDED, "associations")
    ),
}
LINKED: Final[Mapping[str, Origin]] = {
    "participants": Origin(
        _("Personer som hade försörjningen när en individinriktad insats började under året, var och en en gång."),
        ("participations", "supports", "persons", "interventions"),
    ),
    "linked": Origin(
        _("De personer som började, efter om den andra myndigheten har lämnat ut något om dem."),
        ("participations", "supports", "persons", "interventions", "linkage"),
    ),
    **{
        name: Origin(counts, ("participations", "supports", "persons", "interventions", "linkage"))
        for name, counts in {
            "linked_ages": _("De som finns hos den andra myndigheten, efter åldern den har angett vid starten."),
            "linked_days": _("De som finns hos den andra myndigheten, efter dagarna med ersättning före starten."),
            "linked_means": _("Dagarna med ersättning i medeltal, avrundat till tiotal, av minst tjugo personer."),
            "linked_chapters": _("De som finns hos den andra myndigheten, efter diagnosens kapitel i ICD-10-SE."),
        }.items()
    },
    "linked_file": Origin(
        _("Rader i den andra myndighetens fil som inte handlar om någon i ögonblicksbilden."), ("linkage",)
    ),
}
ORIGINS: Final[Mapping[str, Mapping[str, Origin]]] = {
    "national-annual": ANNUAL,
    "national-results": RESULTS,
    "linked": LINKED,
}
CHANGED: Final = Origin(_("Celler som en tidigare utgåva visar på ett annat sätt, före och nu."), ())
TERMS: Final[Mapping[tuple[str, Code], Words]] = {  # dimension and code; or a column of figures
    ("flow", "ongoing"): _("Började senast 31 december och slutade tidigast 1 januari, eller pågår."),
    ("flow", "new"): _("Började under året."),
    ("support", "sickness_benefit"): _("Sjukpenning eller rehabiliteringspenning."),
    ("sex", "women"): _("Ett värde per person och år, läst ur identitetsnumret."),
    ("sex", "men"): _("Ett värde per person och år, läst ur identitetsnumret."),
    ("figure", "anonymous"): _("Räknas till antal och kön utan personuppgifter, under det år de rapporteras för."),
    ("figure", "volume"): _("En insats där bara antalet deltagare rapporteras."),
}
TABLES: Final[Mapping[str, Words]] = {
    "participations": _("deltaganden"),
    "supports": _("försörjning före och efter"),
    "persons": _("personer (pseudonymer)"),
    "interventions": _("insatser"),
    "target_groups": _("insatsernas målgrupper"),
    "head_counts": _("antal utan personuppgifter"),
    "associations": _("samordningsförbund"),
    "linkage": _("samkörningen med den andra myndigheten"),
    "needs": _("personernas behovsgrupper"),
    "performers": _("vem som utför insatserna"),
    "plans": _("planerade antal"),
    "municipalities": _("kommuner"),
    "coverage": _("förbundens kommuner"),
}


def provenance(content: Content, table: str, key: Key) -> Provenance | None:
    """Say where a row of an edition's table comes from; None when there is no such row."""
    tidy = next((one for one in content.publication.tables if one.table.name == table), None)
    if tidy is None or key not in tidy.table.cells:
        return None
    origin = ORIGINS.get(content.inputs.report, {}).get(table, CHANGED)
    return Provenance(
        tuple(zip(map(tidy.column, tidy.table.dimensions), tidy.row(key), strict=True)),
        tuple(zip(map(tidy.column, tidy.table.figures), tidy.table.cells[key], strict=True)),
        tidy.caption,
        origin.counts,
        tuple(_terms(tidy, key)),
        tuple(TABLES[name] for name in origin.tables),
        _behind(content, table, dict(zip(tidy.table.dimensions, key, strict=True))),
        content.inputs.rule,
    )


def _terms(tidy: Tidy, key: Key) -> Iterator[tuple[str, Words]]:
    for one in zip(tidy.table.dimensions, key, strict=True):
        if one in TERMS:
            yield tidy.of(*one), TERMS[one]


def _behind(content: Content, table: str, codes: Mapping[str, Code]) -> Behind | None:
    """Give the participations of a figure that is made of them."""
    from finsam.statistics.figures.codes_of_dimensions import UNKNOWN  # loads what counts, which most pages do without
    from finsam.statistics.figures.participation import SUPPORT_GROUPS

    need_group = None
    if table in ("participants", "shares", "recipients"):
        supports = frozenset(SUPPORT_GROUPS[written(codes["support"])])
    elif table == "totals" and codes["figure"] == "identified":
        supports = frozenset()
    elif table == "need_groups":
        supports = frozenset()
        need_group = "" if codes["need_group"] is UNKNOWN else written(codes["need_group"])
    else:
        return None
    sex = codes.get("sex", TOTAL)
    return Behind(
        int(written(codes["year"])),
        written(codes.get("flow", "ongoing")),
        supports,
        "" if sex == TOTAL else written(sex),
        content.inputs.as_of,
        need_group=need_group,
    )
