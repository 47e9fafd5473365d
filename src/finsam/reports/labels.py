"""Words for figures, dimensions and columns, and for the codes of a snapshot: its lists, places, records and bands."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from finsam.publications.wording import ages, language
from finsam.publications.wording import label as first_label
from finsam.statistics.figures.codes_of_dimensions import Fetch, fetched, read_party
from finsam.statistics.figures.columns import HEADINGS
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.background import LENGTHS, MOST
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.statistics.tables.tables import Tables
from finsam.values.codes import LISTS
from finsam.values.keys import Code, Sum
from finsam.values.municipalities import counties, municipalities


@dataclass(frozen=True)
class Words:
    """The words of a snapshot, in the language that is spoken."""

    tables: Tables
    fetch: Fetch = fetched

    def of(self, dimension: str, code: Code) -> str:
        """What a code of a dimension is called."""
        if isinstance(code, Sum):
            return sums()[code]
        if code_list := DIMENSIONS[dimension].code_list:
            return self._listed(code_list, code)
        return self._numbered(dimension, code)

    def _listed(self, code_list: str, code: str) -> str:
        """The snapshot's own words, else those of the first edition of the list."""
        first = first_label(code_list, code) if code_list in LISTS else code
        label = self.tables.labels.get(code_list, {}).get(code, {}).get(language()) or first
        return label[:1].upper() + label[1:]

    def _numbered(self, dimension: str, code: str) -> str:
        match dimension:
            case "association":
                return self._associations.get(code, code)
            case "intervention":
                return self._interventions.get(code, code)
            case "party":
                return self._party(*read_party(code))
        return banded(dimension, int(code)) if DIMENSIONS[dimension].bands else _place(code)

    @cached_property
    def _associations(self) -> Mapping[str, str]:
        return {row["number"]: row["name"] for row in self._rows("associations")}

    @cached_property
    def _interventions(self) -> Mapping[str, str]:
        return {str(row["intervention"]): row["name"] for row in self._rows("interventions")}

    def _rows(self, table: str) -> list[dict[str, Any]]:
        return self.fetch(getattr(self.tables, table))

    def _party(self, kind: str, code: str) -> str:
        label = self.tables.labels.get("party_kind", {}).get(kind, {}).get(language(), kind)
        return _place(code) if code else label


def figure_words(name: str) -> str:
    """What a figure is called that readers may ask for."""
    return _(FIGURES[name].words)


def dimension_words(name: str) -> str:
    """What a dimension is called; the period is none, but stands among them."""
    return _("Period") if name == "period" else _(DIMENSIONS[name].words)


def column_words(name: str) -> str:
    """What a column of a figure is called."""
    return _(HEADINGS[name])


def unit_words(unit: str) -> str:
    """What is counted, in several."""
    return {
        "persons": _("personer"),
        "participations": _("deltaganden"),
        "heads": _("deltagare"),
        "interventions": _("insatser"),
        "associations": _("förbund"),
    }[unit]


def sums() -> dict[Code, str]:
    """What is no code is called."""
    return {
        Sum.TOTAL: _("Totalt"),
        Sum.PRIORITISED: _("Någon av de prioriterade behovsgrupperna"),
        Sum.NOT_STATED: _("Uppgift saknas"),
    }


def banded(dimension: str, band: int) -> str:
    """What a band of ages, lengths or numbers is called."""
    match dimension:
        case "age_group":
            return ages(band)
        case "support_time":
            return _length(band)
        case "stay_number":
            return {1: _("Första gången"), 2: _("Andra gången")}.get(band, _("Tredje gången eller senare"))
        case "at_once":
            return {1: _("En insats"), 2: _("Två insatser")}.get(band, _("Minst %(most)s insatser") % {"most": MOST})
    raise KeyError(dimension)


def _length(band: int) -> str:
    years = [months // 12 for months in LENGTHS]
    if band == 1:
        return _("Under ett år")
    if band == len(years):
        return _("%(years)s år eller längre") % {"years": years[-1]}
    return _("%(from)s till under %(to)s år") % {"from": years[band - 1], "to": years[band]}


def _place(code: str) -> str:
    """A county, or a municipality: as a party, or Gotland that does a region's work."""
    if code in counties():
        return counties()[code].name
    return municipalities()[code].name if code in municipalities() else code
