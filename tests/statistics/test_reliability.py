"""How far a share can be trusted."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam.disclosure.cells import MISSING, SUPPRESSED, Cell
from finsam.statistics.derived.reliability import FEW, Band, Share, band, share

COUNTS = st.integers(0, 500)


@pytest.mark.parametrize(("base", "few"), [(FEW - 1, True), (FEW, False), (1, True), (0, False)])
def test_a_share_of_fewer_than_twenty_is_marked(base: int, few: bool) -> None:
    assert share(Cell(0), Cell(base)).few is few


def test_the_mark_stands_on_the_percentage_that_is_shown() -> None:
    assert share(Cell(1), Cell(FEW - 1)).percent.few
    assert not share(Cell(1), Cell(FEW)).percent.few
    assert not share(SUPPRESSED, Cell(FEW - 1)).percent.few


def test_a_share_carries_its_base_and_falls_with_it() -> None:
    assert share(Cell(1), Cell(40)) == Share(Cell(Fraction(5, 2)), Cell(40))
    assert share(Cell(1), SUPPRESSED) == Share(SUPPRESSED, SUPPRESSED)
    assert share(Cell(0), Cell(0)) == Share(MISSING, Cell(0))
    assert not share(Cell(1), SUPPRESSED).few


def test_the_anonymous_could_move_a_share_as_far_as_if_none_or_all_of_them_had_succeeded() -> None:
    assert band(Cell(30), Cell(60), Cell(40)) == Band(Cell(Fraction(30)), Cell(Fraction(70)))


def test_without_anonymous_the_band_is_the_share() -> None:
    assert band(Cell(30), Cell(60), Cell(0)) == Band(Cell(Fraction(50)), Cell(Fraction(50)))


def test_a_band_falls_with_what_it_is_made_of() -> None:
    assert band(Cell(30), Cell(60), SUPPRESSED) == Band(SUPPRESSED, SUPPRESSED)
    assert band(MISSING, Cell(60), Cell(2)) == Band(MISSING, MISSING)
    assert band(Cell(0), Cell(0), Cell(0)) == Band(MISSING, MISSING)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_true_share_of_all_lies_in_the_band(
    successes: int, failures: int, unseen: int, unseen_failures: int
) -> None:
    followed, anonymous = successes + failures, unseen + unseen_failures
    if followed + anonymous:
        found = band(Cell(successes), Cell(followed), Cell(anonymous))
        truth = Fraction(100 * (successes + unseen), followed + anonymous)
        assert found.lowest.value is not None
        assert found.highest.value is not None
        assert found.lowest.value <= truth <= found.highest.value
