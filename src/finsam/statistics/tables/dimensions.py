"""What figures can be split by, and for which of them the parts add up to the whole."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from finsam.statistics.tables.background import LENGTHS, MOST, at_once, of_persons, with_column
from finsam.statistics.tables.periods import Periods, spread
from finsam.statistics.tables.stays import NOT_STATED, PER_PERSON, given
from finsam.statistics.tables.tables import Tables
from finsam.values.sentences import gettext_noop

START, END = 1, 2  # supports.moment
AGES = (1, 20, 25, 30, 40, 50, 60)  # the youngest age of each group, not 0; age is what the person turns that year
GOTLAND, GOTLAND_COUNTY = 980, 9  # a municipality that does itself what regions do elsewhere (lagen 2003:1210)

Attach = Callable[[ir.Table, Tables, Periods], ir.Table]
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

    @property
    def is_of_person(self) -> bool:
        """Whether a person has one value of it in a period, so that parts add up to all persons."""
        return "persons" in self.additive


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


def laid_out(by: Collection[str]) -> bool:
    """Tell whether the rows of persons by year hold all that these dimensions need."""
    return {DIMENSIONS[name].source for name in by} <= set(PER_PERSON)


def with_places(tables: Tables) -> ir.Table:
    """Give the municipalities with their county and region by number; the region of Gotland is its municipality."""
    county = tables.municipalities.county_code.cast("int16")
    region = ibis.cases((county == GOTLAND_COUNTY, GOTLAND), else_=county).cast("int16")
    return tables.municipalities.mutate(county=county, region=region)


def _stated(name: str, column: str = "") -> Attach:
    return lambda rows, _tables, _periods: rows.mutate(**{name: rows[column or name].fill_null(NOT_STATED)})


def _made(column: str) -> Attach:
    return lambda rows, tables, _periods: with_column(rows, tables, column)


def _age_group(rows: ir.Table, _tables: Tables, periods: Periods) -> ir.Table:
    age = periods.year_of(rows.period) - rows.birth_year.nullif(NOT_STATED)
    groups = [(age >= low, low) for low in reversed(AGES[1:])]
    return rows.mutate(age_group=ibis.cases((age.isnull(), NOT_STATED), *groups, else_=AGES[0]).cast("int16"))


def _of_municipality(column: str) -> Attach:
    return lambda rows, tables, _periods: _joined(rows, with_places(tables), "municipality", column)


def _of_intervention(column: str) -> Attach:
    return lambda rows, tables, _periods: _joined(rows, tables.interventions, "intervention", column)


def _of_association(name: str, column: str) -> Attach:
    """Give the counties or regions of the municipalities an association covers on any day of the period."""

    def attach(rows: ir.Table, tables: Tables, periods: Periods) -> ir.Table:
        rows = _joined(rows, tables.interventions, "intervention", "association")
        facts = tables.coverage.join(with_places(tables), "municipality").mutate(**{name: ibis._[column]})
        first, last = periods.holding(facts.first_day), periods.last_of(facts.ends_before)
        return _several(rows, spread(facts, periods, first=first, last=last), ("association", "period"), name)

    return attach


def _support(column: str, moment: int) -> Attach:
    def attach(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
        supports = given(tables.supports)
        then = supports.filter(supports.moment == moment).mutate(**{column: supports.support})
        return _several(rows, then, ("participation",), column)

    return attach


def _need_group(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
    return _several(rows, given(tables.needs), ("participation",), "need_group")


def _target_group(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
    return _several(
        rows, tables.target_groups.mutate(target_group=ibis._.need_group), ("intervention",), "target_group"
    )


def _party(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
    return _several(rows, with_parties(tables), ("intervention",), "party")


def with_parties(tables: Tables) -> ir.Table:
    """Give the performers with a number for each party there is, in the order of kind and code.

    A party is a pair: its kind, and its county's or municipality's code. Agencies have letters for a code, or nothing:
    they are their kind alone.
    """
    code = tables.performers.party_code
    coded = tables.performers.mutate(party_code=ibis.cases((code.try_cast("int32").notnull(), code), else_=""))
    pair = ("party_kind", "party_code")
    parties = coded.select(*pair).distinct()
    in_order = ibis.row_number().over(order_by=[parties[name] for name in pair])
    return coded.join(parties.mutate(party=(in_order + 1).cast("int32")), list(pair))


def _at_once(rows: ir.Table, tables: Tables, periods: Periods) -> ir.Table:
    return rows.join(at_once(tables=tables, periods=periods), ["person", "period"])


def _joined(rows: ir.Table, facts: ir.Table, key: str, column: str) -> ir.Table:
    """Add the one value that the key has, or NOT_STATED."""
    if column in rows.columns:
        return rows
    joined = rows.left_join(facts.select(key, column), key)
    return joined.mutate(**{column: joined[column].fill_null(NOT_STATED)}).select(*rows.columns, column)


def _several(rows: ir.Table, facts: ir.Table, keys: Sequence[str], column: str) -> ir.Table:
    """Give a row for each of the values, and one with NOT_STATED where there is none."""
    joined = rows.left_join(facts.select(*keys, column).distinct(), keys)
    return joined.mutate(**{column: joined[column].fill_null(NOT_STATED)}).select(*rows.columns, column)


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
        _of_intervention("association"),
        _OF_INTERVENTION,
        tables=("associations",),
        tells_itself=True,
    ),
    Dimension(
        "association_county",
        gettext_noop("Förbundets län"),
        _of_association("association_county", "county"),
        _NONE,
        places="county",
        tables=_COVERED,
    ),
    Dimension(
        "association_region",
        gettext_noop("Förbundets region"),
        _of_association("association_region", "region"),
        _NONE,
        places="region",
        tables=_COVERED,
        splits=False,
    ),
    Dimension(
        "intervention",
        gettext_noop("Insats"),
        _stated("intervention"),
        _OF_INTERVENTION,
        within=("association", "direction", "kind", "method"),
    ),
    Dimension(
        "direction",
        gettext_noop("Preciserad inriktning"),
        _of_intervention("direction"),
        _OF_INTERVENTION,
        "direction",
        within=("kind",),
        part=13,
    ),
    Dimension("kind", gettext_noop("Insatstyp"), _of_intervention("kind"), _OF_INTERVENTION, "kind", part=14),
    Dimension("method", gettext_noop("Registreringssätt"), _of_intervention("method"), _OF_INTERVENTION, "method"),
    Dimension(
        "target_group",
        gettext_noop("Insatsens målgrupp"),
        _target_group,
        _NONE,
        "need_group",
        tables=("target_groups",),
        part=15,
    ),
    Dimension("party", gettext_noop("Utförande part"), _party, _NONE, tables=("performers",)),
)
OF_PERSONS: Sequence[Dimension] = (
    Dimension(
        "sex",
        gettext_noop("Kön"),
        _stated("sex"),
        _ONE | {"heads"},
        "sex",
        source="sex",
        part=1,
        tells_itself=True,
    ),
    Dimension(
        "age_group",
        gettext_noop("Ålder"),
        _age_group,
        _ONE,
        bands=AGES,
        source="birth_year",
        part=2,
        tells_itself=True,
    ),
    Dimension(
        "municipality",
        gettext_noop("Bostadskommun"),
        _stated("municipality"),
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
        _of_municipality("county"),
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
        _of_municipality("region"),
        _ONE,
        places="region",
        source="municipality",
        tables=_LIVED,
        splits=False,
    ),
    Dimension(
        "education",
        gettext_noop("Utbildning"),
        _stated("education"),
        _ONE,
        "education",
        source="education",
        part=3,
        is_sensitive=True,
    ),
    Dimension(
        "support_time",
        gettext_noop("Tid i försörjning före"),
        _made("support_time"),
        _ONE,
        bands=range(1, len(LENGTHS) + 1),
        source="support_time",
        part=6,
        is_sensitive=True,
    ),
    Dimension(
        "stay_number",
        gettext_noop("Vilken gång i ordningen"),
        _made("stay_number"),
        _ONE,
        bands=range(1, MOST + 1),
        source="stay_number",
        part=11,
    ),
    Dimension("at_once", gettext_noop("Insatser samtidigt"), _at_once, _ONE, bands=range(1, MOST + 1), part=12),
)
OF_STAYS: Sequence[Dimension] = (
    Dimension(
        "support",
        gettext_noop("Försörjning före"),
        _support("support", START),
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
        _support("support_after", END),
        _NONE,
        "support",
        tables=("supports",),
        part=5,
        is_sensitive=True,
    ),
    Dimension(
        "need_group",
        gettext_noop("Behovsgrupp"),
        _need_group,
        _NONE,
        "need_group",
        tables=("needs",),
        part=9,
        is_sensitive=True,
    ),
    Dimension(
        "occupation",
        gettext_noop("Sysselsättning före"),
        _stated("occupation", "occupation_at_start"),
        _STAY,
        "occupation",
        after="occupation_after",
        part=7,
        is_sensitive=True,
    ),
    Dimension(
        "occupation_after",
        gettext_noop("Sysselsättning efter"),
        _stated("occupation_after", "occupation_at_end"),
        _STAY,
        "occupation",
        part=8,
        is_sensitive=True,
    ),
    Dimension(
        "end_reason",
        gettext_noop("Avslutsanledning"),
        _stated("end_reason"),
        _STAY,
        "end_reason",
        part=10,
        is_sensitive=True,
    ),
)
DIMENSIONS: Mapping[str, Dimension] = MappingProxyType(
    {dimension.name: dimension for dimension in (*OF_PERSONS, *OF_STAYS, *OF_INTERVENTIONS)}
)
