"""The gate: small counts of persons are hidden, and so is whatever would give them away."""

import ast
import random
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest

import finsam
from finsam.disclosure.attack.intervals import attack
from finsam.disclosure.cells import TOTAL, Key
from finsam.disclosure.protect import Cell, Counts, Protected, Rule, Status, protect
from finsam.disclosure.relations import Address, Relation, adds_up, at_most
from tests.disclosure.publications import at, by_sex, counts, is_wide, marks, shown_in

RULE = Rule()


def intruder_finds_nothing(
    given: dict[str, Counts], relations: list[Relation], shown: Mapping[str, Protected], width: int = 5
) -> None:
    """Attack what was let out, cell by cell, with nothing else to go by."""
    known = shown_in(shown.values())
    every = {cell for relation in relations for _, cell in relation.terms}
    exact = {Address(t.name, key): row[0] for t in given.values() for key, row in t.cells.items()}
    targets = [cell for cell in every - known.keys() if cell.table in shown or 0 < (exact[cell] or 0) < width]
    present = frozenset[Address]().union(*(table.present(RULE) for table in shown.values()))
    for cell, interval in attack(known, relations, targets, present).items():
        assert is_wide(interval, width), (cell, interval)


def test_four_persons_are_hidden_five_are_shown_and_none_is_shown_as_none() -> None:
    table = counts(
        "t",
        """
        group | persons
        a     | 4
        b     | 5
        c     | 0
        d     | 1
        e     |
        """,
    )
    assert marks(protect({"t": table}, [], RULE)["t"]) == {"a": "··", "b": "5", "c": "0", "d": "··", "e": "–"}


def test_zeros_are_hidden_where_the_rule_says_so() -> None:
    table = counts("t", "group | persons\na | 0\nb | 7")
    assert marks(protect({"t": table}, [], Rule(zeros_published=False))["t"]) == {"a": "··", "b": "7"}


def test_counts_of_things_are_never_hidden() -> None:
    table = counts("t", "group | interventions\na | 1", persons=False)
    assert marks(protect({"t": table}, [], RULE)["t"]) == {"a": "1"}


def test_a_rule_that_would_publish_everything_is_refused() -> None:
    with pytest.raises(ValueError, match="minst 2"):
        Rule(threshold=1)


def test_the_other_sex_is_hidden_too_so_that_the_sum_tells_nothing() -> None:
    given = {
        "t": counts(
            "t",
            """
            sex   | persons
            women | 3
            men   | 40
            total | 43
            """,
        )
    }
    shown = protect(given, [by_sex("t")], RULE).tables
    assert marks(shown["t"]) == {"women": "··", "men": "··", "total": "43"}
    intruder_finds_nothing(given, [by_sex("t")], shown)


def test_two_small_cells_of_a_small_sum_hide_the_sum_or_stand_wide_enough() -> None:
    given = {"t": counts("t", "sex | persons\nwomen | 1\nmen | 2\ntotal | 3")}
    assert set(marks(protect(given, [by_sex("t")], RULE)["t"]).values()) == {"··"}
    given = {"t": counts("t", "sex | persons\nwomen | 2\nmen | 4\ntotal | 6")}
    assert set(marks(protect(given, [by_sex("t")], RULE)["t"]).values()) == {
        "··"
    }  # both are one at least, five at most
    given = {"t": counts("t", "sex | persons\nwomen | 3\nmen | 4\ntotal | 7")}
    shown = protect(given, [by_sex("t")], RULE).tables
    assert marks(shown["t"]) == {"women": "··", "men": "··", "total": "7"}


def test_many_parts_of_a_small_sum_hide_the_sum() -> None:
    """Five marks and a zero under a six: each mark would be one or two."""
    ages = "age | persons\na | 1\nb | 1\nc | 1\nd | 1\ne | 2\nf | 0\ntotal | 6"
    table = counts("t", ages, additive=["age"])
    assert marks(protect({"t": table}, [], RULE)["t"])["total"] == "··"


def test_a_zero_beside_a_small_cell_hides_the_sum() -> None:
    given = {"t": counts("t", "sex | persons\nwomen | 3\nmen | 0\ntotal | 3")}
    assert marks(protect(given, [by_sex("t")], RULE)["t"]) == {"women": "··", "men": "0", "total": "··"}


def test_a_small_difference_between_ongoing_and_new_is_a_margin_too() -> None:
    given = {
        "ongoing": counts("ongoing", "sex | persons\nwomen | 50\nmen | 60\ntotal | 110"),
        "new": counts("new", "sex | persons\nwomen | 47\nmen | 30\ntotal | 77"),
        "older": counts("older", "sex | persons\nwomen | 3\nmen | 30\ntotal | 33", published=False),
    }
    relations = [by_sex(name) for name in given]
    relations += [adds_up(at("ongoing", sex), at("new", sex), at("older", sex)) for sex in ("women", "men", "total")]
    shown = protect(given, relations, RULE).tables
    assert "older" not in shown
    assert "··" in {marks(shown["ongoing"])["women"], marks(shown["new"])["women"]}
    intruder_finds_nothing(given, relations, shown)


