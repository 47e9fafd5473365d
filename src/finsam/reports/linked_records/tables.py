"""The tables of the report on linked records, each said once: what it is, what it counts, what it tells of others."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from finsam.reports.linked_records.counts import SPLITS
from finsam.reports.national_annual.tables import SUPPORTED, with_support
from finsam.reports.table import Collection, Table, Unread, Words

DESCRIBED: Final = Unread("told by another agency, of which no figure counts anything")


def _split(name: str, caption: Words, counts: Words) -> Table:
    dimensions = ("year", "support", SPLITS[name].dimension, "sex")
    return Table(name, caption, dimensions, ("persons",), counts, (*SUPPORTED, "linkage"), DESCRIBED)


TABLES: Final = Collection(
    (
        Table(
            "participants",
            _("Nya deltagare efter försörjning och kön"),
            ("year", "flow", "support", "sex"),
            ("persons",),
            _("Personer som hade försörjningen när en individinriktad insats började under året, var och en en gång."),
            SUPPORTED,
            Unread("the same cells as in the national annual report, which tells them; not read here yet"),
            with_support,
        ),
        Table(
            "linked",
            _("Funna och inte funna i den andra myndighetens uppgifter"),
            ("year", "support", "sex"),
            ("found", "missing"),
            _("De personer som började, efter om den andra myndigheten har lämnat ut något om dem."),
            (*SUPPORTED, "linkage"),
            DESCRIBED,
        ),
        _split(
            "linked_ages",
            _("Funna efter ålder vid start"),
            _("De som finns hos den andra myndigheten, efter åldern den har angett vid starten."),
        ),
        _split(
            "linked_days",
            _("Funna efter tid med ersättning före start"),
            _("De som finns hos den andra myndigheten, efter dagarna med ersättning före starten."),
        ),
        Table(
            "linked_means",
            _("Dagar med ersättning före start, i medeltal"),
            ("year", "support", "sex"),
            ("days",),
            _("Dagarna med ersättning i medeltal, avrundat till tiotal, av minst tjugo personer."),
            (*SUPPORTED, "linkage"),
            DESCRIBED,
            made_of=("linked",),
        ),
        _split(
            "linked_chapters",
            _("Funna efter diagnoskapitel (ICD-10-SE)"),
            _("De som finns hos den andra myndigheten, efter diagnosens kapitel i ICD-10-SE."),
        ),
        Table(
            "linked_file",
            _("Rader i filen om personer som inte finns i ögonblicksbilden"),
            ("year",),
            ("not_ours",),
            _("Rader i den andra myndighetens fil som inte handlar om någon i ögonblicksbilden."),
            ("linkage",),
            DESCRIBED,
        ),
    ),
    columns={
        "year": _("År"),
        "flow": _("Flöde"),
        "support": _("Försörjning"),
        "sex": _("Kön"),
        "age": _("Ålder vid start"),
        "days": _("Dagar med ersättning"),
        "chapter": _("Diagnoskapitel"),
        "persons": _("Personer"),
        "found": _("Finns där"),
        "missing": _("Finns inte där"),
        "not_ours": _("Rader om andra"),
    },
    unseen={},
)
