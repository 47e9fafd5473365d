"""Where a figure comes from: what it counts, the tables of the snapshot it is counted in, and who is behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from finsam.disclosure.cells import TOTAL, Cell, Key, Rule
from finsam.editions.stored.content import Inputs
from finsam.publications.blocks import Tidy
from finsam.values.keys import Code, written

if TYPE_CHECKING:
    from finsam.reports.table import Table

Words = str | Promise


@dataclass(frozen=True)
class Behind:
    """Which participations a figure is made of: any of the supports (none: any at all), one sex ('': both).

    Those of one need group, of ('') none, or (None) of any.
    """

    year: int
    flow: str
    supports: frozenset[str]
    sex: str
    as_of: date
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


CHANGED: Final = _("Celler som en tidigare utgåva visar på ett annat sätt, före och nu.")
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


def provenance(inputs: Inputs, tidy: Tidy, key: Key) -> Provenance | None:
    """Say where a row of a table comes from; None when there is no such row."""
    if key not in tidy.table.cells:
        return None
    declared = _declared(inputs, tidy.table.name)
    return Provenance(
        tuple(zip(map(tidy.column, tidy.table.dimensions), tidy.row(key), strict=True)),
        tuple(zip(map(tidy.column, tidy.table.figures), tidy.table.cells[key], strict=True)),
        tidy.caption,
        declared.counts if declared else CHANGED,
        tuple(_terms(tidy, key)),
        tuple(TABLES[name] for name in (declared.origin if declared else ())),
        _behind(inputs, declared, dict(zip(tidy.table.dimensions, key, strict=True))),
        inputs.rule,
    )


def _declared(inputs: Inputs, name: str) -> "Table | None":
    """What the report says of a table; None of the one with changes, which is the edition's own."""
    from finsam.reports.registry import REPORTS  # loads what counts, which most pages do without

    report = REPORTS.get(inputs.report)
    return report.of(inputs.commission.question).tables.get(name) if report else None


def _terms(tidy: Tidy, key: Key) -> Iterator[tuple[str, Words]]:
    for one in zip(tidy.table.dimensions, key, strict=True):
        if one in TERMS:
            yield tidy.of(*one), TERMS[one]


def _behind(inputs: Inputs, table: "Table | None", codes: Mapping[str, Code]) -> Behind | None:
    """Give the participations of a figure that is made of them."""
    stays = table.behind(codes) if table else None
    if stays is None:
        return None
    sex = codes.get("sex", TOTAL)
    return Behind(
        int(written(codes["year"])),
        written(codes.get("flow", "ongoing")),
        stays.supports,
        "" if sex == TOTAL else written(sex),
        inputs.as_of,
        stays.need_group,
    )
