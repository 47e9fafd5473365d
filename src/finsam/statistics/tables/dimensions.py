"""What figures can be split by, and for which of them the parts add up to the whole."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from finsam.statistics.tables.background import LENGTHS, MOST, of_persons
from finsam.statistics.tables.joins import (
    AGES,
    END,
    START,
    Attach,
    age_group,
    at_once_in,
    made,
    need_group,
    of_association,
    of_intervention,
    of_municipality,
    party,
    stated,
    support,
    target_group,
)
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.stays import PER_PERSON
from finsam.statistics.tables.tables import Tables
from finsam.values.sentences import gettext_noop

Where = Mapping[str, Collection[int]]
EVERYTHING: Where = MappingProxyType({})


@dataclass(frozen=True)
class Dimension:
    """A column figures can be split by: all that is true of it, in one place.

    `words` is what it is called (Swedish, to be translated). `additive` names the units (persons, participations,
    interventions, heads) that have exactly one value in a period: for them the parts add up. For all others only
    max(parts) <= total <= sum(parts) holds. Its codes are those of `code_list`, or the `bands`, or a kind of `places`
    (municipality, county, region), or else the numbers of records; `within` are the dimensions that a code of it has
    one code in. `source` is the column of stays that the one value of a person is taken from, where a person has one
    value; `tables` are those of the snapshot it lies in besides the stays and interventions themselves.
    """

    name: str
    words: str
    attach: Attach
    additive: frozenset[str]
    code_list: str = ""  # the list that names its codes; empty where the numbers name themselves
    bands: Sequence[int] = ()  # the numbers of its bands, in order
    places: str = ""
    within: tuple[str, ...] = ()
    source: str = ""
    tables: tuple[str, ...] = ()
    after: str = ""  # the dimension with the same codes as they are when the stay has ended
    splits: bool = True  # whether a reader may split a figure by it
    part: int = 0  # its place among the dimensions of which a reader may choose a part; 0 for none
    tells_itself: bool = False  # whether the words of its codes tell what they are of
    is_sensitive: bool = False  # whether a code of it tells something personal of everybody in a small group
    changes: str = ""  # in the next "period", or the next "year", one stay can have another value; else it never has
    counts_stays: bool = False  # it tells how many stays a person has: of two such at once too much would follow
    is_lasting: bool = False  # whether a person has the same value in every period of a year, whatever the stays

    @property
    def is_of_person(self) -> bool:
        """Whether a person has one value of it in a period, so that parts add up to all persons."""
        return "persons" in self.additive

    @property
    def is_local(self) -> bool:
        """Whether a code of it is a place, or a record of somebody: its numbers then name themselves."""
        return bool(self.places) or not (self.code_list or self.bands)


def attach(
    rows: ir.Table, *, tables: Tables, periods: Periods, by: Sequence[str], where: Where = EVERYTHING
) -> ir.Table:
    """Add the columns of the dimensions to rows of stays or persons; a row with several values becomes several.

    Of the rows with several values only those stay that `where` asks for: under a filter a table shows the same cells
    as without it, only fewer of them.
    """
    for name in sorted({*by, *where}):
        rows = DIMENSIONS[name].attach(rows, tables, periods)
        if name in where:
            rows = rows.filter(rows[name].isin(sorted(where[name])) if where[name] else ibis.literal(value=False))
    return rows


def with_values_of_persons(rows: ir.Table, *, tables: Tables, periods: Periods, by: Collection[str]) -> ir.Table:
    """Give each stay the person's one value of the period instead of its own, where the dimensions ask for it.

    It is found among all the stays that make the person ongoing, also those a filter leaves out: so a person is in
    the same cell in every table of the period.
    """
    needed = sorted({DIMENSIONS[name].source for name in by} - {""})
    if not needed:
        return rows
    values = of_persons(tables=tables, periods=periods, values=needed)
    return rows.drop(*(set(needed) & set(rows.columns))).join(values, ["person", "period"])


def additive(by: Sequence[str], unit: str) -> frozenset[str]:
    """Name those of the dimensions whose parts add up for the unit."""
    return frozenset(name for name in by if unit in DIMENSIONS[name].additive)


def sensitive(by: Sequence[str]) -> frozenset[str]:
    """Name those of the dimensions whose codes tell something personal."""
    return frozenset(name for name in by if DIMENSIONS[name].is_sensitive)


def local(by: Sequence[str]) -> frozenset[str]:
    """Name those of the dimensions that divide the nation: places, and what somebody there runs."""
    return frozenset(name for name in by if DIMENSIONS[name].is_local)


def laid_out(by: Collection[str]) -> bool:
    """Tell whether the rows of persons by year hold all that these dimensions need."""
    return {DIMENSIONS[name].source for name in by} <= set(PER_PERSON)


_ONE = frozenset({"persons", "participations"})  # one value per person and period, and per stay
_STAY = frozenset({"participations"})
_OF_INTERVENTION = frozenset({"participations", "interventions", "heads"})
_NONE: frozenset[str] = frozenset()
_COVERED = ("coverage", "municipalities")
_LIVED = ("municipalities",)

OF_INTERVENTIONS: Sequence[Dimension] = (
    Dimension(
        "association",
        gettext_noop("Förbund"),
        of_intervention("association"),
        _OF_INTERVENTION,
        tables=("associations",),
        tells_itself=True,
    ),
    Dimension(
        "association_county",
        gettext_noop("Förbundets län"),
        of_association("association_county", "county"),
        _NONE,
        places="county",
        tables=_COVERED,
    ),
    Dimension(
        "association_region",
        gettext_noop("Förbundets region"),
        of_association("association_region", "region"),
        _NONE,
        places="region",
        tables=_COVERED,
        splits=False,
    ),
    Dimension(
        "intervention",
        gettext_noop("Insats"),
        stated("intervention"),
        _OF_INTERVENTION,
        within=("association", "direction", "kind", "method"),
    ),
    Dimension(
        "direction",
        gettext_noop("Preciserad inriktning"),
        of_intervention("direction"),
        _OF_INTERVENTION,
        "direction",
        within=("kind",),
        part=13,
    ),
    Dimension("kind", gettext_noop("Insatstyp"), of_intervention("kind"), _OF_INTERVENTION, "kind", part=14),
    Dimension("method", gettext_noop("Registreringssätt"), of_intervention("method"), _OF_INTERVENTION, "method"),
    Dimension(
        "target_group",
        gettext_noop("Insatsens målgrupp"),
        target_group,
        _NONE,
        "need_group",
        tables=("target_groups",),
        part=15,
    ),
    Dimension("party", gettext_noop("Utförande part"), party, _NONE, tables=("performers",)),
)
OF_PERSONS: Sequence[Dimension] = (
    Dimension(
        "sex",
        gettext_noop("Kön"),
        stated("sex"),
        _ONE | {"heads"},
        "sex",
        source="sex",
        part=1,
        tells_itself=True,
        is_lasting=True,
    ),
    Dimension(
        "age_group",
        gettext_noop("Ålder"),
        age_group,
        _ONE,
        bands=AGES,
        source="birth_year",
        part=2,
        tells_itself=True,
        changes="year",
        is_lasting=True,
    ),
    Dimension(
        "municipality",
        gettext_noop("Bostadskommun"),
        stated("municipality"),
        _ONE,
        places="municipality",
        within=("county", "region"),
        source="municipality",
        tables=_LIVED,
        part=17,
        tells_itself=True,
    ),
    Dimension(
        "county",
        gettext_noop("Bostadslän"),
        of_municipality("county"),
        _ONE,
        places="county",
        within=("region",),
        source="municipality",
        tables=_LIVED,
        part=16,
        tells_itself=True,
    ),
    Dimension(
        "region",
        gettext_noop("Bostadsregion"),
        of_municipality("region"),
        _ONE,
        places="region",
        source="municipality",
        tables=_LIVED,
        splits=False,
    ),
    Dimension(
        "education",
        gettext_noop("Utbildning"),
        stated("education"),
        _ONE,
        "education",
        source="education",
        part=3,
        is_sensitive=True,
    ),
    Dimension(
        "support_time",
        gettext_noop("Tid i försörjning före"),
        made("support_time"),
        _ONE,
        bands=range(1, len(LENGTHS) + 1),
        source="support_time",
        part=6,
        is_sensitive=True,
    ),
    Dimension(
        "stay_number",
        gettext_noop("Vilken gång i ordningen"),
        made("stay_number"),
        _ONE,
        bands=range(1, MOST + 1),
        source="stay_number",
        part=11,
        counts_stays=True,
    ),
    Dimension(
        "at_once",
        gettext_noop("Insatser samtidigt"),
        at_once_in,
        _ONE,
        bands=range(1, MOST + 1),
        part=12,
        changes="period",
        counts_stays=True,
    ),
)
OF_STAYS: Sequence[Dimension] = (
    Dimension(
        "support",
        gettext_noop("Försörjning före"),
        support("support", START),
        _NONE,
        "support",
        tables=("supports",),
        after="support_after",
        part=4,
        is_sensitive=True,
    ),
    Dimension(
        "support_after",
        gettext_noop("Försörjning efter"),
        support("support_after", END),
        _NONE,
        "support",
        tables=("supports",),
        part=5,
        is_sensitive=True,
    ),
    Dimension(
        "need_group",
        gettext_noop("Behovsgrupp"),
        need_group,
        _NONE,
        "need_group",
        tables=("needs",),
        part=9,
        is_sensitive=True,
    ),
    Dimension(
        "occupation",
        gettext_noop("Sysselsättning före"),
        stated("occupation", "occupation_at_start"),
        _STAY,
        "occupation",
        after="occupation_after",
        part=7,
        is_sensitive=True,
    ),
    Dimension(
        "occupation_after",
        gettext_noop("Sysselsättning efter"),
        stated("occupation_after", "occupation_at_end"),
        _STAY,
        "occupation",
        part=8,
        is_sensitive=True,
    ),
    Dimension(
        "end_reason",
        gettext_noop("Avslutsanledning"),
        stated("end_reason"),
        _STAY,
        "end_reason",
        part=10,
        is_sensitive=True,
    ),
)
DIMENSIONS: Mapping[str, Dimension] = MappingProxyType(
    {dimension.name: dimension for dimension in (*OF_PERSONS, *OF_STAYS, *OF_INTERVENTIONS)}
)
