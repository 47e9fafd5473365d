"""What the columns, dimensions and codes of open tables are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _

from finsam.disclosure.cells import Protected
from finsam.reports.labels import Words, column_words, dimension_words, sums
from finsam.reports.open_tables.cubes import FLOWS, QUARTER, Cube
from finsam.reports.telling import YEAR
from finsam.snapshots import engines
from finsam.statistics.derived.lengths import MORE, STAY_ENDS, code
from finsam.statistics.relations.identity import ACTIVE_BAND, ACTIVITY, AGE_BAND, BANDS, NOT_ACTIVE, STAY_LENGTH
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import Code, Sum, written


@dataclass(frozen=True)
class Called:
    """The words of a snapshot, in the language that is spoken."""

    tables: Tables

    def columns(self, cube: Cube) -> Mapping[str, str]:
        """What the dimensions and columns of a cube are called."""
        return {name: dimension(name) for name in cube.dimensions} | {name: column(name) for name in cube.columns}

    def words(self, table: Protected) -> Mapping[str, Mapping[Code, str]]:
        """What the codes of each dimension are called, in order, the total last."""
        return {name: self._ordered(table, place) for place, name in enumerate(table.dimensions)}

    def _ordered(self, table: Protected, place: int) -> Mapping[Code, str]:
        name = table.dimensions[place]
        called = {code: self._of(name, code) for code in {key[place] for key in table.cells}}
        by_words = name in {"association", "intervention", "municipality"}
        listed = self.tables.codes.get(name.removesuffix("_after"), {})

        def rank(one: Code) -> tuple[int, int, str]:
            last = {Sum.NOT_STATED: 1, Sum.TOTAL: 2}.get(one, 0) if isinstance(one, Sum) else 0
            return last, listed.get(one, 0) if isinstance(one, str) else 0, called[one] if by_words else written(one)

        return {one: called[one] for one in sorted(called, key=rank)}

    def _of(self, name: str, one: Code) -> str:
        if isinstance(one, Sum):
            return sums()[one]
        if name in {YEAR, QUARTER}:
            return one
        own = _own().get(name)
        words = own[one] if own else self._snapshot.of(name, one)
        return f"{self._associations[one]}: {words}" if name == "intervention" else words

    @cached_property
    def _associations(self) -> Mapping[str, str]:
        """The name of the association of each intervention."""
        names = {row["association"]: row["name"] for row in engines.rows(self.tables.associations)}
        return {str(row["intervention"]): names[row["association"]] for row in engines.rows(self.tables.interventions)}

    @cached_property
    def _snapshot(self) -> Words:
        return Words(self.tables, engines.rows)


def dimension(name: str) -> str:
    """What a dimension is called."""
    own = {
        YEAR: _("År"),
        QUARTER: _("Kvartal"),
        AGE_BAND: _("Ålder"),
        ACTIVITY: _("Sysselsättning"),
        "occupation": _("Sysselsättning"),
        "support": _("Försörjning"),
        STAY_LENGTH: _("Hur länge det varade"),
    }
    return own.get(name) or dimension_words(name)


def column(name: str) -> str:
    """What a column is called."""
    flows = dict(zip(FLOWS, (_("Pågående"), _("Nya"), _("Avslutade")), strict=True))
    return flows.get(name) or column_words(name)


def _own() -> Mapping[str, Mapping[str, str]]:
    """The words of the codes that no list of a snapshot has."""
    youngest = sorted(map(int, set(BANDS.values())))
    ages = {str(low): _("%(from)s–%(to)s år") % {"from": low, "to": high - 1} for low, high in pairwise(youngest)}
    ages[str(youngest[0])] = _("Högst %(age)s år") % {"age": youngest[1] - 1}
    ages[str(youngest[-1])] = _("%(age)s år eller äldre") % {"age": youngest[-1]}
    first, *others = STAY_ENDS
    lengths = {code(first): _("Högst %(months)s månader") % {"months": first}}
    lengths |= {
        code(end): _("Mer än %(from)s, högst %(months)s månader") % {"from": before, "months": end}
        for before, end in zip(STAY_ENDS, others, strict=False)
    }
    lengths[MORE] = _("Mer än %(months)s månader") % {"months": STAY_ENDS[-1]}
    return {
        AGE_BAND: ages,
        STAY_LENGTH: lengths,
        ACTIVITY: {ACTIVE_BAND: _("Arbete eller studier"), NOT_ACTIVE: _("Varken arbete eller studier")},
    }
