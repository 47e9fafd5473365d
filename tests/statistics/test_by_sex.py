"""Women, men and all side by side."""

from fractions import Fraction

from finsam.disclosure.cells import MISSING, SUPPRESSED, TOTAL, Cell, Key, Protected
from finsam.statistics.derived import by_sex as derived_by_sex
from finsam.statistics.derived.reliability import Share

HIDDEN = SUPPRESSED


def by_sex(name: str, *rows: tuple[str, Cell, Cell, Cell]) -> Protected:
    """A table by year and sex."""
    sexes: Key = ("women", "men", TOTAL)
    cells: dict[Key, tuple[Cell, ...]] = {
        (year, sex): (cell,) for year, *three in rows for sex, cell in zip(sexes, three, strict=True)
    }
    return Protected(name, ("period", "sex"), ("persons",), cells)


def test_numbers_have_a_difference_and_the_share_of_women() -> None:
    (row,) = derived_by_sex.numbers(by_sex("new", ("2020", Cell(30), Cell(10), Cell(40))), "persons")
    assert row.key == ("2020",)
    assert (row.women, row.men, row.total) == (Cell(30), Cell(10), Cell(40))
    assert row.difference == Cell(20)
    assert row.share == Share(Cell(Fraction(75)), Cell(40))


def test_what_is_hidden_hides_the_difference_and_the_share() -> None:
    (row,) = derived_by_sex.numbers(by_sex("new", ("2020", HIDDEN, HIDDEN, Cell(40))), "persons")
    assert row.difference == HIDDEN
    assert row.share == Share(HIDDEN, Cell(40))


def test_shares_are_of_each_sex_and_differ_by_percentage_points() -> None:
    parts = by_sex("parts", ("2019", Cell(5), Cell(1), Cell(6)), ("2020", Cell(5), Cell(6), Cell(11)))
    bases = by_sex("bases", ("2019", Cell(20), Cell(0), Cell(20)), ("2020", Cell(20), Cell(10), Cell(30)))
    empty, row = derived_by_sex.shares(parts, "persons", bases, "persons")
    assert (row.women.percent, row.men.percent) == (Cell(Fraction(25)), Cell(Fraction(60)))
    assert row.difference == Cell(Fraction(-35))
    assert (row.women.few, row.men.few, row.total.few) == (False, True, False)
    assert empty.difference == MISSING


def test_a_hidden_base_hides_the_difference() -> None:
    parts = by_sex("parts", ("2020", Cell(5), Cell(6), Cell(11)))
    bases = by_sex("bases", ("2020", HIDDEN, Cell(10), HIDDEN))
    (row,) = derived_by_sex.shares(parts, "persons", bases, "persons")
    assert row.difference == HIDDEN
    assert row.men.percent == Cell(Fraction(60))
