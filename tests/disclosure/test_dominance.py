"""When few stand for most of a sum of money."""

from fractions import Fraction

import pytest

from finsam.disclosure.dominance import Ambiguity, Dominance
from finsam.values.sentences import SentenceError


@pytest.mark.parametrize(
    ("contributions", "sensitive"),
    [([], False), ([0, 0], False), ([75, 25], False), ([76, 24], True), ([10], True), ([40, 30, 30], False)],
)
def test_one_contributor_may_stand_for_three_quarters_and_no_more(contributions: list[int], sensitive: bool) -> None:
    assert Dominance().is_sensitive(contributions) is sensitive


def test_the_two_largest_may_be_counted_together() -> None:
    assert not Dominance().is_sensitive([50, 45, 5])
    assert Dominance(largest=2, share=Fraction(90)).is_sensitive([50, 45, 5])


@pytest.mark.parametrize(
    ("contributions", "sensitive"),
    [([], False), ([100], True), ([100, 80], True), ([100, 80, 9], True), ([100, 80, 10], False)],
)
def test_the_second_may_not_tell_the_largest_to_within_a_tenth(contributions: list[int], sensitive: bool) -> None:
    """Whoever gave 80 takes that from the sum of 189: at most 109 is left, nine too many."""
    assert Ambiguity().is_sensitive(contributions) is sensitive


def test_the_order_of_contributions_says_nothing() -> None:
    assert Dominance().is_sensitive([1, 2, 97])
    assert Ambiguity().is_sensitive([1, 97, 2])


def test_rules_that_would_publish_everything_are_refused() -> None:
    with pytest.raises(SentenceError, match="mindre än 100 procent"):
        Dominance(share=Fraction(100))
    with pytest.raises(SentenceError, match="större än 0"):
        Ambiguity(Fraction(0))


def test_contributions_are_never_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        Dominance().is_sensitive([5, -1])
