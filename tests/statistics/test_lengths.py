"""Lengths in classes, and what follows from classes that may be shown."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam.disclosure.cells import MISSING, SUPPRESSED, Cell
from finsam.statistics.derived import lengths
from finsam.statistics.derived.lengths import Left, Length
from finsam.statistics.figures import durations
from finsam.statistics.figures.durations import QUARTERS, Days
from tests.tables import assert_found, rows_of

HALF = Fraction(1, 2)
MARKS = {"··": SUPPRESSED, "": MISSING}


def cell(text: str) -> Cell:
    """A cell as it is written in the tables below."""
    return MARKS[text] if text in MARKS else Cell(int(text))


def classes(text: str) -> list[Length]:
    """Read classes with a number in each."""
    return [Length(int(row["end"]), cell(row["number"])) for row in rows_of(text)]


def left(text: str) -> tuple[list[Left], Left]:
    """Read classes with how many ended and of how many no more is known; the last row is all of them."""
    rows = [Left(int(row["end"] or 0), cell(row["ended"]), cell(row["still_in"])) for row in rows_of(text)]
    return rows[:-1], rows[-1]


def test_the_end_of_a_class_is_in_it_and_what_is_longer_than_all_is_more() -> None:
    found = lengths.in_classes({0: 1, 2: 2, 3: 4, 5: 8, 6: 16, 900: 32}, [2, 5])
    assert_found(
        [{"class": code, "number": number} for code, number in found.items()],
        expect="""
            class | number
            002   | 3
            005   | 12
            more  | 48
        """,
    )


def test_the_codes_of_classes_sort_as_their_lengths() -> None:
    assert sorted(map(lengths.code, (119, 2, 36, 8))) == ["002", "008", "036", "119"]


def test_a_quantile_is_the_end_of_the_first_class_by_which_the_share_is_reached() -> None:
    found = classes("""
        end | number
        2   | 4
        5   | 1
        8   | 5
    """)
    assert [lengths.quantile(found, Cell(10), share).value for share in (*QUARTERS, Fraction(1))] == [2, 5, 8, 8]
    assert lengths.quantile(found, Cell(40), Fraction(1, 4)).value == 8  # the last class is not in the table
    assert lengths.quantile(found, Cell(41), Fraction(1, 4)) == MISSING


def test_a_quantile_is_hidden_from_the_first_hidden_class_on() -> None:
    found = classes("""
        end | number
        2   | 4
        5   | ··
        8   | 5
    """)
    assert lengths.quantile(found, Cell(16), Fraction(1, 4)) == Cell(2)
    assert lengths.quantile(found, Cell(16), HALF) == SUPPRESSED
    assert lengths.quantile(found, SUPPRESSED, Fraction(1, 4)) == SUPPRESSED


def test_nobody_has_no_quantile() -> None:
    assert lengths.quantile(classes("end | number\n2 | 0"), Cell(0), HALF) == MISSING
    assert lengths.quantile([], MISSING, HALF) == MISSING


def test_who_is_still_in_after_a_class_was_at_risk_in_it() -> None:
    """Of ten, two end in the first month and one in the second, where three are still in; four last longer."""
    found = left("""
        end | ended | still_in
        1   | 2     | 0
        2   | 1     | 3
            | 5     | 5
    """)
    assert [cell.value for cell in lengths.staying(*found)] == [Fraction(80), Fraction(70)]
    assert lengths.time_left(*found, Fraction(1, 4)) == Cell(2)
    assert lengths.time_left(*found, Fraction(1, 5)) == Cell(1)
    assert lengths.time_left(*found, HALF) == MISSING


def test_the_share_that_goes_on_is_hidden_from_the_first_hidden_class_on() -> None:
    found = left("""
        end | ended | still_in
        1   | 5     | 0
        2   | 6     | ··
        3   | 6     | 0
            | 20    | 5
    """)
    assert lengths.staying(*found) == (Cell(Fraction(80)), SUPPRESSED, SUPPRESSED)
    assert lengths.time_left(*found, Fraction(1, 5)) == Cell(1)
    assert lengths.time_left(*found, Fraction(1, 4)) == SUPPRESSED


@pytest.mark.parametrize(("whole", "mark"), [("··", SUPPRESSED), ("", MISSING), ("0", MISSING)])
def test_nothing_follows_without_the_whole(whole: str, mark: Cell) -> None:
    found = left(f"end | ended | still_in\n1 | 0 | 0\n | {whole} | 0")
    assert lengths.staying(*found) == (mark,)
    assert lengths.time_left(*found, HALF) == mark


COUNTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=6)


@given(COUNTS, st.integers(0, 9))
def test_in_shown_classes_all_follows_as_from_counts_by_length(counts: list[tuple[int, int]], longer: int) -> None:
    found = [Left(end, Cell(ended), Cell(still)) for end, (ended, still) in enumerate(counts, start=1)]
    whole = Left(0, Cell(sum(ended for ended, _ in counts)), Cell(sum(still for _, still in counts) + longer))
    days = [Days(end, ended, still) for end, (ended, still) in enumerate(counts, start=1)]
    curve = durations.survival([*days, Days(len(days) + 1, 0, longer)])
    for share in QUARTERS:
        assert lengths.time_left(found, whole, share).value == durations.time_until(curve, share)
    of = [Length(end, Cell(ended)) for end, (ended, _) in enumerate(counts, start=1)]
    in_order = [end for end, (ended, _) in enumerate(counts, start=1) for _ in range(ended)]
    for share in QUARTERS:
        reached = in_order[ceil(share * len(in_order)) - 1] if in_order else None
        assert lengths.quantile(of, whole.ended, share).value == reached
