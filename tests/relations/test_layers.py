"""Nothing undeclared holds between what can be asked: searched layer by layer, one in every run and all in the slow."""

from functools import cache
from typing import Final

import pytest

from finsam.table_builder.cell_identity import Identity, implied
from tests.relations.apart import read
from tests.relations.awaited_asked import KINDS, Kind
from tests.relations.corners import THINGS, left, opened
from tests.relations.layers import Layer, counted, domains, layers, tables, things_of
from tests.relations.sentences import sentences

pytestmark = pytest.mark.once

SAMPLE: Final = frozenset({"association", "sex"})
LAYERS: Final = sorted(layers(), key=lambda things: (len(things), sorted(things)))
GAINS: Final = frozenset({"occupation", "occupation_after"})
SEED: Final = 1
STAYS: Final = {f"{unit}_{flow}" for unit in ("participations", "persons") for flow in ("new", "ongoing", "ended")}
SOME: Final = 100  # cubes that show on what a count depends, and that two names are of one count
MANY: Final = 12_000  # worlds of the sample
SPLITS: Final = ({"association", "sex"}, {"association_county", "sex"})  # the tables of the sample


@cache
def searched(things: frozenset[str]) -> tuple[Layer, list[str]]:
    """A layer, and what is found in it."""
    layer = Layer(things, SEED, layers()[things])
    return layer, sentences(layer.search())


@cache
def sampled() -> tuple[Layer, list[str]]:
    """A few tables of stays and persons."""
    tables = [(name, by) for name, by in layers()[SAMPLE] if set(by) in SPLITS and name in STAYS]
    layer = Layer(SAMPLE, SEED, tables)
    return layer, sentences(layer.search(MANY))


def test_nothing_undeclared_holds_in_the_sample() -> None:
    layer, found = sampled()
    assert found == []
    assert all(layer.space.holds(one) for one in layer.known() if not one.at_least)


@pytest.mark.slow
@pytest.mark.parametrize("things", LAYERS, ids=lambda things: "-".join(sorted(things)) or "nothing")
def test_nothing_undeclared_holds_between_any_tables(things: frozenset[str]) -> None:
    layer, found = searched(things)
    assert found == []
    assert all(layer.space.holds(one) for one in layer.known() if not one.at_least)


@pytest.mark.parametrize(
    ("things", "kind"),
    [*((SAMPLE, kind) for kind in KINDS[:-1]), pytest.param(GAINS, KINDS[-1], marks=pytest.mark.slow)],
    ids=lambda one: one.sentence if isinstance(one, Kind) else "",
)
def test_a_kind_that_nobody_declared_is_found(things: frozenset[str], kind: Kind) -> None:
    """What is awaited holds, and is found when it is taken away; what is declared by now would not be."""
    layer, _found = sampled() if things == SAMPLE else searched(things)
    gone = set(kind.relations(layer.places))
    known = [one for one in layer.known() if one not in gone]
    assert layer.space.undeclared(known), f"declared by now: {kind.sentence}"
    assert not layer.space.undeclared([*known, *gone])


@pytest.mark.slow
@pytest.mark.parametrize("thing", THINGS)
def test_a_count_depends_on_nothing_but_what_it_is_said_to(thing: str) -> None:
    """Otherwise a layer would have rows that are something in others."""
    made = opened([thing], SOME, SEED)
    codes = domains(made)
    for figure, by in (one for one in tables() if len(one[1]) < 2):
        shape, counts = counted(made, codes, figure, by)
        for at, variant in enumerate(shape.variants):
            if thing not in things_of(variant.dimensions, variant.what):
                rests = [left(read(row[at], made.size), [thing]) for row in counts.values()]
                assert not any(rest.any() for rest in rests), (figure, by, variant.what)


@pytest.mark.slow
def test_what_is_one_count_by_several_names_is_one_number() -> None:
    """Whoever ended is counted among the supports too: a layer has such a count once."""
    made = opened([], SOME, SEED)
    names, codes, found = implied(made.looked_up), domains(made), dict[Identity, int]()
    for figure, by in tables():
        shape, counts = counted(made, codes, figure, by)
        for identity, key, at in shape.cells(names):
            assert found.setdefault(identity, counts[key][at]) == counts[key][at], (figure, by, identity)
