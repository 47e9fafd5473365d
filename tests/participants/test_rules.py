"""What is true of persons and participations: each refusal on plain values, without a database."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from finsam.participants import rules

BORN = (date(1990, 5, 15),) * 2
PARTLY = (date(1990, 1, 1), date(1990, 12, 31))  # only the year is known


def codes(born: tuple[date, date], day: date, months: int = 0) -> list[str]:
    rules.refuse_impossible(born, day, months)
    return [doubt.code for doubt in rules.doubts(born, day, months)]


@pytest.mark.parametrize(
    ("born", "day", "months", "expected"),
    [
        (BORN, date(2005, 5, 14), 0, ["young"]),
        (BORN, date(2005, 5, 15), 0, []),  # 15 that day
        (BORN, date(2061, 5, 14), 0, []),  # still 70
        (BORN, date(2061, 5, 15), 0, ["old"]),
        (BORN, date(2010, 5, 15), 48, []),
        (BORN, date(2010, 5, 15), 49, ["support"]),
        (BORN, date(1990, 5, 15), 0, ["young"]),  # the day of birth
        (PARTLY, date(2005, 1, 1), 0, []),  # can be 15
        (PARTLY, date(2004, 12, 31), 0, ["young"]),
        (PARTLY, date(2061, 12, 30), 0, []),  # can be 70
        (PARTLY, date(2061, 12, 31), 0, ["old"]),
        (PARTLY, date(2010, 1, 1), 48, []),
        (PARTLY, date(2010, 1, 1), 49, ["support"]),
    ],
)
def test_a_birth_partly_known_is_read_as_kindly_as_it_can_be(
    born: tuple[date, date], day: date, months: int, expected: list[str]
) -> None:
    assert codes(born, day, months) == expected


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [
        (BORN, date(1990, 5, 14), 0),
        (BORN, date(2020, 5, 14), 360),
        (PARTLY, date(1989, 12, 31), 0),
        (PARTLY, date(2019, 12, 31), 360),
    ],
)
def test_what_cannot_be_is_refused_to_the_day(born: tuple[date, date], day: date, months: int) -> None:
    with pytest.raises(ValidationError):
        rules.refuse_impossible(born, day, months)
    rules.refuse_impossible(born, date.fromordinal(day.toordinal() + 1), months)


def test_only_doubts_that_are_not_confirmed_are_asked_about() -> None:
    found = rules.doubts(BORN, date(2005, 5, 14), 1)
    with pytest.raises(ValidationError) as refused:
        rules.refuse_doubts(found, ["young"])
    assert [reason.code for reason in refused.value.error_dict["confirmed"]] == ["support"]
    rules.refuse_doubts(found, ["young", "support"])


@pytest.mark.parametrize(
    ("occupation", "extent", "allowed"),
    [
        ("work", 1, True),
        ("studies", 100, True),
        ("work", None, False),
        ("work", 0, False),
        ("work", 101, False),
        ("other", None, True),
        ("other", 50, False),
    ],
)
def test_work_and_studies_have_an_extent_and_nothing_else_has(
    occupation: str, extent: int | None, allowed: bool
) -> None:
    if allowed:
        rules.refuse_extent("extent", occupation, extent)
        return
    with pytest.raises(ValidationError) as refused:
        rules.refuse_extent("extent", occupation, extent)
    assert list(refused.value.message_dict) == ["extent"]


@pytest.mark.parametrize(
    ("supports", "allowed"), [(["a", "b"], True), (["none"], True), ([], False), (["none", "a"], False)]
)
def test_no_support_goes_with_no_other(supports: list[str], allowed: bool) -> None:
    if allowed:
        rules.refuse_supports("supports", supports)
        return
    with pytest.raises(ValidationError):
        rules.refuse_supports("supports", supports)


@pytest.mark.parametrize(
    ("starts_on", "ends_before", "sentence"),
    [
        (date(2020, 1, 1), date(2020, 2, 1), ""),  # the day it ends before is free
        (date(2020, 1, 31), date(2020, 2, 2), "2020-02-01 till 2020-02-29"),
        (date(2020, 3, 1), None, "sedan 2020-04-01"),
        (date(2020, 3, 1), date(2020, 4, 1), ""),
    ],
)
def test_two_stays_share_no_day_and_the_sentence_says_which(
    starts_on: date, ends_before: date | None, sentence: str
) -> None:
    others = [(date(2020, 2, 1), date(2020, 3, 1)), (date(2020, 4, 1), None)]
    if not sentence:
        rules.refuse_overlap(starts_on, ends_before, others, "starts_on")
        return
    with pytest.raises(ValidationError, match=sentence):
        rules.refuse_overlap(starts_on, ends_before, others, "starts_on")


def test_days_are_refused_from_the_first_that_cannot_be() -> None:
    day, next_day = date(2021, 3, 1), date(2021, 3, 2)
    rules.refuse_future(day, day, "day")
    rules.refuse_late_consent(day, day)
    rules.refuse_early_end(day, day)
    rules.refuse_months(rules.LONGEST_SUPPORT)
    for refuse in (
        lambda: rules.refuse_future(next_day, day, "day"),
        lambda: rules.refuse_late_consent(next_day, day),
        lambda: rules.refuse_early_end(next_day, day),
        lambda: rules.refuse_months(rules.LONGEST_SUPPORT + 1),
        lambda: rules.refuse_months(-1),
    ):
        with pytest.raises(ValidationError):
            refuse()


def test_who_is_stored_and_how_a_number_is_changed() -> None:
    rules.refuse_unidentified("identified")
    rules.refuse_protected(protected_identity=False)
    for same in (rules.NEW_NUMBER, rules.WRONG_NUMBER):
        rules.refuse_other_person(same)
    with pytest.raises(ValidationError, match="räknar bara antal"):
        rules.refuse_unidentified("numbers_only")
    with pytest.raises(ValidationError, match="aldrig med namn"):
        rules.refuse_protected(protected_identity=True)
    with pytest.raises(ValidationError, match="felregistrering"):
        rules.refuse_other_person(rules.OTHER_PERSON)
    with pytest.raises(ValidationError, match="Välj ett svar"):
        rules.refuse_other_person("")
