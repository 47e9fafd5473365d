"""What has been counted is known again by the snapshots it was counted in and the rule it was protected by."""

from dataclasses import dataclass
from datetime import date

import pytest

from finsam.disclosure.cells import Rule
from finsam.late import rules


@dataclass
class Taken:
    """A snapshot as the rules know it."""

    digest: str
    identifier: str = "2021-01-31-0123456789ab"
    as_of: date = date(2021, 1, 31)


ONE, OTHER = Taken("a" * 64), Taken("b" * 64)


def test_the_same_snapshots_under_the_same_rule_are_known_again() -> None:
    assert rules.key([ONE, OTHER], Rule()) == rules.key([Taken("a" * 64), Taken("b" * 64)], Rule())


@pytest.mark.parametrize(
    ("taken", "rule"),
    [([OTHER, ONE], Rule()), ([ONE], Rule()), ([ONE, OTHER], Rule(10)), ([ONE, OTHER], Rule(zeros_published=False))],
)
def test_others_in_another_order_or_under_another_rule_are_something_else(taken: list[Taken], rule: Rule) -> None:
    assert rules.key(taken, rule) != rules.key([ONE, OTHER], Rule())
