"""Whole numbers: every kind of space between thousands is taken, decimals and other signs are told apart."""

import pytest

from finsam.values.numbers import NumberError, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("1 072", 1072),
        ("1\u00a0072", 1072),
        ("1\u202f072", 1072),
        ("1\u2009234\u2009567", 1_234_567),
        (" 5 ", 5),
        ("0", 0),
        ("007", 7),
        ("-3", -3),
        ("\u22123", -3),
    ],
)
def test_a_number_is_taken_with_the_spaces_people_paste(text, number):
    assert whole(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12,5", "decimals"),
        ("12.0", "decimals"),
        ("1 072,0", "decimals"),
        ("1.072", "decimals"),  # a thousand or a fraction: nobody can tell, so it isn't taken
        ("tolv", "not_whole"),
        ("", "not_whole"),
        ("1 2 3", "not_whole"),
        ("10 72", "not_whole"),
        ("١٢", "not_whole"),
        ("1e3", "not_whole"),
        ("8501012382", "too_long"),
        ("850101-2382", "not_whole"),
    ],
)
def test_what_is_no_whole_number_says_what_is_wrong(text, code):
    with pytest.raises(NumberError) as refused:
        whole(text)
    assert refused.value.code == code
    assert not any(len(word) > 5 and word.isdigit() for word in refused.value.sentence.split())
