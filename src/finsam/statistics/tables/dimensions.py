"""What figures can be split by, and for which of them the parts add up to the whole."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from finsam.statistics.tables.background import at_once, of_persons, with_column
from finsam.statistics.tables.periods import Periods, spread
from finsam.statistics.tables.stays import NOT_STATED, PER_PERSON, given
from finsam.statistics.tables.tables import Tables

START, END = 1, 2  # supports.moment
AGES = (1, 20, 25, 30, 40, 50, 60)  # the youngest age of each group, not 0; age is what the person turns that year
PARTIES = 10_000  # the number of a party is its kind times this plus its county or municipality code
GOTLAND, GOTLAND_COUNTY = 980, 9  # a municipality that does itself what regions do elsewhere (lagen 2003:1210)

Attach = Callable[[ir.Table, Tables, Periods], ir.Table]
Where = Mapping[str, Collection[int]]
EVERYTHING: Where = MappingProxyType({})


@dataclass(frozen=True)
class Dimension:
    """A column figures can be split by: where it comes from, and what has one value of it and no more.

    `additive` names the units (persons, participations, interventions, heads) that have exactly one value in a
    period: for them the parts add up. For all others only max(parts) <= total <= sum(parts) holds. `source` is the
    column of stays that the one value of a person is taken from, where a person has one value.
    """

    name: str
    attach: Attach
    additive: frozenset[str]
    code_list: str = ""  # the list that names its codes; empty where the numbers name themselves
    source: str = ""


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
    code = tables.performers.party_code.try_cast("int32").fill_null(0)  # agencies have letters, or nothing
    parties = tables.performers.mutate(party=tables.performers.party_kind.cast("int32") * PARTIES + code)
    return _several(rows, parties, ("intervention",), "party")


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

OF_INTERVENTIONS: Sequence[Dimension] = (
    Dimension("association", _of_intervention("association"), _OF_INTERVENTION),
    Dimension("association_county", _of_association("association_county", "county"), _NONE),
    Dimension("association_region", _of_association("association_region", "region"), _NONE),
    Dimension("intervention", _stated("intervention"), _OF_INTERVENTION),
    Dimension("direction", _of_intervention("direction"), _OF_INTERVENTION, "direction"),
    Dimension("kind", _of_intervention("kind"), _OF_INTERVENTION, "kind"),
    Dimension("method", _of_intervention("method"), _OF_INTERVENTION, "method"),
    Dimension("target_group", _target_group, _NONE, "need_group"),
    Dimension("party", _party, _NONE),
)
OF_PERSONS: Sequence[Dimension] = (
    Dimension("sex", _stated("sex"), _ONE | {"heads"}, "sex", source="sex"),
    Dimension("age_group", _age_group, _ONE, source="birth_year"),
    Dimension("municipality", _stated("municipality"), _ONE, source="municipality"),
    Dimension("county", _of_municipality("county"), _ONE, source="municipality"),
    Dimension("region", _of_municipality("region"), _ONE, source="municipality"),
    Dimension("education", _stated("education"), _ONE, "education", source="education"),
    Dimension("support_time", _made("support_time"), _ONE, source="support_time"),
    Dimension("stay_number", _made("stay_number"), _ONE, source="stay_number"),
    Dimension("at_once", _at_once, _ONE),
)
OF_STAYS: Sequence[Dimension] = (
    Dimension("support", _support("support", START), _NONE, "support"),
    Dimension("support_after", _support("support_after", END), _NONE, "support"),
    Dimension("need_group", _need_group, _NONE, "need_group"),
    Dimension("occupation", _stated("occupation", "occupation_at_start"), _STAY, "occupation"),
    Dimension("occupation_after", _stated("occupation_after", "occupation_at_end"), _STAY, "occupation"),
    Dimension("end_reason", _stated("end_reason"), _STAY, "end_reason"),
)
DIMENSIONS: Mapping[str, Dimension] = MappingProxyType(
    {dimension.name: dimension for dimension in (*OF_PERSONS, *OF_STAYS, *OF_INTERVENTIONS)}
)
