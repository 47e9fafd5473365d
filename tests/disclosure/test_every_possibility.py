"""Small random publications, checked against someone who tries every possibility: a few each time, many when slow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam.disclosure.attack.examination import examine
from finsam.disclosure.attack.intervals import attack
from finsam.disclosure.cells import TOTAL, Counts, Key, Rule
from finsam.disclosure.protect import protect
from finsam.disclosure.published_before import earlier, revised
from finsam.disclosure.relations import Address, Relation, at_most
from finsam.values.keys import written
from tests.disclosure.publications import World, held_within, shown_in, worlds

SEXES = ("women", "men")
MANY = 7  # hidden cells are too many to try everything for
FEW = settings(max_examples=50, deadline=None, derandomize=True)
MANY_MORE = settings(FEW, max_examples=1_000)


@dataclass(frozen=True)
class Invented:
    """Tables of participants and of those among them who are new, and what anyone knows to hold."""

    tables: tuple[Counts, ...]
    held: tuple[Relation, ...]

    @property
    def counts(self) -> dict[str, Counts]:
        """The tables by name."""
        return {table.name: table for table in self.tables}

    @property
    def exact(self) -> dict[Address, int]:
        """The true counts."""
        return {cell: value for table in self.tables for cell, value in table.filled()}


@st.composite
def publications(draw: st.DrawFn) -> Invented:
    """People of two sexes who have one support or the other, or both where the dimension does not add up."""
    adds, kinds = (True, ("x", "y")) if draw(st.booleans()) else (False, ("x", "y", "xy"))
    some = [key for key in product(SEXES, kinds) if draw(st.booleans())]
    people = {key: draw(st.tuples(st.integers(0, 2), st.integers(0, 1))) for key in some}
    new = _table("new", {key: among for key, (_, among) in people.items()}, adds=adds)
    everyone = _table("all", {key: others + among for key, (others, among) in people.items()}, adds=adds)
    tables = (everyone, new) if draw(st.booleans()) else (everyone,)
    inside = tuple(at_most(Address("new", key), Address("all", key)) for key in new.cells)
    return Invented(tables, (*held_within(tables), *(inside if len(tables) == 2 else ())))


def _crossed(*codes: Key) -> Iterable[Key]:
    return product(*((*some, TOTAL) for some in codes))


def _table(name: str, people: Mapping[Key, int], *, adds: bool) -> Counts:
    cells: dict[Key, int] = dict.fromkeys(_crossed(SEXES, ("x", "y")), 0)
    for (sex, kinds), number in people.items():
        for key in _crossed((sex,), tuple(written(kinds))):
            cells[key] += number
    additive = frozenset({"sex", "support"} if adds else {"sex"})
    return Counts(name, ("sex", "support"), ("persons",), {k: (v,) for k, v in cells.items()}, additive=additive)


@FEW
@given(publications(), st.data())
def test_the_attack_finds_the_ends_that_trying_everything_finds(invented: Invented, data: st.DataObject) -> None:
    _assert_ends_are_found(invented, data)


@pytest.mark.slow
@MANY_MORE
@given(publications(), st.data())
def test_the_attack_finds_the_ends_that_trying_everything_finds_in_a_long_search(
    invented: Invented, data: st.DataObject
) -> None:
    _assert_ends_are_found(invented, data)


def _assert_ends_are_found(invented: Invented, data: st.DataObject) -> None:
    exact = invented.exact
    total = Address("all", (TOTAL, TOTAL))
    unknown = data.draw(st.lists(st.sampled_from(sorted(exact.keys() - {total})), min_size=1, max_size=6, unique=True))
    known = {cell: value for cell, value in exact.items() if cell not in unknown}
    possible = list(worlds(known, unknown, invented.held, most=exact[total]))
    for cell, interval in attack(known, invented.held, unknown).items():
        values = [world[cell] for world in possible]
        assert (interval.lower, interval.upper) == (min(values), max(values)), cell


@FEW
@given(publications(), st.integers(2, 4), st.booleans())
def test_what_protect_hides_stays_open_to_one_who_tries_everything(
    invented: Invented, threshold: int, zeros: bool
) -> None:
    _assert_hidden_stays_open(invented, threshold, zeros=zeros)


@pytest.mark.slow
@MANY_MORE
@given(publications(), st.integers(2, 4), st.booleans())
def test_what_protect_hides_stays_open_to_one_who_tries_everything_in_a_long_search(
    invented: Invented, threshold: int, zeros: bool
) -> None:
    _assert_hidden_stays_open(invented, threshold, zeros=zeros)


def _assert_hidden_stays_open(invented: Invented, threshold: int, *, zeros: bool) -> None:
    rule = Rule(threshold, zeros_published=zeros)
    released = protect(invented.counts, invented.held, rule)
    exact, shown = invented.exact, shown_in(released.tables.values())
    assert shown == {cell: exact[cell] for cell in exact.keys() - set(released.pattern)}
    assert not any(rule.is_small(value) for value in shown.values())
    assert released == protect(invented.counts, reversed(invented.held), rule)
    assert not examine(released.tables.values(), released.relations, rule).leaks
    if len(released.pattern) <= MANY:
        _assert_open(released.pattern, shown, exact, invented.held, rule)


def _assert_open(
    hidden: tuple[Address, ...], shown: World, exact: World, held: tuple[Relation, ...], rule: Rule
) -> None:
    least = 1 if rule.zeros_published else 0  # a mark tells that there is somebody
    possible = list(worlds(shown, hidden, held, least=least, most=max(exact.values()) + rule.threshold))
    for cell in hidden:
        values = [world[cell] for world in possible]
        assert max(values) - min(values) >= rule.threshold, cell


@st.composite
def editions(draw: st.DrawFn) -> tuple[Counts, Counts]:
    """The same table twice, the second time with a few people more and a few fewer."""
    keys: list[Key] = list(product(SEXES, ("x", "y")))
    first = {key: draw(st.integers(0, 4)) for key in keys}
    second = {key: max(0, number + draw(st.sampled_from((0, 0, 0, 1, 2, -1)))) for key, number in first.items()}
    return _table("t", first, adds=True), _table("t", second, adds=True)


@FEW
@given(editions(), st.integers(2, 3))
def test_an_edition_beside_an_older_one_gives_neither_away(tables: tuple[Counts, Counts], threshold: int) -> None:
    _assert_neither_is_given_away(tables, threshold)


@pytest.mark.slow
@MANY_MORE
@given(editions(), st.integers(2, 3))
def test_an_edition_beside_an_older_one_gives_neither_away_in_a_long_search(
    tables: tuple[Counts, Counts], threshold: int
) -> None:
    _assert_neither_is_given_away(tables, threshold)


def _assert_neither_is_given_away(tables: tuple[Counts, Counts], threshold: int) -> None:
    old, new = tables
    rule = Rule(threshold)
    before = protect({"t": old}, [], rule)
    known = revised("old", earlier("old", before.tables.values(), [], rule), [new])
    released = protect({"t": new}, [], rule, known)
    assert set(before.pattern) <= set(released.pattern)
    assert not examine(released.tables.values(), released.relations, rule, known).leaks
    older = [cell._replace(table="old:t") for cell in before.pattern]
    if len(older) + len(released.pattern) <= MANY:
        shown = shown_in([*released.tables.values(), replace(before["t"], name="old:t")])
        held = (*held_within([new]), *known.relations)
        _assert_open_to_the_parsimonious(older, released.pattern, shown, held, threshold)


def _assert_open_to_the_parsimonious(
    older: list[Address], newer: tuple[Address, ...], shown: World, held: tuple[Relation, ...], threshold: int
) -> None:
    possible = list(worlds(shown, [*older, *newer], held, least=1, most=max(shown.values(), default=0) + threshold))
    churn = [_changes(world) for world in possible]
    likely = [world for world, changes in zip(possible, churn, strict=True) if changes == min(churn)]
    for cell in older:
        values = [world[cell] for world in likely]
        assert max(values) - min(values) >= threshold, cell


def _changes(world: World) -> int:
    """How many came and went in all cells together."""
    return sum(abs(value - world[cell._replace(table="old:t")]) for cell, value in world.items() if cell.table == "t")
