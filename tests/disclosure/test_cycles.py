"""Python looks for cycles as before when protecting is done, whatever came of it, and as little where nobody did."""

import gc
from collections.abc import Iterator

import pytest

from finsam.disclosure import cycles
from finsam.disclosure.cells import Counts, Key
from finsam.disclosure.protect import Rule, protect
from finsam.disclosure.relations import Address, adds_up


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = gc.isenabled()
    yield
    (gc.enable if before else gc.disable)()


@pytest.mark.parametrize("looked", [True, False])
def test_it_is_as_before_afterwards(looked: bool) -> None:
    (gc.enable if looked else gc.disable)()
    with cycles.unsearched():
        assert not gc.isenabled()
    assert gc.isenabled() is looked


def test_it_is_as_before_after_a_refusal() -> None:
    gc.enable()
    cells: dict[Key, tuple[int | None, ...]] = {("a",): (7,), ("b",): (8,)}
    untrue = adds_up(Address("t", ("a",)), Address("t", ("b",)))
    with pytest.raises(ValueError, match="do not agree"):
        protect({"t": Counts("t", ("group",), ("persons",), cells)}, [untrue], Rule())
    assert gc.isenabled()
