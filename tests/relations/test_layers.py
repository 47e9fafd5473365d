"""Nothing undeclared holds between what can be asked: searched layer by layer, one in every run and some in the slow.

`python -m tests.relations` searches the others, and says which of them were.
"""

from functools import cache
from typing import Final

import pytest

from finsam.table_builder.cell_identity import Identity, implied
from tests.relations.apart import read
from tests.relations.awaited_asked import KINDS, Kind
from tests.relations.corners import THINGS, left, opened
from tests.relations.layers import Layer, counted, domains, tables, things_of
from tests.relations.named import SEED, searched
from tests.relations.sentences import sentences

pytestmark = pytest.mark.once

SAMPLE: Final = "association-sex"
SLOW: Final = (
    "municipality-sex",
    "education-need_group",
    "association-direction",
    "occupation-support",
    "support-support_after",
)
SOME: Final = 100  # cubes that show on what a count depends, and that two names are of one count


@pytest.mark.parametrize("name", [SAMPLE, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)])
def test_nothing_undeclared_holds_between_any_tables(name: str) -> None:
    layer, found = searched(name)
    assert sentences(found) == []
    assert all(layer.space.holds(one) for one in layer.known() if not one.at_least)


@cache
def gains() -> Layer:
    """Those who gained work or study, split by nothing: by the pair of things that it depends on."""
    layer = Layer(frozenset({"occupation", "occupation_after"}), SEED, [("participations_work_or_study", ())])
    assert sentences(layer.search()) == []
    return layer


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.sentence)
def test_a_kind_that_nobody_declared_is_found(kind: Kind) -> None:
    """What is awaited holds, and is found when it is taken away; what is declared by now would not be."""
    layer = gains() if kind == KINDS[-1] else searched(SAMPLE)[0]
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
