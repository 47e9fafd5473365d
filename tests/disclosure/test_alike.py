"""Groups of cells that are written alike are asked about once, and none that differs is taken for another."""

import pytest

from finsam.disclosure.attack.intervals import Interval, attack, narrow
from finsam.disclosure.relations import Address, Relation, adds_up


def cell(name: str, group: int) -> Address:
    return Address(name, (str(group),), "persons")


def sums(groups: int) -> list[Relation]:
    return [adds_up(cell("all", one), cell("women", one), cell("men", one)) for one in range(groups)]


def test_many_that_are_alike_are_one_question() -> None:
    asked = [
        narrow({cell("all", one): 3 for one in range(many)}, sums(many), [cell("women", one) for one in range(many)], 5)
        for many in (1, 200)
    ]
    assert asked[0].questions == asked[1].questions > 0
    assert [len(one.narrow) for one in asked] == [1, 200]


@pytest.mark.parametrize(
    ("known", "present", "expected"),
    [
        ({0: 3, 1: 5}, set(), {0: (0, 3), 1: (0, 5)}),
        ({0: 3, 1: 3}, {cell("men", 1)}, {0: (0, 3), 1: (0, 2)}),
        ({0: 3, 1: 3}, {cell("women", 1)}, {0: (0, 3), 1: (1, 3)}),
    ],
)
def test_what_differs_is_asked_about_by_itself(known, present, expected) -> None:
    shown = {cell("all", one): count for one, count in known.items()}
    found = attack(shown, sums(2), [cell("women", one) for one in known], present)
    assert found == {cell("women", one): Interval(*ends) for one, ends in expected.items()}
