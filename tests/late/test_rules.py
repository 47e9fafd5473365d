"""What has been counted is known again by its snapshots, what was out, and the rule it was protected by."""

from dataclasses import dataclass
from datetime import date

import pytest

from finsam.disclosure.cells import Rule
from finsam.late import rules


@dataclass
class Taken:
    """A snapshot or an edition as the rules know it."""

    digest: str
    identifier: str = "2021-01-31-0123456789ab"
    as_of: date = date(2021, 1, 31)


ONE, OTHER = Taken("a" * 64), Taken("b" * 64)


EDITION = Taken("e" * 64)


def test_the_same_snapshots_beside_the_same_editions_under_the_same_rule_are_known_again() -> None:
    again = rules.key([Taken("a" * 64), Taken("b" * 64)], [Taken("e" * 64)], Rule())
    assert rules.key([ONE, OTHER], [EDITION], Rule()) == again


@pytest.mark.parametrize(
    ("taken", "published", "rule"),
    [
        ([OTHER, ONE], [EDITION], Rule()),
        ([ONE], [EDITION], Rule()),
        ([ONE, OTHER], [], Rule()),
        ([ONE, OTHER, EDITION], [], Rule()),
        ([ONE, OTHER], [EDITION], Rule(10)),
        ([ONE, OTHER], [EDITION], Rule(zeros_published=False)),
    ],
)
def test_others_in_another_order_beside_others_or_under_another_rule_are_something_else(
    taken: list[Taken], published: list[Taken], rule: Rule
) -> None:
    assert rules.key(taken, published, rule) != rules.key([ONE, OTHER], [EDITION], Rule())
