"""Nothing lies within another, of what can be asked, that is neither declared nor awaited: block by block."""

from itertools import combinations
from typing import Final

import pytest

from finsam.disclosure.relations import settled
from finsam.statistics.tables.dimensions import DIMENSIONS
from tests.relations.awaited_asked import ORDERS, Kind
from tests.relations.blocks import Block
from tests.relations.layers import NOT_ONE
from tests.relations.sentences import sentences

pytestmark = [pytest.mark.once, pytest.mark.slow]

SEED: Final = 1
SAMPLE: Final = ("county", "sex")
NOT_YET: Final = {*NOT_ONE, "at_once"}  # in how many interventions at once is never less in a year than in its quarters
SPLIT: Final = sorted(name for name, one in DIMENSIONS.items() if one.splits and name not in NOT_YET)
STAYS: Final = tuple(f"{unit}_{flow}" for unit in ("persons", "participations") for flow in ("new", "ongoing", "ended"))
GAINS: Final = tuple(f"{unit}_{what}" for unit in ("persons", "participations") for what in ("ended", "work_or_study"))


@pytest.mark.parametrize("figures", [STAYS, GAINS], ids=["stays", "gains"])
@pytest.mark.parametrize("by", combinations(SPLIT, 2), ids=" and ".join)
def test_everything_that_lies_within_another_is_declared_or_awaited_to(
    by: tuple[str, str], figures: tuple[str, ...]
) -> None:
    assert sentences(Block(by, figures, SEED).undeclared()) == []


@pytest.mark.parametrize("kind", ORDERS, ids=lambda kind: kind.sentence)
def test_a_kind_that_nobody_declared_is_found(kind: Kind) -> None:
    block = Block(SAMPLE, STAYS, SEED)
    gone = list(kind.relations(block.cells))
    assert all(block.space.holds(one) for one in gone)
    known = [one for one in block.known if one not in gone]
    found = {one.relation for one in block.order(known).undeclared()}
    assert set(settled(found)) & set(settled(gone))
