"""The exact counts of the national annual report and what anyone knows to hold between them."""

from collections.abc import Iterator, Sequence
from itertools import product

from finsam.disclosure.cells import TOTAL
from finsam.disclosure.protect import Counts, Key
from finsam.disclosure.relations import Address, Relation, adds_up, at_most
from finsam.reports.national_annual import need_counts as needs
from finsam.reports.release import Exact
from finsam.snapshots import engines
from finsam.statistics.figures import head_counts, participation
from finsam.statistics.figures.interventions import SUMS, by_need_group
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from finsam.values.codes.directions import DIRECTIONS
from finsam.values.keys import Code, Sum

SEXES = ("women", "men")
BY_SEX: Key = (*SEXES, TOTAL)
GROUPS = tuple(participation.SUPPORT_GROUPS)
HEADS = ("anonymous", "volume")
STRUCTURAL = "structural_heads"
KINDS = ("individual", "structural")
ADDITIVE = frozenset({"sex"})

Values = dict[Key, int | None]


def count(tables: Tables, years: Sequence[int]) -> Exact:
    """Count everything the report needs, in one pass over the persons and one over the interventions."""
    persons, totals = _people(tables, years)
    flows = needs.Flows(_identified(totals), needs.began(tables, years))
    tidy = (
        _participants(persons, flows),
        _totals(totals),
        _interventions(tables, years),
        *_never_shown(persons, totals, years),
        *needs.tables_of(tables, years, flows, persons),
    )
    held = (*_relations(years), *needs.relations(tables, years))
    believed = (*_believed(years), *needs.believed(tables, years))
    return Exact({table.name: table for table in tidy}, held, believed)


def _participants(persons: Values, flows: needs.Flows) -> Counts:
    dimensions = ("year", "flow", "support", "sex")
    sensitive, bases = frozenset({"support"}), flows.bases(persons)
    return Counts(
        "participants", dimensions, ("persons",), _rows(persons), additive=ADDITIVE, sensitive=sensitive, bases=bases
    )


def registered(tables: Tables, years: Sequence[int]) -> Counts:
    """Count all participants by how they are registered: the same cells in every report that shows them."""
    return _totals(_people(tables, years)[1])


def directions(tables: Tables) -> dict[str, tuple[str, ...]]:
    """Give the directions of each kind in this snapshot; one whose kind nobody has said may stand under both."""
    kinds = {code: facts["kind"] for code, facts in tables.directions.items() if facts["kind"]}
    kinds |= {row.code: row.parent for row in DIRECTIONS.rows}
    listed = tables.codes["direction"]
    ordered = sorted(listed, key=listed.__getitem__)
    return {kind: tuple(code for code in ordered if kinds.get(code, kind) == kind) for kind in KINDS}


def need_groups(tables: Tables) -> Key:
    """Give the need groups in this snapshot, then the two sums over them."""
    listed = tables.codes["need_group"]
    return (*sorted(listed, key=listed.__getitem__), Sum.PRIORITISED, TOTAL)


def _people(tables: Tables, years: Sequence[int]) -> tuple[Values, Values]:
    """Count persons with a support, and all participants by how they are registered."""
    persons, totals = _persons(tables, years), _heads(tables, years)
    for year, sex in product(map(str, years), BY_SEX):
        totals[year, "identified", sex] = persons.pop((year, "identified", sex))
        parts = [totals[year, figure, sex] for figure in ("identified", *HEADS)]
        totals[year, "participants", sex] = None if None in parts else sum(part or 0 for part in parts)
    return persons, totals


def _identified(totals: Values) -> Values:
    return {(year, sex): value for (year, figure, sex), value in totals.items() if figure == "identified"}


def _totals(totals: Values) -> Counts:
    return Counts("totals", ("year", "figure", "sex"), ("persons",), _rows(totals), additive=ADDITIVE)


def _persons(tables: Tables, years: Sequence[int]) -> Values:
    columns = {("identified",): "identified"} | {
        (flow, group): f"{group}_{flow}" for flow, group in product(participation.FLOWS, GROUPS)
    }
    empty = 0 if tables.have_persons else None
    values: Values = {(str(year), *column, sex): empty for year, column, sex in product(years, columns, BY_SEX)}
    if tables.have_persons:
        sexes = _codes(tables, "sex")
        periods = Periods.years(min(years), max(years))
        for row in engines.rows(participation.by_support_group(tables=tables, periods=periods)):
            for column, name in columns.items():
                _add(values, (str(row["period"]), *column), sexes[row["sex"]], row[name])
    return values


