"""Every relation that holds between what the reports publish is declared, or awaited: they are searched for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

import ibis
import pyarrow as pa
import pytest

from finsam.disclosure.cells import TOTAL, Counts
from finsam.disclosure.relations import Address, Relation, adds_up, at_most, covered, equals, settled
from finsam.statistics.tables.tables import Linked, Tables
from finsam.values.keys import Code
from tests.relations.apart import Apart, read
from tests.relations.awaited import NEEDS, of_reports
from tests.relations.family import Family, counted, opened, registered, reports
from tests.relations.order import Cone, Order, Sums, sums
from tests.relations.rank import PATIENCE
from tests.relations.sentences import sentences, shortest
from tests.relations.worlds import CODES, EVERY_SCHEMA, LONGER, WORLD, Facts, drawn
from tests.statistics.populations import arrow
from tests.tables import SCHEMAS

pytestmark = pytest.mark.once

FEW, MANY = 12_000, 40_000  # enough for equations; for what lies within what, which a single world can deny
SEEDS: Final = (1, 2, 3)  # what is found in worlds of the first is tried in those of the others too
ANYWHERE, AT_HOME, WHOLE = Facts(), Facts(at_home=True), Facts(at_home=True, crossing=False)
EVERYWHERE = (
    pytest.param(ANYWHERE, id="anywhere"),
    pytest.param(AT_HOME, id="at-home", marks=pytest.mark.slow),
    pytest.param(WHOLE, id="whole-counties", marks=pytest.mark.slow),
)


def family(facts: Facts, worlds: int = FEW, seed: int = SEEDS[0]) -> Family:
    """The tables of all reports."""
    return opened(facts, worlds, seed)[1]


@cache
def summed(facts: Facts) -> Sums:
    """The same cells with the sums of their parts."""
    return sums(family(facts, MANY).space, family(facts, MANY).dimensions)


def known(facts: Facts) -> list[Relation]:
    """What is declared and what is awaited."""
    awaited = (relation for kind in of_reports(facts).values() for relation in kind)
    return [*family(facts).declared, *awaited]


@cache
def snapshots() -> Family:
    """The same people in two snapshots."""
    return registered(ANYWHERE, FEW, SEEDS[0])


def lasting(facts: Facts, found: Sequence[Relation]) -> list[Relation]:
    """Keep what holds in other worlds too; they are drawn only when there is something to try."""
    for seed in SEEDS[1:]:
        found = [relation for relation in found if family(facts, MANY, seed).space.holds(relation)] if found else []
    return list(found)


@pytest.mark.parametrize("facts", EVERYWHERE)
def test_every_equation_that_holds_is_declared_or_awaited(facts: Facts) -> None:
    space, held = family(facts).space, known(facts)
    missing = space.undeclared(held)
    assert sentences(lasting(facts, shortest(space, held, missing))) == []


@pytest.mark.slow
@pytest.mark.parametrize("facts", EVERYWHERE)
def test_everything_that_lies_within_another_is_declared_or_awaited_to(facts: Facts) -> None:
    found = [one.relation for one in Order(summed(facts), known(facts)).undeclared()]
    assert sentences(lasting(facts, found)) == []


@pytest.mark.slow
def test_nothing_holds_between_two_snapshots_but_what_holds_in_each() -> None:
    """Some of what is counted was registered late, and some is taken away: no number of one bounds one of the other."""
    space, both = snapshots().space, snapshots()
    assert sentences(shortest(space, both.declared, space.undeclared(both.declared)[:12])) == []
    earlier = {
        cell: f"{cell.table.removesuffix(', earlier')}, later" for cell in space.cells if "earlier" in cell.table
    }
    pairs = [(cell, cell._replace(table=table)) for cell, table in earlier.items()]
    bounds = [at_most(*pair) for a, b in pairs if b in space.columns for pair in ((a, b), (b, a))]
    assert bounds
    assert [one for one in bounds if space.holds(one)] == []


@pytest.mark.parametrize("facts", EVERYWHERE)
def test_what_is_declared_holds_in_every_world(facts: Facts) -> None:
    assert [one for one in family(facts).declared if not family(facts).space.holds(one)] == []


@pytest.mark.parametrize("facts", EVERYWHERE)
def test_what_is_awaited_holds_and_is_not_declared(facts: Facts) -> None:
    """A kind that is declared by now is to be taken away from those that are awaited."""
    space, cone = family(facts).space, Cone(family(facts).space, family(facts).declared)
    for sentence, relations in of_reports(facts).items():
        assert all(space.holds(relation) for relation in relations), sentence
        assert not all(cone.tells(relation) for relation in relations), f"declared by now: {sentence}"


@pytest.mark.parametrize("facts", EVERYWHERE)
def test_the_worlds_are_drawn_until_none_of_many_in_a_row_adds_rank(facts: Facts) -> None:
    space = family(facts).space
    assert max(space.adding) + PATIENCE < len(space.rows)


@pytest.mark.slow
@pytest.mark.parametrize("world", [3, 11])
def test_a_world_kept_apart_is_counted_as_it_is_alone(world: int) -> None:
    """The query of all worlds at once gives each the counts of the product's own queries about it alone."""
    size = 40
    rows = drawn(size, SEEDS[0], ANYWHERE)
    own = {name: [row for row in table if row.get(WORLD, world) == world] for name, table in rows.items()}
    alone = Tables(codes=CODES, **{name: ibis.memtable(arrow(name, own[name])) for name in SCHEMAS})
    theirs = {name: [row[name] for row in own["linkage"]] for name in EVERY_SCHEMA["linkage"]}
    linked = Linked(ibis.memtable(pa.table(theirs, schema=ibis.schema(EVERY_SCHEMA["linkage"]).to_pyarrow())), 0, "")
    together = dict(counts_of(reports(Apart(rows, size)).tables.values()))
    for address, number in counts_of(counted(alone, linked).tables.values()):
        assert read(together.get(address, 0), size)[world] == number, address


