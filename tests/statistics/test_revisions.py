"""Two publications of the same cells are compared as people see them."""

from fractions import Fraction

from finsam.disclosure.cells import SUPPRESSED, Cell, Protected
from finsam.statistics.derived.revisions import changes, shared


def table(name: str, *rows: tuple[str, Cell]) -> Protected:
    return Protected(name, ("year",), ("persons",), {(year,): (cell,) for year, cell in rows})


def test_cells_that_changed_are_given_with_what_they_were() -> None:
    before = [table("a", ("2019", Cell(7)), ("2020", Cell(9)), ("2021", SUPPRESSED))]
    after = [table("a", ("2020", Cell(9)), ("2019", Cell(8)), ("2021", Cell(5)), ("2022", Cell(1))), table("b")]
    found = list(changes(before, after))
    assert [(one.row, one.before, one.after) for one in found] == [
        ("a 2019 persons", Cell(7), Cell(8)),
        ("a 2021 persons", SUPPRESSED, Cell(5)),
    ]
    assert shared(before, after) == 3


def test_a_share_that_is_rounded_to_the_same_has_not_changed() -> None:
    before, after = table("a", ("2019", Cell(Fraction(201, 10)))), table("a", ("2019", Cell(Fraction(199, 10))))
    assert not list(changes([before], [after]))


def test_a_table_with_other_dimensions_is_another_table() -> None:
    other = Protected("a", ("quarter",), ("persons",), {("2019",): (Cell(1),)})
    assert not list(changes([other], [table("a", ("2019", Cell(2)))]))
