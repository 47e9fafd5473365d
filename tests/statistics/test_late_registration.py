"""The figures of past years as several snapshots had them: counted, protected together, and read as a triangle."""

from datetime import date, timedelta
from random import Random

import pytest

from finsam.disclosure.cells import TOTAL
from finsam.disclosure.protect import Cell, Rule, Status
from finsam.disclosure.relations import Address
from finsam.statistics.figures import late_registration
from finsam.statistics.figures.late_registration import Shown, Taken
from finsam.values.keys import written
from tests.tables import tables

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
    "persons_ongoing": 100,
    "persons_new": 60,
    "persons_ended": 50,
    "participations_ongoing": 120,
    "participations_new": 80,
    "participations_ended": 70,
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
    (shown,) = late_registration.protected([Taken("a", SECOND, values)], Rule())
    assert shown.cell(2019, "participations_ongoing") == Cell(values["2019", "participations_ongoing"])


def test_large_counts_are_shown_also_when_few_were_registered_late() -> None:
    shown = late_registration.protected(
        [taken("a", FIRST), Taken("b", SECOND, {**taken("b", FIRST, persons_ongoing=101).values})], Rule()
    )
    assert [one.cell(2019, "persons_ongoing") for one in shown] == [Cell(100), Cell(101)]
    assert not any(map(hidden, shown))


def test_those_who_lie_between_two_figures_are_not_to_be_had_by_subtracting() -> None:
    """Sixty were new and three had begun earlier: ongoing less new would tell how few they were."""
    few = taken("a", FIRST, persons_ongoing=63, persons_ended=50)
    (shown,) = late_registration.protected([few], Rule())
    assert {"persons_ongoing", "persons_new"} & hidden(shown)


def test_what_is_small_stays_hidden_in_the_next_snapshot() -> None:
    first = taken("a", FIRST, persons_ended=3)
    then = Taken("b", SECOND, {**first.values, ("2019", "persons_ended"): 9})
    shown = late_registration.protected([first, then], Rule())
    assert all("persons_ended" in hidden(one) for one in shown)


def test_a_new_snapshot_changes_nothing_in_what_was_shown_before() -> None:
    first, second = taken("a", FIRST, persons_ended=3), taken("b", SECOND)
    assert late_registration.protected([first, second], Rule())[0] == late_registration.protected([first], Rule())[0]


def test_what_an_edition_hides_is_hidden_here_and_what_it_shows_may_be_shown() -> None:
    place = Address("edition:totals", ("2019", "identified", TOTAL))
    for cell, expected in ((Cell(None, Status.SUPPRESSED), True), (Cell(100), False)):
        known = late_registration.published("2019", "persons_ongoing", place, cell)
        (shown,) = late_registration.protected([Taken("a", FIRST, taken("a", FIRST).values, known)], Rule())
        assert ("persons_ongoing" in hidden(shown)) is expected


def test_hidden_counts_and_years_without_anybody_are_no_part_of_the_triangle() -> None:
    values = {**taken("a", FIRST, persons_ended=3).values, **dict.fromkeys((("2016", name) for name in YEAR), 0)}
    shown = late_registration.protected([Taken("a", FIRST, values)], Rule())
    assert [(one.period, one.figure) for one in late_registration.seen(shown, "persons_new")] == [(2019, 60)]
    assert late_registration.seen(shown, "persons_ended") == []
