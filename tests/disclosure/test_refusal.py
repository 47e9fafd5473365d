"""A publication that nothing makes safe: the sentence names its tables, and a coarser one that would do."""

import pytest

from finsam.disclosure.cells import Counts, Rule
from finsam.disclosure.protect import Known, protect
from finsam.disclosure.refusal import UnprotectableError, coarser
from finsam.disclosure.relations import Relation, at_most
from tests.disclosure.publications import at, crossed

RULE = Rule()
TABLE = crossed(
    "t",
    """
    row | x  | y  | z
    a   | 3  | 20 | 30
    b   | 40 | 50 | 60
    """,
)


def bounded(cell: str, *key: str, least: int, most: int) -> list[Relation]:
    """Say that everybody knows a cell to within a few, whatever we do: the register of another authority says so."""
    return [Relation(((1, at(cell, *key)),), True, least), Relation(((-1, at(cell, *key)),), True, -most)]


def test_what_others_have_published_about_every_other_cell_stops_nothing_that_it_gives_away_itself() -> None:
    known = Known(relations=tuple(bounded("t", "a", "x", least=2, most=4)))
    assert at("t", "a", "x") in protect({"t": TABLE}, [], RULE, known).pattern


def test_zeros_and_figures_of_others_that_leave_no_room_stop_the_table_and_a_coarser_one_is_named() -> None:
    """Everybody knows the row's other cells and its sum, through limits that alone tell nothing of the small one."""
    near = [
        Relation(((1, at("t", "a", "y")), (1, at("t", "a", "z")), (-1, at("t", "a", "total"))), True, -3),
    ]
    with pytest.raises(UnprotectableError) as refused:
        protect({"t": TABLE}, near, RULE)
    assert refused.value.tables == ("t",)
    assert refused.value.instead == ("t", "column")
    assert "Gör tabellen t grövre: utan uppdelning på column" in refused.value.sentence
    assert protect({"t": coarser(TABLE, "column")}, [], RULE).pattern == ()


def test_a_table_without_sums_has_no_coarser_one() -> None:
    """Everybody knows that a is at most b, and b at most four, so that neither can be much else."""
    table = Counts("t", ("group",), ("persons",), {("a",): (3,), ("b",): (4,)})
    held = [at_most(at("t", "a"), at("t", "b")), Relation(((-1, at("t", "b")),), True, -4)]
    with pytest.raises(UnprotectableError, match="också i en grövre tabell"):
        protect({"t": table}, held, RULE)
