"""Organisation numbers and the check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer

from finsam.values.organisation import OrganisationNumberError, canonical, check_digit


@pytest.mark.parametrize("typed", ["2120000142", "212000-0142", " 212000 0142 "])
def test_the_number_of_stockholms_stad_is_written_with_its_dash(typed):
    assert canonical(typed) == "212000-0142"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("212000-0143", "wrong_check_digit"),
        ("850101-2380", "not_an_organisation"),
        ("212000-014", "wrong_shape"),
        ("16212000-0142", "wrong_shape"),
        ("", "wrong_shape"),
    ],
)
def test_other_numbers_are_refused_with_a_sentence(typed, code):
    with pytest.raises(OrganisationNumberError) as refused:
        canonical(typed)
    assert refused.value.code == code
    assert refused.value.sentence.endswith(".")


@given(st.dates(), st.integers(1, 999))
def test_the_check_digit_agrees_with_the_library_of_identity_numbers(day, serial):
    nine = f"{day.year % 100:02}{day:%m%d}{serial:03}"
    assert [digit for digit in range(10) if personnummer.valid(f"20{nine}{digit}")] in ([check_digit(nine)], [])
