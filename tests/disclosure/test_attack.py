"""The intruder, checked against one who tries every possibility."""

import random
from collections.abc import Iterator
from itertools import product

import pytest

from finsam.disclosure.attack.intervals import Interval, attack
from finsam.disclosure.relations import Address, Relation, adds_up, at_most


def cell(name: str) -> Address:
    """Name a cell of an invented table."""
    return Address("t", (name,))


A, B, C, D, E, F = (cell(name) for name in "abcdef")


def test_what_is_in_no_relation_can_be_anything() -> None:
    assert attack({}, [], [A]) == {A: Interval(0, None)}


def test_one_unknown_part_of_a_known_sum_is_worked_out() -> None:
    assert attack({B: 7, C: 9}, [adds_up(C, A, B)], [A]) == {A: Interval(2, 2)}


def test_two_unknown_parts_of_a_known_sum_reach_from_nothing_to_the_sum() -> None:
    assert attack({C: 9}, [adds_up(C, A, B)], [A, B]) == {A: Interval(0, 9), B: Interval(0, 9)}


def test_a_part_that_can_be_no_larger_than_its_whole_is_limited_by_it() -> None:
    assert attack({B: 6}, [at_most(A, B)], [A]) == {A: Interval(0, 6)}


def test_whole_persons_narrow_what_parts_of_persons_would_leave_open() -> None:
    thrice = Relation(((3, A), (2, B), (-1, C)))
    assert attack({C: 7}, [thrice], [A, B]) == {A: Interval(1, 1), B: Interval(2, 2)}


def test_cells_that_contradict_each_other_are_an_error() -> None:
    with pytest.raises(ValueError, match="contradict"):
        attack({B: 9, C: 7}, [adds_up(C, A, B)], [A])


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_the_same_ends_as_trying_every_possibility(seed: int) -> None:
    chance = random.Random(seed)
    a, b, d, e = (chance.randint(0, 4) for _ in range(4))
    truth = {A: a, B: b, C: a + b, D: d, E: e, F: d + e}
    relations = [adds_up(C, A, B), adds_up(F, D, E), *([at_most(A, D)] if a <= d else [])]
    known = {address: value for address, value in truth.items() if chance.random() < 0.4} | {C: a + b, F: d + e}
    unknown = sorted(truth.keys() - known.keys())
    worlds = list(_worlds(known, unknown, relations))
    for address, interval in attack(known, relations, unknown).items():
        values = [world[address] for world in worlds]
        assert interval == Interval(min(values), max(values))


def _worlds(
    known: dict[Address, int], unknown: list[Address], relations: list[Relation]
) -> Iterator[dict[Address, int]]:
    for values in product(range(9), repeat=len(unknown)):
        world = known | dict(zip(unknown, values, strict=True))
        sums = [(sum(f * world[c] for f, c in relation.terms), relation.at_least) for relation in relations]
        if all(result == 0 or (result > 0 and at_least) for result, at_least in sums):
            yield world
