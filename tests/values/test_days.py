"""Days as people write them: read where there is one reading, asked about where there are more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam.values.days import DayError, parse

THE_FIFTH = date(2020, 1, 5)


def refusal(text):
    with pytest.raises(DayError) as refused:
        parse(text)
    return refused.value


@pytest.mark.parametrize(
    "text",
    [
        "2020-01-05",
        "2020-1-5",
        "20200105",
        "2020/01/05",
        "2020.01.05",
        "2020 01 05",
        "2020–01–05",
        "2020\u20111\u20115",
        "2020 - 01 - 05",
        "\u00a02020-01-05 ",
        "2020-01-05 00:00:00",
        "2020-01-05T00:00",
        "5/1 2020",
        "5/1-2020",
        "05/01 2020",
        "5 / 1 2020",
        "5/1\u00a02020",
        "05.01.2020",
        "5.1.2020",
        "5. 1. 2020",
        "5 januari 2020",
        "den 5 januari 2020",
        "5 Januari 2020",
        "5\u00a0januari\u00a02020",
        "5:e januari 2020",
        "5 jan 2020",
        "5 jan. 2020",
        "5-jan-2020",
        "2020-jan-05",
        "5 January 2020",
        "January 5, 2020",
        "5th January 2020",
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(text):
    assert parse(text) == THE_FIFTH


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5/6 2020", date(2020, 6, 5)),  # without a slash before the year it is the Swedish way
        ("25/06/2020", date(2020, 6, 25)),  # no month 25: one reading
        ("06/25/2020", date(2020, 6, 25)),
        ("05/05/2020", date(2020, 5, 5)),  # the same day in both
        ("25-06-2020", date(2020, 6, 25)),
        ("25062020", date(2020, 6, 25)),
        ("31 mars 2021", date(2021, 3, 31)),
        ("1 maj 2021", date(2021, 5, 1)),
        ("1 oktober 2021", date(2021, 10, 1)),
    ],
)
def test_one_reading_is_taken(text, day):
    assert parse(text) == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("05/06/2020", "05/06/2020 kan vara 5 juni 2020 eller 6 maj 2020. Skriv 2020-06-05 eller 2020-05-06."),
        ("05-06-2020", "05-06-2020 kan vara 5 juni 2020 eller 6 maj 2020. Skriv 2020-06-05 eller 2020-05-06."),
        ("200105", "200105 kan vara 5 januari 2020 eller 20 januari 2005. Skriv 2020-01-05 eller 2005-01-20."),
        ("5/1-20", "Skriv året med fyra siffror. Menar du 2020-01-05?"),
        ("01/02/03", "01/02/03 kan läsas på tre sätt. Skriv 2001-02-03, 2003-02-01 eller 2003-01-02."),
        ("991231", "Skriv året med fyra siffror. Menar du 1999-12-31?"),
        ("5 jan 20", "Skriv året med fyra siffror. Menar du 2020-01-05?"),
        ("5/1", "Skriv också året, till exempel 5/1 2020."),
        ("5 januari", "Skriv också året, till exempel 5/1 2020."),
    ],
)
def test_an_ambiguous_day_is_asked_about_with_its_readings(text, sentence):
    assert refusal(text).sentence.replace("\u2060", "").replace("\u00a0", " ") == sentence


def test_a_day_in_the_question_stands_on_one_line_and_can_be_pasted_back():
    first = refusal("05/06/2020").params["first"]
    assert first == "2020-\u206006-\u206005"
    assert parse(str(first)) == date(2020, 6, 5)


@pytest.mark.parametrize(
    "text", ["2021-02-30", "30/2 2021", "30 februari 2021", "0000-01-01", "20210230", "31.04.2021"]
)
def test_a_day_that_is_not_in_the_calendar_is_said_not_to_be(text):
    assert refusal(text).sentence == f"{text} finns inte. Kontrollera månad och dag."


@pytest.mark.parametrize(
    "text", ["", "x", "i går", "2021", "2021-03", "202103311", "٢٠٢٠-٠١-٠٥", "19850101-2382", "8501012382"]
)
def test_what_is_no_day_gets_the_shape_and_is_not_repeated(text):
    assert refusal(text).sentence == "Skriv dagen som år-månad-dag, till exempel 2021-03-31."


@given(st.dates(date(1930, 1, 1), date(2100, 1, 1)))
def test_every_day_is_read_back_from_the_ways_that_have_one_reading(day):
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day.day}/{day.month} {day.year}", f"{day:%d.%m.%Y}"):
        assert parse(text) == day
