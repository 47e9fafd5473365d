"""How rows of stays or persons get the column of a dimension: their own value, or that of what they belong to."""

from collections.abc import Callable, Sequence

import ibis
import ibis.expr.types as ir

from finsam.statistics.tables.background import at_once, with_column
from finsam.statistics.tables.periods import Periods, spread
from finsam.statistics.tables.stays import NOT_STATED, given
from finsam.statistics.tables.tables import Tables

START, END = 1, 2  # supports.moment
AGES = (1, 20, 25, 30, 40, 50, 60)  # the youngest age of each group, not 0; age is what the person turns that year
GOTLAND, GOTLAND_COUNTY = 980, 9  # a municipality that does itself what regions do elsewhere (lagen 2003:1210)

Attach = Callable[[ir.Table, Tables, Periods], ir.Table]


def with_places(tables: Tables) -> ir.Table:
    """Give the municipalities with their county and region by number; the region of Gotland is its municipality."""
    county = tables.municipalities.county_code.cast("int16")
    region = ibis.cases((county == GOTLAND_COUNTY, GOTLAND), else_=county).cast("int16")
    return tables.municipalities.mutate(county=county, region=region)


def stated(name: str, column: str = "") -> Attach:
    """Take what is stated in a column of the rows themselves."""
    return lambda rows, _tables, _periods: rows.mutate(**{name: rows[column or name].fill_null(NOT_STATED)})


def made(column: str) -> Attach:
    """Take what is worked out of the person's background."""
    return lambda rows, tables, _periods: with_column(rows, tables, column)


def age_group(rows: ir.Table, _tables: Tables, periods: Periods) -> ir.Table:
    """Add the group of the age that the person turns in the year."""
    age = periods.year_of(rows.period) - rows.birth_year.nullif(NOT_STATED)
    groups = [(age >= low, low) for low in reversed(AGES[1:])]
    return rows.mutate(age_group=ibis.cases((age.isnull(), NOT_STATED), *groups, else_=AGES[0]).cast("int16"))


def of_municipality(column: str) -> Attach:
    """Take the county or region of the municipality."""
    return lambda rows, tables, _periods: _joined(rows, with_places(tables), "municipality", column)


def of_intervention(column: str) -> Attach:
    """Take what is true of the intervention."""
    return lambda rows, tables, _periods: _joined(rows, tables.interventions, "intervention", column)


def of_association(name: str, column: str) -> Attach:
    """Give the counties or regions of the municipalities an association covers on any day of the period."""

    def attach(rows: ir.Table, tables: Tables, periods: Periods) -> ir.Table:
        rows = _joined(rows, tables.interventions, "intervention", "association")
        facts = tables.coverage.join(with_places(tables), "municipality").mutate(**{name: ibis._[column]})
        first, last = periods.holding(facts.first_day), periods.last_of(facts.ends_before)
        return _several(rows, spread(facts, periods, first=first, last=last), ("association", "period"), name)

    return attach


def support(column: str, moment: int) -> Attach:
    """Take the supports of the stay at its start or end."""

    def attach(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
        supports = given(tables.supports)
        then = supports.filter(supports.moment == moment).mutate(**{column: supports.support})
        return _several(rows, then, ("participation",), column)

    return attach


def need_group(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
    """Add the need groups of the stay."""
    return _several(rows, given(tables.needs), ("participation",), "need_group")


def target_group(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
    """Add the target groups of the intervention."""
    return _several(
        rows, tables.target_groups.mutate(target_group=ibis._.need_group), ("intervention",), "target_group"
    )


def party(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
    """Add the parties that perform the intervention."""
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


def at_once_in(rows: ir.Table, tables: Tables, periods: Periods) -> ir.Table:
    """Add how many interventions the person is in at once."""
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
