"""Two editions of one year: what changed between them may be seen, but no hidden cell may follow from it."""

from collections.abc import Iterable

import pytest

from finsam.disclosure.attack.examination import examine
from finsam.disclosure.attack.successive_editions import derivable, kept
from finsam.disclosure.attack.view import seen
from finsam.disclosure.cells import TOTAL, Cell, Counts, Protected, Rule
from finsam.disclosure.protect import SUPPRESSED, Known, Release, protect
from finsam.disclosure.published_before import earlier, revised
from finsam.disclosure.relations import Address
from finsam.values.keys import written
from tests.disclosure.publications import at, counts, crossed, held_within, marks

RULE = Rule()
OLD = "2021-01"


def before(tables: Iterable[Protected]) -> Known:
    """The older edition as something known."""
    return earlier(OLD, tables, [], RULE)


def linked(tables: Iterable[Protected], now: Iterable[Counts]) -> Known:
    """The older edition, each of its cells paired with the same cell of the new one."""
    return revised(OLD, before(tables), now)


def released(table: Counts, known: Known | None = None) -> Release:
    """Protect one table."""
    return protect({table.name: table}, [], RULE, known or Known())


def as_published(table: Counts, *hidden: str) -> Protected:
    """The table with just these rows hidden, as somebody without a gate would publish it."""
    cells = {
        key: tuple(SUPPRESSED if " ".join(map(written, key)) in hidden else Cell(value) for value in row)
        for key, row in table.cells.items()
    }
    return Protected(table.name, table.dimensions, table.figures, cells, additive=table.additive, persons=True)


ROWS = """
    place | persons
    a     | {a}
    b     | {b}
    c     | {c}
    d     | {d}
    total | {total}
"""


def places(a: int, b: int, c: int, d: int) -> Counts:
    """A table of four places."""
    return counts("t", ROWS.format(a=a, b=b, c=c, d=d, total=a + b + c + d), additive=["place"])


def test_another_pattern_for_the_same_counts_gives_both_away() -> None:
    """Each edition hides the small cell and one more, but not the same: what one hides the other shows."""
    table = places(3, 20, 30, 40)
    old, new = as_published(table, "a", "b"), as_published(table, "a", "c")
    assert not examine([old], [], RULE).leaks
    assert not examine([new], [], RULE).leaks
    assert examine([new], [], RULE, linked([old], [table])).leaks == (f"{OLD}:t", "t")


def test_the_older_pattern_is_kept() -> None:
    old = as_published(places(3, 20, 30, 40), "a", "c")
    now = places(3, 20, 30, 40)
    assert marks(released(now)["t"])["b"] == "··"  # the cheapest beside a
    shown = released(now, linked([old], [now]))
    assert {name for name, mark in marks(shown["t"]).items() if mark == "··"} == {"a", "c"}
    assert not examine(shown.tables.values(), shown.relations, RULE, linked([old], [now])).leaks


def test_a_cell_that_was_hidden_stays_hidden_when_it_has_grown_or_is_nothing() -> None:
    old = as_published(places(3, 20, 30, 40), "a", "b")
    for grown in (0, 9):
        now = places(grown, 20, 30, 40)
        assert kept(linked([old], [now])) == {at("t", "a"), at("t", "b")}
        shown = released(now, linked([old], [now]))
        assert marks(shown["t"])["a"] == "··"
        assert not examine(shown.tables.values(), shown.relations, RULE, linked([old], [now])).leaks


def test_a_visible_change_of_a_few_is_late_registration_and_allowed() -> None:
    old = released(places(30, 20, 30, 40))
    now = places(30, 22, 30, 41)
    shown = released(now, linked(old.tables.values(), [now]))
    assert shown.pattern == ()
    assert shown["t"].cells["b",] == (Cell(22),)


def test_beneath_an_unchanged_sum_the_parts_are_taken_as_unchanged() -> None:
    """The new edition alone may show b. But then b was as many before, and so a is known, in both."""
    old = as_published(places(3, 20, 30, 40), "a", "b")
    now = places(3, 20, 30, 40)
    shown = as_published(now, "a", "c")
    scene = seen([shown], held_within([now]), linked([old], [now]), RULE)
    hidden = [at("t", "a"), at("t", "c")]
    found, _ = derivable(scene, linked([old], [now]), hidden, 5)
    assert {cell for cell in found if cell.table == "t"} == {at("t", "a")}


