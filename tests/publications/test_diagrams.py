"""What diagram some cells get, and the title that says its finding: only of figures that are shown."""

import pytest

from finsam.disclosure.protect import Cell
from finsam.publications import findings
from finsam.publications.blocks import Bars, Group, Lines, Multiples, Panel, Series
from finsam.publications.diagrams import About, by_age, by_group, from_before_to_after, multiples, over_time
from tests.publications.invented import HIDDEN

ABOUT = About("key", "Nya deltagare", "Personer per år", "nya deltagare", "grid")
YEARS = ("2018", "2019", "2020")


def cells(*values):
    return tuple(HIDDEN if value is None else Cell(value) for value in values)


def series(*values, label="Kvinnor", role="women"):
    return Series(label, role, cells(*values))


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ([(10, 20, 30)], "Nya deltagare: högst under perioden"),
        ([(30, 20, 10)], "Nya deltagare: lägst under perioden"),
        ([(30, 10, 20)], "Nya deltagare: fler än 2019"),
        ([(30, 20, 20)], "Nya deltagare: lika många som 2019"),
        ([(None, 10, 20)], "Nya deltagare: fler än 2019"),
        ([(10, None, 20)], "Nya deltagare"),
        ([(10, 20, None)], "Nya deltagare"),
        ([(10, 20, 30), (5, 6, 7)], "Nya deltagare: fler än 2019 i alla grupper"),
        ([(10, 20, 10), (5, 6, 5)], "Nya deltagare: färre än 2019 i alla grupper"),
        ([(10, 20, 30), (5, 6, 5)], "Nya deltagare"),
        ([(10, 20, 30), (5, 6, None)], "Nya deltagare"),
    ],
)
def test_the_title_says_what_the_newest_figures_are(values, title):
    assert findings.over_time("Nya deltagare", YEARS, [series(*one) for one in values]) == title


def test_few_periods_are_bars_and_many_are_lines():
    [few] = over_time(ABOUT, YEARS, [series(10, 20, 30)])
    [many] = over_time(ABOUT, [str(year) for year in range(2010, 2021)], [series(*range(10, 21))])
    assert (type(few), type(many)) == (Bars, Lines)
    assert few.title == many.title == "Nya deltagare: högst under perioden"


def test_more_than_four_series_are_small_charts():
    [found] = over_time(ABOUT, YEARS, [series(10, 20, 30 + at, label=f"Förbund {at}") for at in range(5)])
    assert isinstance(found, Multiples)
    assert found.title == "Nya deltagare: fler än 2018 i 5 av 5"
    assert found.highest == 34


def test_many_small_charts_are_several_drawings_on_one_scale():
    panels = [Panel(f"Förbund {at}", (cells(5, 6, at),)) for at in range(60)]
    found = list(multiples(ABOUT, YEARS, [("Deltagare", "first")], panels))
    assert [len(one.panels) for one in found] == [24, 24, 12]
    assert {one.highest for one in found} == {59}
    assert [one.key for one in found] == ["key", "key-2", "key-3"]
    assert found[1].title == "Nya deltagare, del 2 av 3"


def test_hidden_charts_are_not_counted_in_the_finding():
    panels = [Panel("Norra", (cells(5, 6, 7),)), Panel("Södra", (cells(None, 6, 7),))]
    title = findings.of_panels("Nya deltagare", YEARS, panels)
    assert title == "Nya deltagare: fler än 2018 i 1 av 1, av det som visas"


def test_ages_say_the_most_common():
    women, men = series(5, 20, 10), series(5, 30, 10, label="Män", role="men")
    assert by_age(ABOUT, ("–29", "30–39", "40–"), (women, men)).title == "30–39 är vanligast i båda grupperna"
    other = series(50, 30, None, label="Män", role="men")
    title = "30–39 är vanligast bland kvinnor och –29 bland män, av det som visas"
    assert by_age(ABOUT, ("–29", "30–39", "40–"), (women, other)).title == title
    assert by_age(ABOUT, ("–29", "30–39", "40–"), (women, series(9, 9, 1))).title == "Nya deltagare"


def test_groups_of_one_period_say_the_largest():
    assert by_group(ABOUT, ["Sjukpenning", "A-kassa"], cells(9, 12)).title == "Nya deltagare: flest i gruppen A-kassa"
    assert by_group(ABOUT, ["Sjukpenning", "A-kassa"], cells(12, 12)).title == "Nya deltagare"


def test_transitions_say_how_many_got_what_one_hopes_for():
    before = [Group("Sjukpenning", Cell(100)), Group("A-kassa", Cell(0))]
    after = [
        Group("Arbete", Cell(39), hoped_for=True),
        Group("Studier", Cell(29), hoped_for=True),
        Group("Annat", HIDDEN),
    ]
    flows = [cells(39, 29, None), cells(0, 0, 0)]
    found = from_before_to_after(ABOUT, (before, after), flows, Cell(100))
    assert found.title == "68 av 100 gick till arbete eller studier"
    assert [group.label for group in found.before] == ["Sjukpenning"]
    assert from_before_to_after(ABOUT, (before, after), flows, HIDDEN).title == "Nya deltagare"


def test_a_single_period_is_its_subject():
    assert findings.over_time("Nya deltagare", ["2020"], [series(4)]) == "Nya deltagare"
