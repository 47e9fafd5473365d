"""Shares are exact until they are written, and halves go away from zero."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam.values.shares import change, percent, rounded, swedish_number, swedish_percent

NOTHING = Fraction(0)


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Fraction(0), "0"),
        (Fraction(1, 2), "0.5"),
        (Fraction(5, 100), "0.1"),
        (Fraction(49, 1000), "0"),
        (Fraction(94, 100), "0.9"),
        (Fraction(95, 100), "1"),
        (Fraction(1), "1"),
        (Fraction(149, 100), "1"),
        (Fraction(3, 2), "2"),
        (Fraction(5, 2), "3"),
        (Fraction(-5, 2), "-3"),
        (Fraction(-5, 100), "-0.1"),
        (Fraction(199, 2), "100"),
    ],
)
def test_percent_rounds_halves_away_from_zero_and_below_one_to_a_decimal(share, expected):
    assert rounded(share) == Fraction(expected)


@given(st.fractions(-200, 200))
def test_a_rounded_share_is_near_and_stays_rounded(share):
    assert abs(rounded(share) - share) <= Fraction(1, 2)
    assert rounded(-share) == -rounded(share)
    assert rounded(rounded(share)) == rounded(share)


def test_a_share_is_exact_and_of_nothing_there_is_none():
    assert percent(1, 3) == Fraction(100, 3)
    assert percent(0, 7) == 0
    assert percent(0, 0) is None


def test_the_published_changes_come_back():
    assert [
        rounded(change(77, 147) or NOTHING),
        rounded(change(56, 152) or NOTHING),
        rounded(change(85, 118) or NOTHING),
    ] == [91, 171, 39]
    assert rounded(change(1138, 1087) or NOTHING) == -4
    assert change(0, 5) is None


@pytest.mark.parametrize(
    ("number", "swedish", "english"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1087, "1\u00a0087", "1,087"),
        (-1234567, "\u22121\u00a0234\u00a0567", "\u22121,234,567"),
        (Fraction(1, 2), "0,5", "0.5"),
        (Fraction(-3, 20), "\u22120,2", "\u22120.2"),
        (Fraction(-1, 100), "0", "0"),
    ],
)
def test_figures_are_written_in_both_languages(number, swedish, english):
    assert swedish_number(number) == swedish
    assert swedish_number(number, "en") == english


def test_percent_is_written_as_the_report_rounds_it():
    assert swedish_percent(Fraction(75, 2)) == "38\u00a0%"
    assert swedish_percent(Fraction(75, 2), "en") == "38%"
    assert swedish_percent(Fraction(11, 20)) == "0,6\u00a0%"
    assert swedish_percent(Fraction(-50)) == "\u221250\u00a0%"