def _heads(tables: Tables, years: Sequence[int]) -> Values:
    values: Values = {(str(year), figure, sex): 0 for year, figure, sex in product(years, (*HEADS, STRUCTURAL), BY_SEX)}
    sexes = _codes(tables, "sex")
    periods = Periods.years(min(years), max(years))
    structural = tables.number("kind", "structural")
    for row in engines.rows(head_counts.heads(tables=tables, periods=periods, by=["sex", "kind"], kind=None)):
        for source in HEADS:
            figure = STRUCTURAL if row["kind"] == structural else source
            _add(values, (str(row["period"]), figure), sexes[row["sex"]], row[source])
    return values


def _add(values: Values, key: Key, sex: Code, persons: int) -> None:
    for column in (sex, TOTAL):
        values[*key, column] = (values[*key, column] or 0) + int(persons)


def _interventions(tables: Tables, years: Sequence[int]) -> Counts:
    groups, kinds, named = (_codes(tables, name) | SUMS for name in ("need_group", "kind", "direction"))
    under: dict[Code, Key] = {TOTAL: (TOTAL,)}
    under |= {kind: (*codes, TOTAL) for kind, codes in directions(tables).items()}
    cells: dict[Key, tuple[int | None, ...]] = {
        (str(year), group, kind, direction): (0, 0)
        for year, group in product(years, need_groups(tables))
        for kind, codes in under.items()
        for direction in codes
    }
    periods = Periods.years(min(years), max(years))
    for row in engines.rows(by_need_group(tables=tables, periods=periods)):
        key = (str(row["period"]), groups[row["need_group"]], kinds[row["kind"]], named[row["direction"]])
        if key in cells:
            cells[key] = (row["interventions"], row["associations"])
    dimensions = ("year", "need_group", "kind", "direction")
    return Counts("interventions", dimensions, ("interventions", "associations"), cells, persons=False)


def _never_shown(persons: Values, totals: Values, years: Sequence[int]) -> Iterator[Counts]:
    """Give the cells that come out when shown ones are subtracted: who began earlier, who lacks a support."""
    earlier: Values = {}
    without: Values = {}
    for year, group, sex in product(map(str, years), GROUPS, BY_SEX):
        ongoing, new = persons[year, "ongoing", group, sex], persons[year, "new", group, sex]
        earlier[year, group, sex] = _less(ongoing, new)
        without[year, group, sex] = _less(totals[year, "identified", sex], ongoing)
    for name, values in (("earlier", earlier), ("without", without)):
        dimensions = ("year", "support", "sex")
        yield Counts(name, dimensions, ("persons",), _rows(values), published=False, additive=ADDITIVE)


def _less(whole: int | None, part: int | None) -> int | None:
    return None if whole is None or part is None else whole - part


def _relations(years: Sequence[int]) -> Iterator[Relation]:
    for year in map(str, years):
        for sex in BY_SEX:
            parts = (Address("totals", (year, figure, sex)) for figure in ("identified", *HEADS))
            yield adds_up(Address("totals", (year, "participants", sex)), *parts)
        for group in GROUPS:
            yield from _support_relations(year, group)
            if int(year) - 1 in years:  # whoever began earlier was ongoing with that support the year before
                before = Address("participants", (str(int(year) - 1), "ongoing", group, TOTAL))
                yield at_most(Address("earlier", (year, group, TOTAL)), before)


def _believed(years: Sequence[int]) -> Iterator[Relation]:
    """Say the same of each sex: mostly a person's sex is the same in every year."""
    for year, group, sex in product(years[1:], GROUPS, SEXES):
        before = Address("participants", (str(year - 1), "ongoing", group, sex))
        yield at_most(Address("earlier", (str(year), group, sex)), before)


def _support_relations(year: str, group: str) -> Iterator[Relation]:
    for sex in BY_SEX:
        ongoing = Address("participants", (year, "ongoing", group, sex))
        new = Address("participants", (year, "new", group, sex))
        yield adds_up(ongoing, new, Address("earlier", (year, group, sex)))
        identified = Address("totals", (year, "identified", sex))
        yield adds_up(identified, ongoing, Address("without", (year, group, sex)))


def _rows(values: Values) -> dict[Key, tuple[int | None, ...]]:
    return {key: (value,) for key, value in values.items()}


def _codes(tables: Tables, name: str) -> dict[int, Code]:
    return {number: code for code, number in tables.codes[name].items()}
