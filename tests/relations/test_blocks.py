"""Nothing lies within another, of what can be asked, that is not declared: searched block by block, every one."""

from dataclasses import replace
from typing import Final

import pytest

from finsam.disclosure.relations import settled
from finsam.statistics.relations import flows
from finsam.statistics.relations.flows import Kind
from tests.relations.named import named_blocks
from tests.relations.sentences import sentences

pytestmark = [pytest.mark.once, pytest.mark.slow]

SAMPLE: Final = "stays-by-county-sex"
ORDERS: Final = (
    (flows.persons_within_stays, SAMPLE),
    (flows.quarters_within_year, SAMPLE),
    (flows.year_within_quarters, SAMPLE),
    (flows.numbered_stays, "stays-by-sex-stay_number"),
    (flows.most_at_once, "stays-by-at_once-sex"),
    (flows.most_at_once, "gains-by-age_group-at_once"),
    (flows.numbered_stays, "gains-by-age_group-stay_number"),
    (flows.gained_by_occupation, "gains-by-age_group-occupation"),
)


@pytest.mark.parametrize("name", named_blocks())
def test_everything_that_lies_within_another_is_declared_to(name: str) -> None:
    block = replace(named_blocks()[name])  # of its own, gone with all that it has counted
    assert sentences(block.undeclared()) == []
    assert all(block.space.holds(one) for one in block.known)


@pytest.mark.parametrize(("kind", "name"), ORDERS)
def test_a_kind_that_nobody_declared_is_found(kind: Kind, name: str) -> None:
    block = replace(named_blocks()[name])
    gone = list(kind(block.cells))
    known = [one for one in block.known if one not in gone]
    left = {one.relation for one in block.order(known).undeclared()}
    assert set(settled(left)) & set(settled(gone))
