"""An identity number is taken in any way it is pasted; ten digits that leave the century open are refused."""

from datetime import date

import pytest

from finsam.values.identity import Series, shifted

pytestmark = pytest.mark.participants
TWELVE = shifted(date(1985, 1, 1), 777)


def searched(typed):
    from finsam.web.participants.forms import SearchForm

    return SearchForm({"number": typed}, series=Series.DEMO, day=date(2021, 3, 31))


@pytest.mark.parametrize(
    "shape",
    [
        "{0}{1}",
        "{0}-{1}",
        "{0} - {1}",
        "{0}\u2013{1}",
        "{0}\u2014{1}",
        "{0}\u2212{1}",
        "{0}\u00a0{1}",
        "\ufeff{0}\u200b-{1}",
        "'{0}{1}",
        "\t{0} {1}\r\n",
    ],
)
def test_a_number_is_taken_in_any_way_it_is_pasted(shape):
    form = searched(shape.format(TWELVE[:8], TWELVE[8:]))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["number"].number == TWELVE


@pytest.mark.parametrize("shape", ["{0}-{1}", "{0} - {1}", "{0}\u2013{1}", "\u00a0{0}\u2011{1}\u00a0"])
def test_ten_digits_with_their_dash_are_taken(shape):
    form = searched(shape.format(TWELVE[2:8], TWELVE[8:]))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["number"].number == TWELVE


@pytest.mark.parametrize("typed", ["070 123 45 67", "0701234567", TWELVE[2:], f"{TWELVE[2:8]} {TWELVE[8:]}"])
def test_ten_digits_without_a_sign_are_asked_for_with_twelve(typed):
    assert searched(typed).errors["number"] == ["Skriv numret med tolv siffror, så här: ÅÅÅÅMMDD-NNNN."]