def test_beneath_a_changed_sum_no_more_than_it_changed() -> None:
    """Two came, somewhere among the hidden: b, shown as 20 now, was 18 to 20 then, and so a was 3 to 5."""
    old = as_published(places(3, 20, 30, 40), "a", "b")
    now = places(5, 20, 30, 40)
    scene = seen([as_published(now)], held_within([now]), linked([old], [now]), RULE)
    found, _ = derivable(scene, linked([old], [now]), [], 5)
    assert at(f"{OLD}:t", "a") in found


def test_that_somebody_came_may_be_seen_though_where_they_stand_is_hidden() -> None:
    """One came, to a or b; both sums say so. That is late registration, and both cells stay as open as before."""
    old = as_published(places(3, 20, 30, 40), "a", "b")
    now = places(4, 20, 30, 40)
    shown = released(now, linked([old], [now]))
    assert set(shown.pattern) == {at("t", "a"), at("t", "b")}
    assert shown["t"].cells[TOTAL,] == (Cell(94),)
    assert not examine(shown.tables.values(), shown.relations, RULE, linked([old], [now])).leaks


def test_many_who_came_leave_the_older_cell_open() -> None:
    old = as_published(places(3, 20, 30, 40), "a", "b")
    now = places(3, 120, 30, 40)
    scene = seen([as_published(now, "a", "b")], held_within([now]), linked([old], [now]), RULE)
    assert derivable(scene, linked([old], [now]), [at("t", "a"), at("t", "b")], 5)[0] == []


def test_a_cell_that_was_shown_once_is_not_guarded_afterwards() -> None:
    """An older edition told that there were 7. That it is 4 now is hidden, but whoever reads both can tell nearly."""
    old = as_published(places(7, 20, 30, 40))
    now = places(4, 20, 30, 40)
    shown = released(now, linked([old], [now]))
    assert marks(shown["t"])["a"] == "··"
    assert not examine(shown.tables.values(), shown.relations, RULE, linked([old], [now])).leaks


def test_changes_of_a_whole_table_give_no_hidden_cell_away() -> None:
    text = (
        "row | x | y | z | w\na | {} | 20 | 30 | 11\nb | 4 | {} | {} | 12\nc | 70 | 80 | {} | 13\nd | 9 | 1 | 15 | 14"
    )
    first = crossed("t", text.format(3, 50, 60, 2))
    second = crossed("t", text.format(4, 49, 60, 3))
    old = released(first)
    known = linked(old.tables.values(), [second])
    new = released(second, known)
    assert set(old.pattern) <= set(new.pattern)
    assert not examine(new.tables.values(), new.relations, RULE, known).leaks
    assert new.pattern == released(second, known).pattern


def test_a_third_edition_is_linked_through_the_second() -> None:
    table = places(3, 20, 30, 40)
    first = earlier("first", [as_published(table, "a", "b")], [], RULE)
    second = earlier("second", [as_published(table, "a", "b")], [], RULE)
    pairs = {Address("second:t", key): Address("first:t", key) for key in table.cells}
    known = revised("second", first | second | Known(revised=pairs), [table])
    shown = released(table, known)
    assert set(shown.pattern) == {at("t", "a"), at("t", "b")}
    assert not examine(shown.tables.values(), shown.relations, RULE, known).leaks
    assert examine([as_published(table, "a", "c")], [], RULE, known).leaks


@pytest.mark.parametrize("removed", [1, 2, 3])
def test_those_who_were_removed_are_somewhere_among_the_hidden(removed: int) -> None:
    old = released(places(3, 20, 30, 40))
    now = places(3 - removed, 20, 30, 40)
    known = linked(old.tables.values(), [now])
    shown = released(now, known)
    assert not examine(shown.tables.values(), shown.relations, RULE, known).leaks
