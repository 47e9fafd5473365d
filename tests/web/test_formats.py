"""How numbers, days and what isn't there are written."""

from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from finsam.web.templatetags import formats


def test_numbers_have_hard_spaces_and_a_dash_when_they_are_not_there():
    assert formats.number(24867) == "24\u00a0867"
    assert formats.number(None) == "–"
    assert formats.percent(Fraction(81, 2)) == "41\u00a0%"
    assert formats.percent(None) == "–"


def test_days_are_words_in_text_and_figures_in_tables():
    assert formats.day(date(2021, 3, 31)) == "31\u00a0mars\u00a02021"
    assert formats.iso(date(2021, 3, 31)) == "2021-03-31"
    assert formats.last_day(date(2021, 1, 1)) == "31\u00a0december\u00a02020"
    assert formats.iso_last_day(date(2021, 1, 1)) == "2020-12-31"
    assert {formats.day(None), formats.iso(None), formats.last_day(None), formats.iso_last_day(None)} == {"–"}


def test_an_open_period_says_since_when():
    assert formats.period(date(2018, 2, 1), None) == "sedan 1\u00a0februari\u00a02018"
    assert formats.period(date(2018, 2, 1), date(2021, 1, 1)).endswith("– 31\u00a0december\u00a02020")


@pytest.mark.parametrize(("count", "word"), [(0, "inga"), (4, "fyra"), (12, "tolv"), (1300, "1\u00a0300")])
def test_small_numbers_are_words(count, word):
    assert formats.in_words(count) == word


def test_english_has_its_own_signs():
    with translation.override("en"):
        assert formats.number(24867) == "24,867"
        assert formats.day(date(2021, 3, 31)) == "31\u00a0March\u00a02021"


def test_nothing_is_a_dash():
    assert [formats.dash(value) for value in (None, "", 0, "x")] == ["–", "–", 0, "x"]
