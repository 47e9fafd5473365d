"""What is true of interventions: parties, personal data, days and what is lacking, on plain values."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from finsam.interventions import rules
from finsam.interventions.rules import HEADS, PLAN, Lack

FIRST, TODAY = date(2019, 7, 1), date(2021, 3, 31)


@pytest.mark.parametrize("kinds", [[], ["region"], ["municipality", "municipality"], ["region", "association"]])
def test_two_parties_perform_it_and_two_municipalities_are_one(kinds: list[str]) -> None:
    rules.refuse_few_parties(["municipality", "region"])
    with pytest.raises(ValidationError, match="minst två parter"):
        rules.refuse_few_parties(kinds)


def test_strangers_are_named_in_order() -> None:
    rules.refuse_strangers("performers", [])
    with pytest.raises(ValidationError, match=r": Ada, Bo\. Välj"):
        rules.refuse_strangers("performers", ["Bo", "Ada"])


@pytest.mark.parametrize(
    ("method", "controller", "allowed"),
    [
        ("identified", "region", True),
        ("identified", None, False),
        ("identified", "association", False),
        ("identified", "authority", False),
        ("numbers_only", None, True),
        ("numbers_only", "region", False),
    ],
)
def test_a_party_answers_for_personal_data_and_for_nothing_else(
    method: str, controller: str | None, allowed: bool
) -> None:
    if allowed:
        rules.refuse_method(method, controller)
        return
    with pytest.raises(ValidationError) as refused:
        rules.refuse_method(method, controller)
    assert list(refused.value.message_dict) == ["controller"]


def test_what_changes_how_parties_work_has_no_persons() -> None:
    rules.refuse_persons("structural", "numbers_only")
    rules.refuse_persons("individual", "identified")
    with pytest.raises(ValidationError) as refused:
        rules.refuse_persons("structural", "identified")
    assert list(refused.value.message_dict) == ["method"]


def test_what_is_locked_is_told_field_by_field() -> None:
    rules.refuse_locked(["name", "ends_before"])
    with pytest.raises(ValidationError) as refused:
        rules.refuse_locked(["name", "kind", "method"])
    assert sorted(refused.value.message_dict) == ["kind", "method"]


def test_days_are_refused_from_the_first_that_cannot_be() -> None:
    rules.refuse_period(FIRST, date(2019, 7, 2))
    rules.refuse_assignment(TODAY, None, TODAY)
    rules.refuse_outside(FIRST, TODAY, FIRST, "day")
    with pytest.raises(ValidationError, match="före första dagen"):
        rules.refuse_period(FIRST, FIRST)
    with pytest.raises(ValidationError, match="tidigast i dag"):
        rules.refuse_assignment(date(2021, 3, 30), None, TODAY)
    with pytest.raises(ValidationError, match="börjar 2019-07-01"):
        rules.refuse_outside(FIRST, TODAY, date(2019, 6, 30), "day")
    with pytest.raises(ValidationError, match="före 2021-03-31"):
        rules.refuse_outside(FIRST, TODAY, TODAY, "day")


def test_more_than_twice_the_plan_is_asked_about_once() -> None:
    rules.refuse_more_than_planned(20, 10, confirmed=False)
    rules.refuse_more_than_planned(21, 10, confirmed=True)
    rules.refuse_more_than_planned(21, None, confirmed=False)
    with pytest.raises(ValidationError, match="21 är mer än dubbelt så många som de 10"):
        rules.refuse_more_than_planned(21, 10, confirmed=False)


@pytest.mark.parametrize(
    ("ends_before", "years"),
    [(None, [2021, 2020, 2019]), (date(2021, 1, 1), [2020, 2019]), (date(2021, 1, 2), [2021, 2020, 2019])],
)
def test_its_years_are_those_with_a_day_in_it(ends_before: date | None, years: list[int]) -> None:
    assert rules.years_until(2021, FIRST, ends_before) == years
    for year in years:
        rules.refuse_year(year, FIRST, ends_before, TODAY)
    with pytest.raises(ValidationError, match=f"2019–{years[0]}"):
        rules.refuse_year(years[0] + 1, FIRST, ends_before, TODAY)


def test_one_that_is_to_come_has_its_first_year() -> None:
    assert rules.years_until(2021, date(2023, 1, 1), None) == [2023]


@pytest.mark.parametrize(
    ("ends_before", "planned", "counted", "expected"),
    [
        (None, [2021], [2020], []),
        (None, [], [], [Lack("lead"), Lack(PLAN, 2021), Lack(HEADS, 2020)]),
        (date(2021, 3, 31), [], [], [Lack(HEADS, 2020)]),  # the last day was yesterday
        (date(2021, 4, 1), [], [2020], [Lack("lead"), Lack(PLAN, 2021)]),
    ],
)
def test_what_it_lacks_is_told_while_it_can_be_given(
    ends_before: date | None, planned: list[int], counted: list[int], expected: list[Lack]
) -> None:
    roles = [] if not expected else ["lead"]
    found = rules.lacking(
        today=TODAY,
        starts_on=FIRST,
        ends_before=ends_before,
        counts_heads=True,
        missing_roles=roles,
        planned=planned,
        counted=counted,
    )
    assert found == expected
