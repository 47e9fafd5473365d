"""Nothing lies within another, of what can be asked, that is not declared: searched block by block, every one."""

from typing import Final

import pytest

from finsam.disclosure.relations import settled
from finsam.table_builder import flows
from finsam.table_builder.flows import Kind
from tests.relations.named import found, named_blocks
from tests.relations.sentences import sentences

pytestmark = [pytest.mark.once, pytest.mark.slow]

ORDERS: Final = (flows.persons_within_stays, flows.quarters_within_year, flows.year_within_quarters)
SAMPLE: Final = "stays-by-county-sex"


@pytest.mark.parametrize("name", named_blocks())
def test_everything_that_lies_within_another_is_declared_to(name: str) -> None:
    assert sentences(found(name)) == []


@pytest.mark.parametrize("kind", ORDERS)
def test_a_kind_that_nobody_declared_is_found(kind: Kind) -> None:
    block = named_blocks()[SAMPLE]
    gone = list(kind(block.cells))
    assert all(block.space.holds(one) for one in gone)
    known = [one for one in block.known if one not in gone]
    left = {one.relation for one in block.order(known).undeclared()}
    assert set(settled(left)) & set(settled(gone))
