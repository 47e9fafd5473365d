"""When a code may be used and how its dated rows fit together, on plain values."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from finsam.codes import rules
from finsam.values.codes import names

MARCH, APRIL, MAY = date(2021, 3, 1), date(2021, 4, 1), date(2021, 5, 1)


def test_rows_of_one_code_may_meet_and_not_share_a_day() -> None:
    rules.refuse_overlap(MARCH, APRIL, [(APRIL, None)])
    rules.refuse_reopened(MARCH, APRIL, [(APRIL, None)])
    for ends_before in (MAY, None):
        with pytest.raises(ValidationError, match="Stäng den gamla"):
            rules.refuse_overlap(MARCH, ends_before, [(APRIL, None)])
    with pytest.raises(ValidationError, match="annan rad från 2021-04-01"):
        rules.refuse_reopened(MARCH, MAY, [(APRIL, None)])
    with pytest.raises(ValidationError, match="före första dagen"):
        rules.refuse_reopened(MARCH, MARCH, [])


@pytest.mark.parametrize("code", ["Aa", "1a", "a-b", "", *sorted(names.RESERVED)])
def test_a_new_code_has_a_name_of_its_own_and_one_that_is_listed_goes_on(code: str) -> None:
    with pytest.raises(ValidationError):
        rules.refuse_new("need_group", code, [])
    rules.refuse_new("need_group", code, [code])


def test_a_full_list_takes_no_more() -> None:
    most = names.most("need_group")
    listed = [f"code_{number}" for number in range(most)]
    rules.refuse_new("need_group", "another", listed[:-1])
    with pytest.raises(ValidationError, match=str(most)):
        rules.refuse_new("need_group", "another", listed)


def test_a_file_writes_over_nothing_and_undoes_nothing() -> None:
    rules.refuse_other_words({})
    rules.refuse_undone(MARCH, APRIL, was_verified=True, verified=True)
    with pytest.raises(ValidationError, match="label ”Ord”"):
        rules.refuse_other_words({"label": "Ord"})
    with pytest.raises(ValidationError, match="redan stängd"):
        rules.refuse_undone(MARCH, None, was_verified=False, verified=False)
    with pytest.raises(ValidationError, match="redan bekräftad"):
        rules.refuse_undone(None, None, was_verified=True, verified=False)


@pytest.mark.parametrize(
    ("parent", "before", "explanation", "field"),
    [
        ("individual", [], "Förklaring.", ""),
        ("other", [], "Förklaring.", "parent"),
        ("individual", ["structural"], "Förklaring.", "parent"),
        ("individual", [], " ", "explanation"),
    ],
)
def test_a_direction_belongs_to_one_kind_and_is_explained(
    parent: str, before: list[str], explanation: str, field: str
) -> None:
    known = ["structural", "individual"]
    if not field:
        rules.refuse_parent("direction", parent, known, before, explanation)
        return
    with pytest.raises(ValidationError) as refused:
        rules.refuse_parent("direction", parent, known, before, explanation)
    assert list(refused.value.message_dict) == [field]


def test_other_codes_belong_to_nothing() -> None:
    rules.refuse_parent("need_group", "", [], [], "")
    with pytest.raises(ValidationError, match="Bara en inriktning"):
        rules.refuse_parent("need_group", "individual", ["individual"], [], "")


def test_shipped_rows_that_share_a_day_with_ones_own_are_not_lacking() -> None:
    shipped = [("l", "a", MARCH, APRIL), ("l", "a", APRIL, None), ("l", "b", MARCH, None)]
    assert rules.lacking(shipped, [("l", "a", MARCH, APRIL)]) == shipped[1:]
    assert rules.lacking(shipped, [("other", "a", MARCH, None)]) == shipped


def test_an_unknown_code_and_one_of_another_day_have_sentences_of_their_own() -> None:
    rules.refuse_unknown("kind", "a", ["a"], ["a", "b"], MARCH)
    with pytest.raises(ValidationError, match="gäller inte den 2021-03-01"):
        rules.refuse_unknown("kind", "b", ["a"], ["a", "b"], MARCH)
    with pytest.raises(ValidationError, match="finns inte i kodlistan"):
        rules.refuse_unknown("kind", "c", ["a"], ["a", "b"], MARCH)
