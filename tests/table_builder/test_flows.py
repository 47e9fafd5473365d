"""What holds between counts by which of a person's stays it is, and how many there are at once, in a year."""

from itertools import product

import pytest

from finsam.disclosure.relations import covered
from finsam.statistics.relations import flows
from finsam.statistics.relations.identity import Identity
from finsam.statistics.relations.web import address

NORTH, COUNTY, NUMBER, AT_ONCE = "association", "county", "stay_number", "at_once"
QUARTERS = [f"2020K{quarter}" for quarter in range(1, 5)]


def cell(
    unit: str, period: str, number: int, *parts: tuple[str, str], of: str = NUMBER, flow: str = "ended"
) -> Identity:
    return Identity(f"{unit}_{flow}", unit, period, tuple(sorted({*parts, (of, str(number))})))


def held(*parts: tuple[str, str], of: str = NUMBER, flow: str = "ended") -> set[object]:
    """What is declared of a flow, by such a number, in a year and its quarters."""
    each = product(("persons", "participations"), ("2020", *QUARTERS), (1, 2, 3))
    every = [cell(*one, *parts, of=of, flow=flow) for one in each]
    cells = {one: address(one) for one in every}
    return {*flows.numbered_stays(cells), *flows.most_at_once(cells)}


def within(one: Identity, *others: Identity) -> object:
    return covered(address(one), *map(address, others))


@pytest.mark.parametrize("parts", [(), ((NORTH, "1"),), (("sex", "women"),)])
def test_of_first_and_second_stays_there_is_one_to_a_person(parts: tuple[tuple[str, str], ...]) -> None:
    found = held(*parts)
    second = cell("participations", "2020", 2, *parts)
    assert within(second, *(cell("persons", "2020", number, *parts) for number in (2, 3))) in found
    third = cell("participations", "2020", 3, *parts)
    assert within(third, cell("persons", "2020", 3, *parts)) not in found  # a third stay and a fourth are both of it


@pytest.mark.parametrize(("part", "holds"), [((NORTH, "1"), True), ((COUNTY, "01"), False)])
def test_the_number_of_the_last_stay_can_only_rise(part: tuple[str, str], holds: bool) -> None:
    """Of a county only while nothing is told but of the last stay: who has moved since is counted elsewhere."""
    found = held(part)
    quarter = cell("persons", "2020K1", 2, part)
    assert (within(quarter, *(cell("persons", "2020", number, part) for number in (2, 3))) in found) is holds
    first = cell("persons", "2020", 1, part)
    assert within(first, *(cell("persons", quarter, 1, part) for quarter in QUARTERS)) in found


@pytest.mark.parametrize(("flow", "in_one"), [("ongoing", True), ("ended", False)])
def test_at_once_there_are_never_more_in_a_quarter_than_in_its_year(flow: str, in_one: bool) -> None:
    """The most of a year is that of one quarter at least; but who ended may have ended in another."""
    found = held(of=AT_ONCE, flow=flow)
    quarter, year = (cell("persons", period, 2, of=AT_ONCE, flow=flow) for period in ("2020K1", "2020"))
    assert within(quarter, *(cell("persons", "2020", number, of=AT_ONCE, flow=flow) for number in (2, 3))) in found
    assert (within(year, *(cell("persons", one, 2, of=AT_ONCE, flow=flow) for one in QUARTERS)) in found) is in_one
