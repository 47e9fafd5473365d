"""Cells made of cells that may be shown fall with them."""

import pytest

from finsam.disclosure.cells import MISSING, SUPPRESSED, Cell, Key
from finsam.statistics.derived.shares import change, difference, share, table, total


def test_a_sum_of_shown_cells_is_shown() -> None:
    assert total([Cell(5), Cell(0), Cell(7)]) == Cell(12)
    assert total([]) == Cell(0)


@pytest.mark.parametrize("cells", [[Cell(5), SUPPRESSED], [SUPPRESSED, MISSING, Cell(1)]])
def test_a_sum_with_a_hidden_part_is_hidden(cells: list[Cell]) -> None:
    assert total(cells) == SUPPRESSED


def test_a_sum_with_a_part_nobody_registered_is_missing() -> None:
    assert total([Cell(5), MISSING]) == MISSING


def test_of_two_cells_the_worse_mark_stands() -> None:
    assert [made(SUPPRESSED, MISSING) for made in (share, change, difference)] == [SUPPRESSED] * 3
    assert share(Cell(5), Cell(0)) == MISSING
    assert share(Cell(5), Cell(4)) == MISSING  # no share is over a hundred percent


def test_a_row_falls_together() -> None:
    rows: dict[Key, tuple[Cell, ...]] = {("women",): (Cell(5), SUPPRESSED)}
    assert table("t", ("sex",), ("before", "now"), rows).cells["women",] == (SUPPRESSED, SUPPRESSED)
