"""A correction tells no change of a few, nor what would give one away: that stands as it was printed."""

from dataclasses import replace

import pytest

from finsam.disclosure.attack.examination import examine
from finsam.disclosure.attack.intervals import narrow
from finsam.disclosure.cells import TOTAL, Cell, Counts, Key, Protected, Rule, Status
from finsam.disclosure.protect import Known, Release, protect
from finsam.disclosure.relations import Address, adds_up, at_most, equals
from finsam.disclosure.suppression.small_changes import small_changes
from tests.disclosure.publications import at, counts

RULE, FIRST = Rule(), "national-results-2020-1"


def table(a: int, b: int, c: int, **how: object) -> Counts:
    """Three places and their sum, none of them the nation but the sum."""
    text = f"place | persons\na | {a}\nb | {b}\nc | {c}\ntotal | {a + b + c}"
    return replace(counts("t", text, additive=["place"]), local=frozenset({"place"}), **how)  # type: ignore[arg-type]


def printed(then: Counts) -> dict[Address, Cell]:
    """The cells as they were printed."""
    return {cell: Cell(value).standing(FIRST) for cell, value in then.filled()}


def corrected(then: Counts, now: Counts) -> Release:
    """Protect a correction of a table all of whose cells were shown."""
    before = printed(then)
    old = {cell._replace(table="old:t"): Cell(one.value) for cell, one in before.items()}
    pairs = {cell: cell._replace(table="old:t") for cell in before}
    return protect({"t": now}, [], RULE, Known(old, revised=pairs, corrected=before))


def statuses(release: Release) -> dict[str, str]:
    return {str(key[0]): row[0].status.value for key, row in release["t"].cells.items()}


@pytest.mark.parametrize(("more", "kept"), [(1, True), (4, True), (5, False), (-4, True), (-5, False), (0, False)])
def test_a_change_under_the_threshold_stands_as_printed(more: int, kept: bool) -> None:
    found = corrected(table(30, 40, 50), table(30 + more, 60, 50))
    cell = found["t"].cells["a",][0]
    assert (cell.status is Status.KEPT) == kept
    assert cell.value == (30 if kept else 30 + more)
    assert cell.edition == (FIRST if kept else "")


def test_another_cell_stands_too_so_that_the_sum_does_not_tell() -> None:
    found = statuses(corrected(table(30, 40, 50), table(32, 60, 50)))
    assert found["a"] == "kept"
    assert list(found.values()).count("kept") >= 2


def test_nothing_is_blanked() -> None:
    found = corrected(table(30, 40, 50), table(2, 60, 50))
    assert [row[0].value is not None for row in found["t"].cells.values()] == [True] * 4


@pytest.mark.parametrize(("least", "told"), [(100, True), (99, False)])
def test_a_hundred_of_the_nation_are_no_secret(least: int, told: bool) -> None:
    now, then = table(least + 1, 0, 0), table(least, 0, 0)
    found = small_changes([now], [], printed(then), RULE)
    assert (at("t", TOTAL) not in found) == told
    assert at("t", "a") in found  # it is of a place


@pytest.mark.parametrize(("active", "moved", "told"), [(1000, 10, True), (999, 10, False), (1000, 9, False)])
def test_a_thousand_of_the_nation_where_ten_changed_are_no_secret(active: int, moved: int, told: bool) -> None:
    def ended(everyone: int, working: int) -> Counts:
        cells: dict[Key, tuple[int | None, ...]] = {("2020",): (everyone, working)}
        return Counts("t", ("year",), ("ended", "active"), cells, sensitive=frozenset({"active"}), base="ended")

    then, now = ended(5000, active), ended(5000 + moved, active + 1)
    found = small_changes([now], [], printed(then), RULE)
    assert (Address("t", ("2020",), "active") not in found) == told


def test_a_change_that_only_follows_is_one_too() -> None:
    """Nobody prints who is left, but both editions tell of them: 20 were left, and 21 are."""
    rest = replace(table(0, 0, 0), name="rest", cells={("a",): (21,)}, published=False)
    ties = [adds_up(at("t", "a"), at("t", "b"), at("rest", "a"))]
    then, now = table(50, 30, 10), table(60, 39, 10)
    assert at("rest", "a") in small_changes([now, rest], ties, printed(then), RULE)


def test_the_attack_finds_a_kept_cell_whose_change_is_certain_to_be_of_a_few() -> None:
    cells: dict[Key, tuple[Cell, ...]] = {
        ("a",): (Cell(30).kept(FIRST),), ("b",): (Cell(60),), ("c",): (Cell(50),), (TOTAL,): (Cell(142),),
    }  # fmt: skip
    shown = Protected("t", ("place",), ("persons",), cells, additive=frozenset({"place"}), persons=True)
    assert examine([shown], [], RULE).leaks == ("t",)  # a is 32
    unchanged = replace(shown, cells={**cells, (TOTAL,): (Cell(140),)})
    assert examine([unchanged], [], RULE).leaks == ()  # a is 30, as it was
    many = replace(shown, cells={**cells, (TOTAL,): (Cell(145),)})
    assert examine([many], [], RULE).leaks == ()


def test_cells_that_are_the_same_figure_are_asked_about_as_one() -> None:
    one, other, whole = (at("t", name) for name in ("one", "other", "whole"))
    held = [equals(one, other), at_most(one, whole)]
    assert narrow({whole: 4}, held, {one, other}, 5).narrow == (one, other)
    assert narrow({whole: 5}, held, {one, other}, 5).narrow == ()
    assert narrow({whole: 5}, held, {one, other}, 5, {other}).narrow == (one, other)  # one of them counts somebody
