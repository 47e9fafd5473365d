"""The figures of past years as several snapshots had them: counted, protected together, and read as a triangle."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from finsam.disclosure.cells import TOTAL
from finsam.disclosure.protect import SUPPRESSED, Cell, Key, Known, Rule, Status
from finsam.disclosure.relations import Address, equals
from finsam.statistics.figures import late_registration
from finsam.statistics.figures.late_registration import Shown, Taken, address
from finsam.values.keys import written
from tests.tables import tables

RULE = Rule()
FIRST, SECOND = date(2020, 1, 31), date(2021, 1, 31)
STAYS = """
    participation | person | starts_on  | ends_before
    1             | 1      | 2018-03-01 | 2020-01-01
    2             | 1      | 2019-12-31 |
    3             | 2      | 2017-03-01 | 2019-01-01
    4             | 3      | 2019-02-01 | 2019-02-02
"""
# A year in which nothing is small, nor anything that lies between: figures by year.
YEAR = {
    "persons_ongoing": 1000,
    "persons_new": 600,
    "persons_ended": 500,
    "participations_ongoing": 1200,
    "participations_new": 800,
    "participations_ended": 700,
}


def taken(name: str, as_of: date, **changed: int) -> Taken:
    """A snapshot of one year."""
    year = str(as_of.year - 1)
    return Taken(name, as_of, {(year, figure): count for figure, count in (YEAR | changed).items()})


def hidden(shown: Shown) -> set[str]:
    """The figures that are hidden."""
    return {
        written(figure) for (_year, figure), (cell,) in shown.table.cells.items() if cell.status is Status.SUPPRESSED
    }


@pytest.mark.parametrize(
    ("as_of", "last"), [(date(2020, 12, 30), 2019), (date(2020, 12, 31), 2020), (date(2021, 1, 1), 2020)]
)
def test_a_snapshot_shows_years_that_were_over(as_of: date, last: int) -> None:
    assert late_registration.years_of(as_of).numbers == range(last - late_registration.YEARS + 1, last + 1)


def test_every_figure_of_a_snapshot_is_counted_and_agrees_with_the_others() -> None:
    """Person 1 has two stays in 2019, one of which ends on its last day; person 3 stayed for one day."""
    values = late_registration.counted(tables=tables(participations=STAYS), as_of=FIRST)
    assert {figure: values["2019", figure] for figure in late_registration.NAMES} == {
        "persons_ongoing": 2,
        "persons_new": 2,
        "persons_ended": 2,
        "participations_ongoing": 3,
        "participations_new": 2,
        "participations_ended": 2,
    }
    assert values["2012", "persons_ongoing"] == 0


def test_what_is_said_to_hold_between_the_figures_holds_for_any_stays() -> None:
    """Two hundred stays by chance of sixty persons, some of one day, some still going on: none contradicts another."""
    chance, lines = Random(1), ["participation | person | starts_on | ends_before"]
    for number in range(1, 201):
        first = date(2012, 1, 1) + timedelta(days=chance.randrange(3285))
        ends = first + timedelta(days=chance.choice([1, 30, 365, 900]))
        lines.append(f"{number} | {chance.randrange(60)} | {first} | {ends if chance.random() < 0.8 else ''}")
    values = late_registration.counted(tables=tables(participations="\n".join(lines)), as_of=SECOND)
    (shown,) = late_registration.protected([Taken("a", SECOND, values)], RULE)
    assert shown.cell(2019, "participations_ongoing") == Cell(values["2019", "participations_ongoing"])


def test_large_counts_are_shown_also_when_few_were_registered_late() -> None:
    shown = late_registration.protected(
        [taken("a", FIRST), Taken("b", SECOND, {**taken("b", FIRST, persons_ongoing=1001).values})], RULE
    )
    assert [one.cell(2019, "persons_ongoing") for one in shown] == [Cell(1000), Cell(1001)]
    assert not any(map(hidden, shown))


def test_those_who_lie_between_two_figures_are_not_to_be_had_by_subtracting() -> None:
    """Six hundred were new and three had begun earlier: ongoing less new would tell how few they were."""
    few = taken("a", FIRST, persons_ongoing=603)
    (shown,) = late_registration.protected([few], RULE)
    assert {"persons_ongoing", "persons_new"} & hidden(shown)


def test_what_is_small_stays_hidden_in_the_next_snapshot() -> None:
    first = taken("a", FIRST, persons_ended=3)
    then = Taken("b", SECOND, {**first.values, ("2019", "persons_ended"): 9})
    shown = late_registration.protected([first, then], RULE)
    assert all("persons_ended" in hidden(one) for one in shown)


def test_a_new_snapshot_changes_nothing_in_what_was_shown_before() -> None:
    first, second = taken("a", FIRST, persons_ended=3), taken("b", SECOND)
    assert late_registration.protected([first, second], RULE)[0] == late_registration.protected([first], RULE)[0]


def change(before: int, now: int, figure: str = "persons_new", rule: Rule = RULE) -> bool:
    """Whether a figure is hidden that was so many in the snapshot before."""
    first = taken("a", FIRST, **{figure: before})
    then = Taken("b", SECOND, taken("b", FIRST, **{figure: now}).values)
    return figure in hidden(late_registration.protected([first, then], rule)[1])


@pytest.mark.parametrize(
    ("before", "now", "is_hidden"),
    [
        (50, 50, False),
        (50, 51, True),
        (50, 54, True),
        (50, 55, False),
        (50, 46, True),
        (50, 45, False),
        (99, 100, True),  # the smaller of the two decides
        (100, 99, True),
        (100, 101, False),
        (104, 100, False),
    ],
)
def test_a_change_of_a_few_is_as_small_as_a_count_unless_there_are_a_hundred(
    before: int, now: int, is_hidden: bool
) -> None:
    assert change(before, now) is is_hidden


@pytest.mark.parametrize(("now", "is_hidden"), [(51, True), (52, False)])
def test_the_threshold_says_how_small_a_change_is(now: int, is_hidden: bool) -> None:
    assert change(50, now, rule=Rule(threshold=2)) is is_hidden


@pytest.mark.parametrize(("more", "is_hidden"), [(0, False), (4, True), (5, False)])
def test_a_change_of_those_between_two_figures_is_not_to_be_had_by_subtracting(more: int, is_hidden: bool) -> None:
    """Of 650 six hundred are new; a few more, none of them new, change those who began earlier from fifty."""
    first = taken("a", FIRST, persons_ongoing=650, persons_ended=300)
    then = Taken("b", SECOND, {**first.values, ("2019", "persons_ongoing"): 650 + more})
    shown = late_registration.protected([first, then], RULE)[1]
    assert bool({"persons_ongoing", "persons_new"} & hidden(shown)) is is_hidden


def test_a_change_is_told_from_any_snapshot_that_shows_the_figure_but_from_none_that_hides_it() -> None:
    """53 is three more than 50 and hidden; 54 four more; 55 is two more than 53, which nobody has seen."""
    found = [
        Taken(name, FIRST, taken(name, FIRST, persons_new=count).values)
        for name, count in (("a", 50), ("b", 53), ("c", 54), ("d", 55))
    ]
    shown = late_registration.protected(found, RULE)
    assert ["persons_new" in hidden(one) for one in shown] == [False, True, True, False]


@pytest.mark.parametrize(("told", "is_hidden"), [(46, True), (45, False), (50, False)])
def test_a_change_since_what_an_edition_from_another_snapshot_shows_counts_too(told: int, is_hidden: bool) -> None:
    one = taken("a", FIRST, persons_new=50)
    (shown,) = late_registration.protected([one], RULE, told={"elsewhere": {("2019", "persons_new"): told}})
    assert ("persons_new" in hidden(shown)) is is_hidden


def test_what_an_edition_from_the_same_snapshot_shows_is_no_change() -> None:
    one = taken("a", FIRST, persons_new=50)
    (shown,) = late_registration.protected([one], RULE, told={"a": {("2019", "persons_new"): 50}})
    assert "persons_new" not in hidden(shown)


def test_what_was_hidden_when_the_snapshot_was_counted_before_stays_hidden_but_nobody_is_shown() -> None:
    keys: frozenset[Key] = frozenset({("2019", "persons_new"), ("2019", "persons_ended")})
    one = replace(taken("a", FIRST, persons_ended=0), hidden=keys)
    assert hidden(late_registration.protected([one], RULE)[0]) == {"persons_new"}


@pytest.mark.parametrize(("part", "is_hidden"), [(600, False), (599, True), (596, True), (595, False)])
def test_those_outside_a_part_that_is_published_are_not_to_be_had_by_subtracting(part: int, is_hidden: bool) -> None:
    """Six hundred are new; an edition shows so many of them, with a need group."""
    one = replace(taken("a", FIRST), parts={("2019", "persons_new"): frozenset({part})})
    assert ("persons_new" in hidden(late_registration.protected([one], RULE)[0])) is is_hidden


@pytest.mark.parametrize(("more", "is_hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_stays_beyond_one_for_each_person_are_not_to_be_had_by_subtracting(more: int, is_hidden: bool) -> None:
    (shown,) = late_registration.protected([taken("a", FIRST, participations_new=600 + more)], RULE)
    assert bool({"persons_new", "participations_new"} & hidden(shown)) is is_hidden


def test_a_figure_that_an_edition_hides_is_hidden_here_in_each_snapshot_and_one_that_it_shows_is_not() -> None:
    place, here = Address("edition:totals", ("2019", "identified", TOTAL)), address("2019", "persons_ongoing")
    for cell, expected in ((SUPPRESSED, True), (Cell(1000), False)):
        first = replace(taken("a", FIRST), known=Known(relations=(equals(here, place),)))
        then = Taken("b", SECOND, first.values)
        shown = late_registration.protected([first, then], RULE, Known({place: cell}))
        assert [("persons_ongoing" in hidden(one)) for one in shown] == [expected, expected]


def test_hidden_counts_and_years_without_anybody_are_no_part_of_the_triangle() -> None:
    values = {**taken("a", FIRST, persons_ended=3).values, **dict.fromkeys((("2016", name) for name in YEAR), 0)}
    shown = late_registration.protected([Taken("a", FIRST, values)], RULE)
    assert [(one.period, one.figure) for one in late_registration.seen(shown, "persons_new")] == [(2019, 600)]
    assert late_registration.seen(shown, "persons_ended") == []
