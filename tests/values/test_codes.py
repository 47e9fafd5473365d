"""The first edition of the code lists."""

import re
from dataclasses import replace
from datetime import date

import pytest

from finsam.values.codes import LISTS, CodeRow
from finsam.values.codes.directions import DIRECTIONS, EXPLANATIONS
from finsam.values.codes.end_reasons import MISREGISTRATION
from finsam.values.codes.need_groups import PRIORITISED
from finsam.values.codes.supports import REPORTED, SUPPORTS
from tests.values.dated_rows import broken

ROW = CodeRow("one", "Ett", "One", date(2004, 1, 1), date(2010, 1, 1), "Källa", verified=True)
EVERY = pytest.mark.parametrize("codes", list(LISTS.values()), ids=list(LISTS))


@EVERY
def test_no_row_overlaps_another_or_leaves_a_gap(codes):
    assert broken(codes.rows) == ()


@EVERY
def test_codes_are_unique_snake_case_words(codes):
    assert len({(row.code, row.first_day) for row in codes.rows}) == len(codes.rows)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes.codes)


@EVERY
def test_every_row_has_both_labels_and_a_source_and_a_parent_that_exists(codes):
    kinds = LISTS["kind"].codes
    for row in codes.rows:
        assert row.label
        assert row.label_en
        assert row.source
        assert row.parent in (kinds if codes.key == "direction" else ("",))


@EVERY
def test_labels_differ_within_a_list_and_parent(codes):
    labels = [(row.parent, row.label) for row in codes.rows if row.ends_before is None]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (replace(ROW, first_day=date(2010, 1, 1), ends_before=None), ()),
        (replace(ROW, first_day=date(2010, 1, 2), ends_before=None), ("one",)),
        (replace(ROW, first_day=date(2009, 12, 31), ends_before=None), ("one",)),
        (replace(ROW, first_day=date(2010, 1, 1), ends_before=date(2010, 1, 1)), ("one",)),
        (replace(ROW, code="two"), ()),
    ],
)
def test_broken_finds_gaps_overlaps_and_empty_rows(later, expected):
    assert broken([later, ROW]) == expected


def test_an_open_row_followed_by_another_is_broken():
    assert broken([replace(ROW, ends_before=None), replace(ROW, first_day=date(2015, 1, 1))]) == ("one",)


def test_establishment_benefit_begins_with_its_law():
    assert [row.first_day for row in SUPPORTS.rows if row.code == "establishment_benefit"] == [date(2010, 12, 1)]


def test_reported_groups_and_named_codes_stand_in_their_lists():
    assert all(group <= set(SUPPORTS.codes) for group in REPORTED.values())
    assert set(PRIORITISED) <= set(LISTS["need_group"].codes)
    assert MISREGISTRATION in LISTS["end_reason"].codes


def test_what_the_sources_publish_is_verified_and_nothing_else():
    assert {row.code for row in LISTS["need_group"].rows if row.verified} == set(PRIORITISED)
    assert {row.code for row in LISTS["end_reason"].rows if row.verified} == {MISREGISTRATION}
    assert not any(row.verified for row in LISTS["education"].rows)
    assert {row.code for row in SUPPORTS.rows if not row.verified} == {
        "sickness_compensation", "establishment_benefit", "student_aid", "other_support",
    }  # fmt: skip


def test_every_direction_is_explained_in_both_languages():
    assert tuple(EXPLANATIONS) == DIRECTIONS.codes
    assert all(set(words) == {"sv", "en"} and all(words.values()) for words in EXPLANATIONS.values())