def counts_of(tables: Iterable[Counts]) -> Iterator[tuple[Address, int]]:
    for table in tables:
        yield from table.filled()


def heads(year: str, sex: Code) -> Address:
    return Address("totals", (year, "structural_heads", sex))


def ended(table: str, *key: Code) -> Address:
    return Address(table, key, "participations" if table == "supports" else "ended")


SAMPLE: Final = "heads of women and men"
EQUATIONS: Final[Mapping[str, Relation]] = {
    SAMPLE: adds_up(*(heads("2020", sex) for sex in (TOTAL, "women", "men"))),
    "a flow between supports of women and men": adds_up(
        *(ended("supports", "2020", *["activity_compensation"] * 2, sex) for sex in (TOTAL, "women", "men"))
    ),
    "participations beyond one a person": adds_up(
        *(ended(name, "2019", TOTAL) for name in ("outcomes_participations", "outcomes_persons", "again"))
    ),
    "all associations and all who ended": equals(
        ended("outcomes_participations", "2018", TOTAL), ended("associations", "2018", TOTAL)
    ),
}
ORDERS: Final[Mapping[str, Relation]] = {
    "who began earlier was ongoing the year before": at_most(  # of both sexes together it follows from each
        Address("earlier", ("2020", "sickness_benefit", "women")),
        Address("participants", ("2019", "ongoing", "sickness_benefit", "women")),
    ),
    "whoever began has a need group or none": covered(
        Address("began", ("2019", "everyone", "women")),
        *(Address("need_groups", ("2019", "new", need, "women")) for need in NEEDS),
    ),
}


def without(planted: Relation) -> list[Relation]:
    """Take away one relation, which must have been declared."""
    (gone,), declared = settled([planted]), family(ANYWHERE).declared
    left = [one for one in declared if settled([one]) != (gone,)]
    assert len(left) == len(declared) - 1
    return left


@pytest.mark.parametrize(
    "name", [SAMPLE, *(pytest.param(one, marks=pytest.mark.slow) for one in EQUATIONS if one != SAMPLE)]
)
def test_an_equation_that_nobody_declared_is_found(name: str) -> None:
    space, left = family(ANYWHERE).space, without(EQUATIONS[name])
    (found,) = shortest(space, left, space.undeclared(left))
    assert len(found.terms) <= len(EQUATIONS[name].terms)
    assert not space.undeclared([*left, found])


def test_a_sum_over_years_that_nobody_declared_is_found() -> None:
    """Those who ended are of the years they began in; all sexes are taken away, for each is told by the others."""
    space, declared = family(ANYWHERE).space, family(ANYWHERE).declared
    left = [one for one in declared if one.at_least or len({cell.key[0] for _, cell in one.terms}) == 1]
    found = shortest(space, left, space.undeclared(left))
    assert found
    assert all({str(year) for year in LONGER} <= {cell.key[0] for _, cell in one.terms} for one in found)


@pytest.mark.slow
@pytest.mark.parametrize("name", ORDERS)
def test_what_lies_within_another_and_nobody_declared_is_found(name: str) -> None:
    found = [one.relation for one in Order(summed(ANYWHERE), without(ORDERS[name])).undeclared()]
    assert settled([ORDERS[name]])[0] in settled(found)
