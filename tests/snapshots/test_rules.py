"""When a year counts as registered and which snapshot its report is made from, without a database."""

from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError

from finsam.snapshots import rules

DAY = date(2021, 3, 31)


class Taken:
    """Something of a day."""

    def __init__(self, *day: int) -> None:
        self.as_of = date(*day)


def test_a_years_report_is_made_from_the_earliest_snapshot_from_31_january() -> None:
    early, right, late = Taken(2021, 1, 30), Taken(2021, 1, 31), Taken(2021, 3, 1)
    assert rules.choose([late, early, right], 2020, DAY) is right
    assert rules.choose([late, early], 2020, DAY) is late


def test_of_two_of_one_day_the_newest_is_chosen_for_erasure_wins() -> None:
    newest, older = Taken(2021, 1, 31), Taken(2021, 1, 31)
    assert rules.choose([newest, older], 2020, DAY) is newest


def test_without_such_a_snapshot_the_sentence_names_the_command() -> None:
    with pytest.raises(ValidationError, match="finsam snapshot take --as-of 2021-01-31"):
        rules.choose([Taken(2021, 1, 30)], 2020, DAY)


def test_a_year_that_is_not_complete_yet_names_the_day_and_a_command_that_is_accepted() -> None:
    with pytest.raises(ValidationError, match="2021 räknas som registrerat först 2022-01-31") as refusal:
        rules.choose([Taken(2021, 1, 31)], 2021, DAY)
    assert str(refusal.value.messages[0]).endswith("finsam snapshot take --as-of 2021-03-31")
    rules.refuse_future(DAY, DAY)


def test_the_day_ends_in_swedish_time_when_the_clock_is_moved_too() -> None:
    assert rules.end_of(date(2021, 3, 27)).isoformat() == "2021-03-28T00:00:00+01:00"
    assert rules.end_of(date(2021, 3, 28)).isoformat() == "2021-03-29T00:00:00+02:00"
    assert rules.end_of(DAY) > datetime(2021, 3, 31, 23, 59, tzinfo=rules.STOCKHOLM)


def test_the_newest_is_one_in_which_the_last_whole_year_is_registered() -> None:
    complete, newer = Taken(2021, 1, 31), Taken(2022, 1, 30)
    assert rules.newest_complete([complete, newer]) is complete
    assert rules.newest_complete([newer]) is newer
    assert rules.newest_complete([]) is None
