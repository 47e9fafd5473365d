"""Identity numbers: what is taken, what is refused and with which sentence, and that the number never leaks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam.values.identity import TEST_SERIALS, IdentityNumber, IdentityNumberError, Series, parse, shifted
from finsam.values.organisation import check_digit

TODAY = date(2021, 3, 31)


def true_number(birth_date, serial, *, coordination=False):
    """The number of the day and serial with its true check digit, made here so that none is written in the file."""
    nine = f"{birth_date:%y%m}{birth_date.day + 60 * coordination:02}{serial}"
    return f"{birth_date.year // 100}{nine}{check_digit(nine)}"


def refusal(text, *, on=TODAY, series=Series.REAL):
    with pytest.raises(IdentityNumberError) as refused:
        parse(text, on=on, series=series)
    return refused.value


@pytest.mark.parametrize(("serial", "sex"), [("238", "women"), ("239", "men"), ("980", "women"), ("981", "men")])
def test_the_number_tells_sex_and_birth(serial, sex):
    identity = parse(true_number(date(1985, 1, 1), serial), on=TODAY, series=Series.REAL)
    assert identity.sex == sex
    assert identity.birth_date == date(1985, 1, 1)
    assert identity.masked == "19850101-••••"
    assert not identity.is_coordination


def test_a_coordination_number_has_sixty_on_its_day():
    identity = parse(true_number(date(1985, 1, 31), "238", coordination=True), on=TODAY, series=Series.REAL)
    assert identity.is_coordination
    assert identity.birth_date == date(1985, 1, 31)
    assert identity.masked == "19850191-••••"


@pytest.mark.parametrize("form", ["{0}{1}", "{0}-{1}", " {0} {1} ", "{0}\u2013{1}", "{0}\u00a0{1}"])
def test_the_number_may_be_typed_in_many_ways(form):
    number = true_number(date(1985, 1, 1), "238")
    assert parse(form.format(number[:8], number[8:]), on=TODAY, series=Series.REAL).number == number


@pytest.mark.parametrize(
    ("sign", "on", "year"),
    [
        ("-", date(2021, 3, 31), 1922),
        ("+", date(2022, 1, 1), 1922),
        ("-", date(2022, 12, 31), 2022),
    ],
)
def test_ten_digits_take_their_century_from_the_sign_and_the_day(sign, on, year):
    ten = true_number(date(1922, 1, 1), "238")[2:]
    assert parse(f"{ten[:6]}{sign}{ten[6:]}", on=on, series=Series.REAL).birth_year == year


def test_ten_digits_without_a_sign_leave_the_century_open():
    assert refusal(true_number(date(1985, 1, 1), "238")[2:]).code == "wrong_shape"


@pytest.mark.parametrize("text", ["", "abc", "19850101", "19850101-23", "19850101-23800", "१९८५०१०१-२३८०"])
def test_other_shapes_are_refused_with_an_example(text):
    assert refusal(text).sentence == "Skriv numret med tolv siffror, så här: ÅÅÅÅMMDD-NNNN."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("19850230-2380", "30 februari finns inte. Kontrollera månad och dag i numret."),
        ("19850290-2380", "30 februari finns inte. Kontrollera månad och dag i numret."),
        ("19850431-2380", "31 april finns inte. Kontrollera månad och dag i numret."),
        ("19850500-2380", "0 maj finns inte. Kontrollera månad och dag i numret."),
        ("19850532-2380", "32 maj finns inte. Kontrollera månad och dag i numret."),
        ("19851301-2380", "Månad 13 finns inte. Kontrollera månad och dag i numret."),
        ("19850001-2380", "Månad 00 finns inte. Kontrollera månad och dag i numret."),
        ("20190229-2380", "29 februari fanns inte år 2019. Kontrollera år, månad och dag i numret."),
        ("20210401-2380", "Födelsedagen ligger i framtiden. Kontrollera år, månad och dag i numret."),
        ("00000101-2380", "Numret säger att personen är född år 0000. Kontrollera de fyra första siffrorna."),
        ("18850101-2380", "Numret säger att personen är född år 1885. Kontrollera de fyra första siffrorna."),
    ],
)
def test_an_impossible_day_is_named_in_words(typed, sentence):
    assert refusal(typed).sentence == sentence


def test_a_leap_day_is_a_birthday_in_leap_years_only():
    assert parse(shifted(date(2000, 2, 29), 100), on=TODAY, series=Series.DEMO).birth_date == date(2000, 2, 29)


@pytest.mark.parametrize(
    ("eight", "earliest", "latest", "month"),
    [
        ("19150072", date(1915, 1, 12), date(1915, 12, 12), None),  # the month is not known
        ("19150090", date(1915, 1, 30), date(1915, 12, 30), None),
        ("19150360", date(1915, 3, 1), date(1915, 3, 31), 3),  # the day is not known
        ("19160260", date(1916, 2, 1), date(1916, 2, 29), 2),
        ("19150060", date(1915, 1, 1), date(1915, 12, 31), None),  # neither is known
    ],
)
def test_a_coordination_number_of_someone_whose_birth_is_partly_known_is_a_number(eight, earliest, latest, month):
    nine = f"{eight[2:]}239"
    identity = parse(f"{eight}-239{check_digit(nine)}", on=TODAY, series=Series.REAL)
    assert identity.is_coordination
    assert (identity.birth_year, identity.birth_month, identity.birth_date) == (int(eight[:4]), month, None)
    assert identity.born_between == (earliest, latest)
    assert identity.sex == "men"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("191500722390", None),  # Skatteverket's test number: month 00
        ("19150360-2390", "Kontrollsiffran stämmer inte."),  # day 60: the shape is taken, the check digit decides
        ("191503882399", None),
        ("0707767612", "Skriv numret med tolv siffror"),  # a mobile number
    ],
)
def test_each_tried_number_is_taken_or_refused_as_it_should(number, sentence):
    if sentence is None:
        assert parse(number, on=TODAY, series=Series.REAL).number == number
    else:
        assert sentence in refusal(number).sentence


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("19150092-2390", "Dag 32 finns inte. Kontrollera månad och dag i numret."),
        ("20210460-2390", "Födelsedagen ligger i framtiden. Kontrollera år, månad och dag i numret."),
    ],
)
def test_a_partly_known_day_of_birth_that_cannot_be_is_refused_in_words(typed, sentence):
    assert refusal(typed).sentence == sentence


def test_a_child_born_today_is_born():
    assert parse(true_number(TODAY, "238"), on=TODAY, series=Series.REAL).birth_date == TODAY


@given(st.dates(date(1930, 1, 1), TODAY), st.integers(1, 999), st.booleans())
def test_a_shifted_number_is_taken_in_a_demo_and_is_a_wrong_number_in_a_real_home(birth_date, serial, coordination):
    number = shifted(birth_date, serial, coordination=coordination)
    identity = parse(number, on=TODAY, series=Series.DEMO)
    assert (identity.birth_date, identity.is_coordination) == (birth_date, coordination)
    assert identity.sex == ("men" if serial % 2 else "women")
    assert refusal(number).code == "wrong_check_digit"


@given(st.dates(date(1930, 1, 1), TODAY), st.sampled_from(sorted(TEST_SERIALS)), st.integers(0, 9))
def test_a_test_number_is_taken_everywhere_and_other_check_digits_only_when_shifted(birth_date, serial, off):
    true = true_number(birth_date, serial)
    number = f"{true[:11]}{(int(true[11]) + off) % 10}"
    for series, taken in [(Series.REAL, {0}), (Series.DEMO, {0, 5})]:
        if off in taken:
            assert parse(number, on=TODAY, series=series).number == number
        else:
            assert refusal(number, series=series).code == "wrong_check_digit"


def test_a_number_that_may_be_somebodys_is_refused_in_a_demo():
    for serial in ("237", "240", "979", "983"):
        number = true_number(date(1985, 1, 1), serial)
        assert refusal(number, series=Series.DEMO).code == "not_invented"


def test_serial_zero_is_nobodys():
    assert refusal(true_number(date(1985, 1, 1), "000")).code == "wrong_check_digit"


@pytest.mark.parametrize(
    "typed", ["19850101-2381", "19850230-2380", "20990101-2380", "850101-2381", "hej 8501012380 1"]
)
@pytest.mark.parametrize("series", list(Series))
def test_no_refusal_holds_the_number(typed, series):
    refused = refusal(typed, series=series)
    shown = f"{refused!r} {refused} {refused.params} {refused.__cause__!r} {refused.__context__!r}"
    assert "238" not in shown.replace("238, 239", "")
    assert "850101" not in shown


def test_neither_str_nor_repr_shows_the_last_four():
    identity = IdentityNumber(shifted(date(1985, 1, 1), 777))
    assert "777" not in f"{identity} {identity!r} {[identity]}"
    assert repr(identity) == "<IdentityNumber 19850101-••••>"
