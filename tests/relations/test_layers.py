"""Nothing undeclared holds between what can be asked: searched layer by layer, one in every run and all in the slow."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import pytest

from finsam.disclosure.cells import Key
from finsam.statistics.relations import flows
from finsam.statistics.relations.flows import Kind
from finsam.statistics.relations.identity import Identity, Shape, implied
from finsam.statistics.relations.web import Web
from tests.relations.apart import Apart, read
from tests.relations.corners import THINGS, Cubes, left
from tests.relations.layers import Layer, Table, Things, counted, domains, tables, things_of
from tests.relations.named import SEED, named_layers, searched
from tests.relations.sentences import sentences
from tests.relations.worlds import OF_WORLDS, WORLD

pytestmark = pytest.mark.once

# What shows only where other things are told: the things, and what is asked of them.
SMALL: Final[Mapping[Kind, tuple[Things, Sequence[Table]]]] = {
    flows.gains: (frozenset({"occupation", "occupation_after"}), [("participations_work_or_study", ())]),
    flows.active_by_occupation: (
        frozenset({"occupation_after"}),
        [(f"participations_{what}", ("occupation_after",)) for what in ("ended", "work_or_study")],
    ),
}
EQUATIONS: Final = (flows.sums_of_quarters, flows.stocks_and_flows, flows.ends_of_the_year, *SMALL)
SAMPLE: Final = "association-sex"
SOME: Final = 60  # cubes for each thing


OTHERS: Final = [pytest.param(name, marks=pytest.mark.slow) for name in named_layers() if name != SAMPLE]


@pytest.mark.parametrize("name", [SAMPLE, *OTHERS])
def test_nothing_undeclared_holds_between_any_tables(name: str) -> None:
    layer, found = searched(name)
    assert sentences(found) == []
    assert all(layer.space.holds(one) for one in layer.known() if not one.at_least)


def layer_of(kind: Kind) -> Layer:
    """A layer in which a kind shows, searched."""
    if kind not in SMALL:
        return searched(SAMPLE)[0]
    things, asked = SMALL[kind]
    layer = Layer(things, SEED, asked)
    assert sentences(layer.search()) == []
    return layer


@pytest.mark.parametrize("kind", EQUATIONS)
def test_a_kind_that_nobody_declared_is_found(kind: Kind) -> None:
    layer = layer_of(kind)
    gone = set(kind(layer.places))
    known = [one for one in layer.known() if one not in gone]
    assert layer.space.undeclared(known)
    assert not layer.space.undeclared([*known, *gone])


def test_what_is_in_the_associations_of_a_county_is_found_when_nobody_declared_it(monkeypatch: Any) -> None:
    layer = searched(SAMPLE)[0]
    monkeypatch.setattr(Web, "_in_county", lambda _web, _identity: ())
    assert layer.space.undeclared(layer.known())


def test_persons_of_one_stay_add_up_by_the_associations_of_a_county() -> None:
    places = ("association", "association_county")
    asked = [("persons_ended", by) for place in places for by in ((place,), (place, "stay_number"))]
    assert sentences(Layer(frozenset({"association"}), SEED, asked).search()) == []


Counted = tuple[str, Shape, Mapping[Key, Sequence[int]]]


@cache
def counts_by_one() -> tuple[Apart, Sequence[Counted]]:
    """What is asked by one dimension at most, in worlds that vary one thing each, some for each in turn."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for place, thing in enumerate(THINGS):
        for name, drawn in Cubes([thing], SEED).rows(SOME).items():
            own = [row | {WORLD: row[WORLD] + 2 * SOME * place} for row in drawn if WORLD in row]
            rows[name] = [*rows.get(name, ()), *own] if name in OF_WORLDS else list(drawn)
    made = Apart(rows, 2 * SOME * len(THINGS))
    codes = domains(made)
    return made, [(figure, *counted(made, codes, figure, by)) for figure, by in tables() if len(by) < 2]


@pytest.mark.slow
def test_a_count_depends_on_nothing_but_what_it_is_said_to() -> None:
    """Otherwise a layer would have rows that are something in others."""
    made, every = counts_by_one()
    for figure, shape, counts in every:
        for at, variant in enumerate(shape.variants):
            said = things_of(variant.dimensions, variant.what)
            for row in counts.values():
                rests = left(read(row[at], made.size), ["one"]).reshape(len(THINGS), SOME)
                depends = {thing for thing, rest in zip(THINGS, rests, strict=True) if rest.any()}
                assert depends <= said, (figure, variant.dimensions, variant.what)


@pytest.mark.slow
def test_what_is_one_count_by_several_names_is_one_number() -> None:
    """Whoever ended is counted among the supports too: a layer has such a count once."""
    made, every = counts_by_one()
    names, found = implied(made.looked_up), dict[Identity, int]()
    for figure, shape, counts in every:
        for identity, key, at in shape.cells(names):
            assert found.setdefault(identity, counts[key][at]) == counts[key][at], (figure, identity)
