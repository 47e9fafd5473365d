"""Which chapter of ICD-10-SE a diagnosis belongs to."""

from itertools import pairwise

import pytest

from finsam.values.codes.diagnoses import CHAPTERS, DiagnosisError, chapter_of


@pytest.mark.parametrize(
    ("code", "chapter"),
    [
        ("A00", 1),
        ("B99.9", 1),
        ("C00", 2),
        ("D48.9", 2),
        ("D50", 3),
        ("F322", 5),
        ("f32.2", 5),
        ("M54.5K", 13),
        ("S00", 19),
        ("T98", 19),
        ("V01", 20),
        ("Y98", 20),
        ("Z73.0", 21),
        ("U07.1", 22),
        ("G01.9*", 6),
        ("A17.0+", 1),
        ("", 0),
        ("  ", 0),
    ],
)
def test_the_chapter_of_a_diagnosis(code: str, chapter: int) -> None:
    assert chapter_of(code) == chapter


@pytest.mark.parametrize(
    "code", ["D49", "E91", "K94", "P97", "T99", "V00", "Y99", "F3", "3F2", "F32.21111", "okänd", "-"]
)
def test_what_is_no_code_of_the_classification_is_refused(code: str) -> None:
    with pytest.raises(DiagnosisError, match="ICD-10-SE"):
        chapter_of(code)


def test_chapters_are_numbered_in_order_and_share_no_category() -> None:
    assert [one.number for one in CHAPTERS] == list(range(1, 23))
    in_order = sorted(CHAPTERS, key=lambda one: one.first)
    assert all(earlier.first <= earlier.last < later.first for earlier, later in pairwise(in_order))
    assert len({one.label for one in CHAPTERS}) == len({one.label_en for one in CHAPTERS}) == 22


def test_seven_of_the_titles_stand_in_the_national_report() -> None:
    assert [one.code for one in CHAPTERS if one.verified] == [
        "F00-F99", "G00-G99", "I00-I99", "M00-M99", "Q00-Q99", "R00-R99", "S00-T98",
    ]  # fmt: skip
