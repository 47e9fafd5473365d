"""In which counties an association is in a period: on any day of it, the first and the last included."""

from datetime import date

import pytest

from finsam.statistics.relations.identity import Covered, Implied

LEFT = Covered("left", "14", date(2010, 1, 1), date(2020, 1, 1))
CAME = Covered("came", "14", date(2020, 12, 31), None)


@pytest.mark.parametrize(
    ("period", "inside"),
    [
        ("2009", set()),
        ("2019", {"left"}),
        ("2019K4", {"left"}),
        ("2020", {"came"}),
        ("2020K1", set()),
        ("2020K4", {"came"}),
        ("2021K1", {"came"}),
    ],
)
def test_a_day_is_enough(period: str, inside: set[str]) -> None:
    implied = Implied({}, (LEFT, CAME))
    assert implied.covering("14", period) == inside
    assert implied.covering("12", period) == set()
