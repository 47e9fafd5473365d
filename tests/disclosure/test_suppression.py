"""Each way that leaving out what is small gives it away all the same, and that the search for a pattern does not."""

from collections.abc import Collection, Iterable, Mapping

import pytest

from finsam.disclosure.attack.intervals import narrow
from finsam.disclosure.protect import Counts, Known, Release, Rule, protect
from finsam.disclosure.relations import Address, Relation, adds_up
from tests.disclosure.publications import at, counts, crossed, held_within, hide_small, marks, shown_in

RULE = Rule()


def small_in(tables: Iterable[Counts], threshold: int = 5) -> set[Address]:
    """Name the cells that are too small to show."""
    return {cell for table in tables for cell, value in table.filled() if 0 < value < threshold}


def given_away(
    known: Mapping[Address, int], relations: Iterable[Relation], marked: Collection[Address], width: int = 5
) -> set[Address]:
    """Attack what is not shown, with nothing but what is shown and that whatever carries a mark is not nothing."""
    held = tuple(relations)
    unknown = {cell for relation in held for _, cell in relation.terms} - known.keys()
    return set(narrow(known, held, unknown, width, marked).narrow)


def holds(tables: list[Counts], relations: Iterable[Relation] = ()) -> Release:
    """Protect, and attack what comes out."""
    given = list(relations)
    released = protect({table.name: table for table in tables}, given, RULE)
    held = [*held_within(tables), *given]
    found = given_away(shown_in(released.tables.values()), held, released.pattern)
    assert not found & (small_in(tables) | set(released.pattern))
    return released


def naively(tables: list[Counts], relations: Iterable[Relation] = (), also: Collection[Address] = ()) -> set[Address]:
    """Leave out what is small, and what is named, and attack that."""
    known = {cell: value for table in tables for cell, value in hide_small(table, also=also).items()}
    marked = {cell for table in tables if table.published for cell, _ in table.filled()} - known.keys()
    return given_away(known, [*held_within(tables), *relations], marked)


def test_a_sum_gives_the_only_hidden_part_away() -> None:
    table = crossed(
        "t",
        """
        row | x  | y  | z
        a   | 3  | 20 | 30
        b   | 40 | 50 | 60
        c   | 70 | 80 | 90
        """,
    )
    assert at("t", "a", "x") in naively([table])
    assert list(marks(holds([table])["t"]).values()).count("··") == 4


def test_two_hidden_in_every_row_and_column_can_still_be_solved() -> None:
    """Two pairs of rows share no hidden column: each square of hidden cells is known to within one person."""
    table = crossed(
        "t",
        """
        row | w  | x  | y  | z
        a   | 1  | 2  | 30 | 40
        b   | 2  | 1  | 50 | 60
        c   | 70 | 80 | 2  | 1
        d   | 90 | 95 | 1  | 2
        """,
    )
    known = hide_small(table)
    hidden = [cell for cell, _ in table.filled() if cell not in known]
    assert all(sum(cell.key[place] == code for cell in hidden) == 2 for place, code in ((0, "a"), (0, "d"), (1, "w")))
    assert naively([table]) == set(hidden)
    holds([table])


def test_a_table_that_does_not_add_up_gives_a_cell_away_by_its_total_less_the_others() -> None:
    """One person can have several supports, so nobody knows the sum; all the same, at most seven have each of them."""
    table = counts(
        "t",
        """
        support | persons
        cash    | 6
        none    | 3
        total   | 7
        """,
    )
    assert not naively([table])
    assert naively([table], [Relation(((-1, at("t", "none")),), True, -4)]) == {at("t", "none")}
    small = counts("t", "support | persons\ncash | 5\nnone | 3\ntotal | 5")
    assert naively([small]) == {at("t", "none")}
    assert "5" not in (marks(holds([small])["t"])["total"], marks(holds([small])["t"])["none"])


def test_a_table_that_does_not_add_up_needs_nothing_more_where_its_total_tells_nothing() -> None:
    table = counts(
        "t",
        """
        support | persons
        cash    | 20
        social  | 19
        none    | 4
        total   | 21
        """,
    )
    assert naively([table]) == set()
    assert marks(holds([table])["t"]) == {"cash": "20", "none": "··", "social": "19", "total": "21"}


def test_tables_that_share_cells_are_protected_together() -> None:
    """The same women by age and by education: the first table alone is safe, but the second shows the sum it hides."""
    ages = counts("ages", "sex | age | persons\nwomen | a | 3\nwomen | b | 40\nwomen | total | 43", additive=["age"])
    levels = counts(
        "levels", "sex | level | persons\nwomen | low | 20\nwomen | high | 23\nwomen | total | 43", additive=["level"]
    )
    shared = [adds_up(at("ages", "women", "total"), at("levels", "women", "total"))]
    alone = naively([ages], also=[at("ages", "women", "total")])
    assert not alone
    assert naively([ages, levels], shared, also=[at("ages", "women", "total")]) >= {at("ages", "women", "a")}
    holds([ages, levels], shared)


def test_new_inside_ongoing_gives_those_away_who_began_earlier() -> None:
    ongoing = counts("ongoing", "sex | persons\nwomen | 50\nmen | 60\ntotal | 110", additive=["sex"])
    new = counts("new", "sex | persons\nwomen | 47\nmen | 30\ntotal | 77", additive=["sex"])
    rest = "sex | persons\nwomen | 3\nmen | 30\ntotal | 33"
    earlier = counts("earlier", rest, published=False, additive=["sex"])
    relations = [adds_up(at("ongoing", sex), at("new", sex), at("earlier", sex)) for sex in ("women", "men", "total")]
    assert at("earlier", "women") in naively([ongoing, new, earlier], relations, also=[c for c, _ in earlier.filled()])
    released = holds([ongoing, new, earlier], relations)
    assert "earlier" not in released.tables


