"""What figures can be split by, and for which of them the parts add up to the whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import ibis
import ibis.expr.types as ir

from finsam.statistics.periods import Periods
from finsam.statistics.stays import PER_PERSON, given, of_persons
from finsam.statistics.tables import Tables

NOT_STATED = 0  # stands for "nothing registered" in a code column of a figure
START, END = 1, 2  # supports.moment
AGES = (0, 20, 25, 30, 40, 50, 60)  # the youngest age of each group; age is what the person turns that year
PARTIES = 10_000  # the number of a party is its kind times this plus its county or municipality code

Attach = Callable[[ir.Table, Tables, Periods], ir.Table]


@dataclass(frozen=True)
class Dimension:
    """A column figures can be split by: where it comes from, and what has one value of it and no more.

    `additive` names the units (persons, participations, interventions, heads) that have exactly one value in a
    period: for them the parts add up. For all others only max(parts) <= total <= sum(parts) holds.
    """

    name: str
    attach: Attach
    additive: frozenset[str]
    code_list: str = ""  # the list that names its codes; empty where the numbers name themselves


def attach(rows: ir.Table, *, tables: Tables, periods: Periods, by: Sequence[str]) -> ir.Table:
    """Add the columns of the dimensions to rows of stays or persons; a row with several values becomes several."""
    for name in by:
        rows = DIMENSIONS[name].attach(rows, tables, periods)
    return rows


def with_values_of_persons(rows: ir.Table, *, tables: Tables, periods: Periods, by: Sequence[str]) -> ir.Table:
    """Give each stay the person's one value of the period instead of its own, where the dimensions ask for it."""
    needed = sorted({SOURCES.get(name, name) for name in by} & set(PER_PERSON))
    if not needed:
        return rows
    values = of_persons(tables=tables, periods=periods, values=needed)
    return rows.drop(*needed).join(values, ["person", "period"])


def additive(by: Sequence[str], unit: str) -> frozenset[str]:
    """Name those of the dimensions whose parts add up for the unit."""
    return frozenset(name for name in by if unit in DIMENSIONS[name].additive)


def _stated(name: str, column: str = "") -> Attach:
    return lambda rows, _tables, _periods: rows.mutate(**{name: rows[column or name].fill_null(NOT_STATED)})


def _age_group(rows: ir.Table, _tables: Tables, periods: Periods) -> ir.Table:
    age = periods.year_of(rows.period) - rows.birth_year
    groups = [(age.between(low, high - 1), low) for low, high in zip(AGES, (*AGES[1:], 200), strict=True)]
    return rows.mutate(age_group=ibis.cases(*groups, else_=AGES[0]).cast("int16"))


def _county(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
    return _joined(
        rows, tables.municipalities.mutate(county=ibis._.county_code.cast("int16")), "municipality", "county"
    )


def _of_intervention(column: str) -> Attach:
    return lambda rows, tables, _periods: _joined(rows, tables.interventions, "intervention", column)


def _support(column: str, moment: int) -> Attach:
    def attach(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
        supports = given(tables.supports)
        then = supports.filter(supports.moment == moment).mutate(**{column: supports.support})
        return _several(rows, then, "participation", column)

    return attach


def _need_group(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
    return _several(rows, given(tables.needs), "participation", "need_group")


def _target_group(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
    return _several(rows, tables.target_groups.mutate(target_group=ibis._.need_group), "intervention", "target_group")


def _party(rows: ir.Table, tables: Tables, _periods: Periods) -> ir.Table:
    code = tables.performers.party_code.nullif("").cast("int32").fill_null(0)
    parties = tables.performers.mutate(party=tables.performers.party_kind.cast("int32") * PARTIES + code)
    return _several(rows, parties, "intervention", "party")


def _joined(rows: ir.Table, facts: ir.Table, key: str, column: str) -> ir.Table:
    return rows if column in rows.columns else rows.join(facts.select(key, column), key)


def _several(rows: ir.Table, facts: ir.Table, key: str, column: str) -> ir.Table:
    """Give a row for each of the values, and one with NOT_STATED where there is none."""
    joined = rows.left_join(facts.select(key, column).distinct(), key)
    return joined.mutate(**{column: joined[column].fill_null(NOT_STATED)}).select(*rows.columns, column)


_ONE = frozenset({"persons", "participations"})  # one value per person and period, and per stay
_STAY = frozenset({"participations"})
_OF_INTERVENTION = frozenset({"participations", "interventions", "heads"})
_NONE: frozenset[str] = frozenset()

# Where a dimension is made from a column that has one value per person.
SOURCES: Mapping[str, str] = MappingProxyType({"age_group": "birth_year", "county": "municipality"})
OF_PERSONS = frozenset({"sex", "education", "municipality", "age_group", "county"})
DIMENSIONS: Mapping[str, Dimension] = MappingProxyType(
    {
        dimension.name: dimension
        for dimension in (
            Dimension("sex", _stated("sex"), _ONE | {"heads"}, "sex"),
            Dimension("age_group", _age_group, _ONE),
            Dimension("municipality", _stated("municipality"), _ONE),
            Dimension("county", _county, _ONE),
            Dimension("education", _stated("education"), _ONE, "education"),
            Dimension("association", _of_intervention("association"), _OF_INTERVENTION),
            Dimension("intervention", _stated("intervention"), _OF_INTERVENTION),
            Dimension("direction", _of_intervention("direction"), _OF_INTERVENTION, "direction"),
            Dimension("kind", _of_intervention("kind"), _OF_INTERVENTION, "kind"),
            Dimension("method", _of_intervention("method"), _OF_INTERVENTION, "method"),
            Dimension("target_group", _target_group, _NONE, "need_group"),
            Dimension("party", _party, _NONE),
            Dimension("support", _support("support", START), _NONE, "support"),
            Dimension("support_after", _support("support_after", END), _NONE, "support"),
            Dimension("need_group", _need_group, _NONE, "need_group"),
            Dimension("occupation", _stated("occupation", "occupation_at_start"), _STAY, "occupation"),
            Dimension("occupation_after", _stated("occupation_after", "occupation_at_end"), _STAY, "occupation"),
            Dimension("end_reason", _stated("end_reason"), _STAY, "end_reason"),
        )
    }
)
