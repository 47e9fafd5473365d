"""Every relation that holds between the open tables is declared: they are searched for, in worlds of one person."""

from functools import cache
from unittest import mock

import pytest

from finsam.disclosure.protect import Rule
from finsam.reports.open_tables import report
from finsam.reports.source import Source
from finsam.snapshots import engines
from finsam.statistics.relations.identity import implied
from tests.relations.apart import Apart
from tests.relations.family import Family
from tests.relations.order import Order, sums
from tests.relations.rank import PATIENCE
from tests.relations.sentences import sentences, shortest
from tests.relations.worlds import AS_OF, YEARS, Facts, drawn

pytestmark = [pytest.mark.once, pytest.mark.slow]

WORLDS = 20_000
SEEDS = (1, 2, 3)


@cache
def collection(seed: int) -> Family:
    """The open tables of persons, counted in all worlds at once, with what is said to hold between them."""
    made = Apart(drawn(WORLDS, seed, Facts()), WORLDS)
    names = mock.patch.object(report, "implied", return_value=implied(made.looked_up))
    with mock.patch.object(engines, "rows", made.fetch), names:
        exact = report.counted(Source(made.tables, YEARS[-1], Rule(), "", AS_OF), YEARS)
    tables = {name: table for name, table in exact.counts.items() if table.persons}
    return Family(tables, exact.relations, WORLDS, exact.believed)


def test_every_equation_between_open_tables_is_declared() -> None:
    space, declared = collection(SEEDS[0]).space, collection(SEEDS[0]).declared
    found = shortest(space, declared, space.undeclared(declared))
    for seed in SEEDS[1:]:
        found = [one for one in found if collection(seed).space.holds(one)] if found else []
    assert sentences(found) == []


def test_the_worlds_are_enough() -> None:
    space = collection(SEEDS[0]).space
    assert max(space.adding) + PATIENCE < len(space.rows)


def test_what_is_declared_holds_in_every_world() -> None:
    family = collection(SEEDS[0])
    assert [one for one in family.declared if not family.space.holds(one)] == []


def test_everything_that_lies_within_another_of_the_open_tables_is_declared_to() -> None:
    family = collection(SEEDS[0])
    found = [one.relation for one in Order(sums(family.space, family.dimensions), family.declared).undeclared()]
    for seed in SEEDS[1:]:
        found = [one for one in found if collection(seed).space.holds(one)] if found else []
    assert sentences(found) == []
