"""Comparisons choose their word from the cells."""

from fractions import Fraction

from finsam.disclosure.protect import MISSING, SUPPRESSED, Cell
from finsam.statistics.derived.comparisons import Extreme, Trend, extreme, most_common, trend
from finsam.statistics.derived.shares import change, difference, share, table


def test_a_figure_rose_fell_or_is_unchanged() -> None:
    assert trend(Cell(3), Cell(4)) is Trend.ROSE
    assert trend(Cell(4), Cell(3)) is Trend.FELL
    assert trend(Cell(3), Cell(3)) is Trend.UNCHANGED


def test_nothing_is_said_about_a_cell_that_is_not_shown() -> None:
    assert trend(SUPPRESSED, Cell(4)) is None
    assert trend(Cell(4), MISSING) is None


def test_the_newest_year_is_the_lowest_only_when_it_is_alone_and_every_year_is_shown() -> None:
    assert extreme([Cell(9), Cell(8), Cell(7)]) is Extreme.LOWEST
    assert extreme([Cell(7), Cell(8), Cell(9)]) is Extreme.HIGHEST
    assert extreme([Cell(7), Cell(8), Cell(7)]) is None
    assert extreme([Cell(9), SUPPRESSED, Cell(7)]) is None


def test_the_most_common_is_all_that_share_the_first_place() -> None:
    assert most_common({"a": Cell(1), "b": Cell(3), "c": Cell(3)}) == ("b", "c")
    assert most_common({"a": Cell(0)}) == ()
    assert most_common({}) == ()


def test_a_share_falls_with_its_numerator_and_with_its_base() -> None:
    assert share(Cell(1), Cell(3)) == Cell(Fraction(100, 3))
    assert share(SUPPRESSED, Cell(40)) == SUPPRESSED
    assert share(Cell(9), SUPPRESSED) == SUPPRESSED
    assert share(MISSING, SUPPRESSED) == SUPPRESSED
    assert share(MISSING, Cell(40)) == MISSING
    assert share(Cell(0), Cell(0)) == MISSING


def test_a_change_in_running_text_falls_with_either_year() -> None:
    assert change(Cell(100), Cell(85)) == Cell(Fraction(-15))
    assert change(SUPPRESSED, Cell(85)) == SUPPRESSED
    assert change(Cell(85), SUPPRESSED) == SUPPRESSED
    assert difference(Cell(154), Cell(147)) == Cell(-7)
    assert change(Cell(0), Cell(5)) == MISSING


def test_a_row_with_a_hidden_figure_is_hidden_all_through() -> None:
    shown = table("shares", ("sex",), ("percent", "base"), {("women",): (SUPPRESSED, Cell(40))})
    assert shown.cells["women",] == (SUPPRESSED, SUPPRESSED)
