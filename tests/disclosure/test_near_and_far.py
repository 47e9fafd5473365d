"""Large and thin tables: patterns are searched near a cell and far from it, and attacked for many cells at once."""

from itertools import product
from random import Random
from typing import Any

import pytest

from finsam.disclosure.attack import linear_model
from finsam.disclosure.attack.intervals import attack, certain, narrow
from finsam.disclosure.cells import TOTAL, Key
from finsam.disclosure.protect import Counts, Rule, protect
from finsam.disclosure.suppression import moves, search
from finsam.disclosure.suppression.network import Move
from tests.disclosure.publications import held_within, hide_small, shown_in

RULE = Rule()


def thin_cube(seed: int) -> Counts:
    """A table of three dimensions with all its sums, in which most are few: its corners are seldom whole persons."""
    draw, cells = Random(seed), dict[Key, int]()
    for inner in product("abcde", "fghij", "klmno"):
        value = draw.choice((0, 1, 1, 2, 3, 4, 9))
        codes: list[Key] = [(code, TOTAL) for code in inner]
        for key in product(*codes):
            cells[key] = cells.get(key, 0) + value
    names = ("row", "column", "layer")
    return Counts("t", names, ("persons",), {key: (value,) for key, value in cells.items()}, additive=frozenset(names))


@pytest.mark.parametrize(
    ("near", "far", "is_far_enough"), [(3, 9, False), (9, 100, True), (20, 150, True), (400, 1600, False)]
)
def test_a_pattern_is_safe_however_near_its_moves_are_looked_for(
    near: int, far: int, is_far_enough: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: set[int] = set()  # of the neighbourhoods in which a move was found
    move = moves.Neighbourhood.move

    def noted(model: moves.Neighbourhood, *asked: Any, **how: Any) -> Move | None:
        found = move(model, *asked, **how)
        sizes.update([len(model.cells)] if found is not None else [])
        return found

    monkeypatch.setattr(search, "NEAR", near)
    monkeypatch.setattr(search, "FAR", far)
    monkeypatch.setattr(moves.Neighbourhood, "move", noted)
    table = thin_cube(1)
    released = protect({"t": table}, [], RULE)
    marked = set(released.pattern)
    found = narrow(shown_in(released.tables.values()), held_within([table]), marked, RULE.threshold, marked)
    assert not found.narrow
    assert len(marked) > 20
    assert (far in sizes) is is_far_enough  # else all cells are asked, who are more than nine and fewer than 1,600


@pytest.mark.parametrize("nodes", [linear_model.NODES, 0])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_found_narrow_of_many_at_once_is_what_each_cells_own_ends_say(
    seed: int, nodes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where no world of whole persons is found for many at once in the time that is given to it."""
    monkeypatch.setattr(linear_model, "NODES", nodes)
    table = thin_cube(seed)
    known = hide_small(table)
    held = tuple(held_within([table]))
    hidden = {cell for cell, _ in table.filled()} - known.keys()
    marked = {cell for cell, value in table.filled() if value} - known.keys()
    ends = attack(known, held, hidden, marked)
    expected = {cell for cell, one in ends.items() if one.upper is not None and one.upper - one.lower < 5}
    assert set(narrow(known, held, hidden, 5, marked).narrow) == expected
    assert len(hidden) > 20


@pytest.mark.parametrize("seed", range(6))
def test_what_lies_between_two_ends_whatever_is_true_is_what_each_cells_own_ends_say(seed: int) -> None:
    table = thin_cube(seed)
    known = hide_small(table)
    held = tuple(held_within([table]))
    hidden = {cell for cell, _ in table.filled()} - known.keys()
    every = attack(known, held, hidden)
    for least, most in ((0, 4), (1, 4), (0, 20)):
        expected = {
            cell for cell, one in every.items() if one.upper is not None and least <= one.lower and one.upper <= most
        }
        assert set(certain(known, held, hidden, (least, most)).narrow) == expected
        assert expected