def test_identified_inside_participants_gives_the_anonymous_away() -> None:
    text = """
        figure       | sex   | persons
        identified   | women | 100
        identified   | men   | 90
        identified   | total | 190
        anonymous    | women | 2
        anonymous    | men   | 30
        anonymous    | total | 32
        participants | women | 102
        participants | men   | 120
        participants | total | 222
        """
    table = counts("t", text, additive=["sex"])
    parts = ("identified", "anonymous")
    relations = [
        adds_up(at("t", "participants", sex), *(at("t", part, sex) for part in parts))
        for sex in ("women", "men", "total")
    ]
    assert naively([table], relations) == {at("t", "anonymous", "women")}
    holds([table], relations)


def test_whoever_is_alone_in_a_cell_knows_it_and_learns_no_other() -> None:
    """To everyone else the two are wide enough; the one woman works out that there are four men."""
    table = counts(
        "t",
        """
        sex   | persons
        women | 1
        men   | 6
        total | 7
        """,
        additive=["sex"],
    )
    hidden = {at("t", "women"), at("t", "men")}
    known = {at("t", "total"): 7}
    assert not given_away(known, held_within([table]), hidden)
    assert given_away(known | {at("t", "women"): 1}, held_within([table]), hidden) == {at("t", "men")}
    shown = shown_in(holds([table]).tables.values())
    assert not given_away(shown | {at("t", "women"): 1}, held_within([table]), hidden)


def test_whoever_is_alone_learns_no_other_cell_of_a_whole_table() -> None:
    table = crossed(
        "t",
        """
        row | x | y | z
        a   | 1 | 4 | 9
        b   | 2 | 1 | 7
        c   | 8 | 6 | 1
        """,
    )
    held, small = held_within([table]), small_in([table])
    shown = shown_in(holds([table]).tables.values())
    for alone in (cell for cell, value in table.filled() if value == 1):
        assert not given_away(shown | {alone: 1}, held, small) & (small - {alone}), alone


@pytest.mark.parametrize(("threshold", "hidden"), [(5, False), (6, True)])
def test_five_persons_are_shown_unless_the_threshold_is_six(threshold: int, hidden: bool) -> None:
    table = counts("t", "group | persons\na | 5\nb | 60")
    shown = marks(protect({"t": table}, [], Rule(threshold=threshold))["t"])
    assert shown == {"a": "··" if hidden else "5", "b": "60"}


def test_zeros_that_may_not_be_published_are_protected_as_the_small() -> None:
    table = counts(
        "t",
        """
        sex   | persons
        women | 0
        men   | 40
        total | 40
        """,
        additive=["sex"],
    )
    assert marks(protect({"t": table}, [], RULE)["t"]) == {"men": "40", "total": "40", "women": "0"}
    shown = marks(protect({"t": table}, [], Rule(zeros_published=False))["t"])
    assert shown == {"men": "··", "total": "40", "women": "··"}


def test_a_county_between_its_municipalities_and_the_nation_is_a_sum_too() -> None:
    text = """
        place | persons
        a     | 3
        b     | 40
        c     | 50
        d     | 60
        north | 43
        south | 110
        total | 153
        """
    table = counts("t", text, additive=["place"])
    nested = Counts(
        "t",
        table.dimensions,
        table.figures,
        table.cells,
        additive=table.additive,
        parents={"place": {"a": "north", "b": "north", "c": "south", "d": "south"}},
    )
    assert naively([nested]) == {at("t", "a")}
    hidden = {name for name, mark in marks(holds([nested])["t"]).items() if mark == "··"}
    assert hidden == {"a", "b"}


def test_the_pattern_and_the_log_come_in_order_and_the_log_tells_no_figure() -> None:
    table = counts("t", "sex | persons\nwomen | 3\nmen | 40\ntotal | 43", additive=["sex"])
    released = protect({"t": table}, [], RULE)
    assert released.pattern == (at("t", "men"), at("t", "women"))
    assert not released.log.leaks
    assert (released.log.cells, released.log.hidden, dict(released.log.relations)) == (3, 2, {"sum": 1})
    assert released.log.solver.startswith("HiGHS")


def test_a_proposed_pattern_is_only_where_the_search_begins() -> None:
    table = crossed("t", "row | x | y | z\na | 3 | 20 | 30\nb | 40 | 50 | 60\nc | 70 | 80 | 90")
    everything = [cell for cell, _ in table.filled()]
    known = Known(propose=lambda table, rule: everything)
    released = protect({"t": table}, [], RULE, known)
    assert at("t", "a", "x") in released.pattern
    assert len(released.pattern) < len(everything)
    assert released.pattern == protect({"t": table}, [], RULE, known).pattern


def test_progress_goes_from_nothing_to_all() -> None:
    told: list[float] = []
    table = crossed("t", "row | x | y | z\na | 3 | 20 | 30\nb | 40 | 50 | 60\nc | 70 | 80 | 90")
    protect({"t": table}, [], RULE, progress=told.append)
    assert told == sorted(told)
    assert 0 <= told[0] <= told[-1] <= 1