def test_identified_and_counted_heads_are_margins_of_all_participants() -> None:
    given = {
        "totals": counts(
            "totals",
            """
            figure       | sex   | persons
            identified   | women | 100
            identified   | men   | 90
            identified   | total | 190
            anonymous    | women | 2
            anonymous    | men   | 30
            anonymous    | total | 32
            volume       | women | 40
            volume       | men   | 50
            volume       | total | 90
            participants | women | 142
            participants | men   | 170
            participants | total | 312
            """,
        )
    }
    figures = ("identified", "anonymous", "volume")
    relations = [by_sex("totals", figure) for figure in (*figures, "participants")]
    relations += [
        adds_up(at("totals", "participants", sex), *(at("totals", figure, sex) for figure in figures))
        for sex in ("women", "men", "total")
    ]
    shown = protect(given, relations, RULE).tables
    hidden = {key for key, mark in marks(shown["totals"]).items() if mark == "··"}
    assert "anonymous women" in hidden
    assert len(hidden) >= 4  # two in two rows and two columns at least
    intruder_finds_nothing(given, relations, shown)


def test_a_missing_figure_takes_its_relations_with_it() -> None:
    given = {"t": counts("t", "sex | persons\nwomen |\nmen | 3\ntotal |")}
    assert marks(protect(given, [by_sex("t")], RULE)["t"]) == {"women": "–", "men": "··", "total": "–"}


def test_counts_that_do_not_agree_are_an_error_and_not_published() -> None:
    given = {"t": counts("t", "sex | persons\nwomen | 544\nmen | 467\ntotal | 1021")}
    with pytest.raises(ValueError, match="do not agree"):
        protect(given, [by_sex("t")], RULE)


def test_a_square_with_two_hidden_in_every_row_and_column_can_still_be_solved_and_is_widened() -> None:
    """Two pairs of hidden cells that do not hang together: each is worked out to within a few persons."""
    rows = {"a": [3, 1, 30, 40], "b": [1, 2, 50, 60], "c": [70, 80, 2, 2], "d": [90, 95, 1, 3]}
    given, relations = _square(rows)
    shown = protect(given, relations, RULE).tables
    intruder_finds_nothing(given, relations, shown)


def test_the_same_counts_give_the_same_pattern() -> None:
    given, relations = _square({"a": [3, 11, 30], "b": [12, 13, 14], "c": [15, 16, 17]})
    first = protect(given, relations, RULE)
    assert first == protect(dict(reversed(given.items())), list(reversed(relations)), RULE)


@pytest.mark.parametrize("seed", range(25))
def test_no_hidden_cell_of_an_invented_publication_can_be_worked_out(seed: int) -> None:
    chance = random.Random(seed)
    sizes = [0, 1, 2, 3, 4, 5, 7, 12, 90]
    rows = {name: [chance.choice(sizes) for _ in range(3)] for name in "abcd"}
    given, relations = _square(rows)
    part = {key: (chance.randint(0, row[0] or 0),) for key, row in given["t"].cells.items() if TOTAL not in key}
    given["new"] = Counts("new", ("row", "column"), ("persons",), part)
    rest = {key: ((given["t"].cells[key][0] or 0) - (row[0] or 0),) for key, row in part.items()}
    given["older"] = Counts("older", ("row", "column"), ("persons",), rest, published=False)
    relations += [adds_up(at("t", *key), at("new", *key), at("older", *key)) for key in part]
    relations += [at_most(at("new", *key), at("t", *key)) for key in part]
    shown = protect(given, relations, RULE).tables
    intruder_finds_nothing(given, relations, shown)
    for table in shown.values():
        for key, cells in table.cells.items():
            exact = given[table.name].cells[key][0] or 0
            assert cells[0] in (Cell(exact), Cell(None, Status.SUPPRESSED))
            assert cells[0].status is Status.SUPPRESSED or not 0 < exact < 5
            assert cells[0].status is Status.OK or exact, "a zero is never hidden for the sake of another cell"


def _square(rows: dict[str, list[int]]) -> tuple[dict[str, Counts], list[Relation]]:
    columns = [str(number) for number in range(len(next(iter(rows.values()))))]
    cells: dict[Key, int] = {
        (row, column): value for row, values in rows.items() for column, value in zip(columns, values, strict=True)
    }
    cells |= {(row, TOTAL): sum(values) for row, values in rows.items()}
    every: Key = (*columns, TOTAL)
    cells |= {(TOTAL, column): sum(cells[row, column] for row in rows) for column in every}
    relations = [adds_up(at("t", row, "total"), *(at("t", row, c) for c in columns)) for row in (*rows, "total")]
    relations += [adds_up(at("t", "total", c), *(at("t", row, c) for row in rows)) for c in (*columns, "total")]
    table = Counts("t", ("row", "column"), ("persons",), {key: (value,) for key, value in cells.items()})
    assert len(cells) == len(list(product((*rows, TOTAL), (*columns, TOTAL))))
    return {"t": table}, relations


MADE = ("Protected", "Cell", "read_back")  # what a module outside these rooms would let figures out with
MAY_READ_BACK = ("editions/stored/encoding.py", "table_builder/open_cube.py")  # what has been published already


def test_only_statistics_makes_cells_that_may_be_shown() -> None:
    """Types let documents take nothing but Protected; this keeps others from making one past the gate."""
    house = Path(finsam.__file__).parent
    for module in house.rglob("*.py"):
        place = module.relative_to(house)
        if place.parts[0] not in ("statistics", "disclosure"):
            calls = (node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Call))
            called = [(getattr(call.func, "id", getattr(call.func, "attr", "")), call.lineno) for call in calls]
            made = [line for name, line in called if name in MADE]
            assert not made or place.as_posix() in MAY_READ_BACK, f"{place} makes cells past the gate on lines {made}"
