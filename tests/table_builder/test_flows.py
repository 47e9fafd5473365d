"""What holds between counts by which of a person's stays it is: tried on the cells of one quarter and its year."""

from itertools import product

import pytest

from finsam.disclosure.relations import covered
from finsam.table_builder import flows
from finsam.table_builder.cell_identity import Identity
from finsam.table_builder.overlaps import address

NORTH, COUNTY, NUMBER = "association", "county", "stay_number"


def cell(unit: str, period: str, number: int, *parts: tuple[str, str]) -> Identity:
    return Identity(f"{unit}_ended", unit, period, tuple(sorted({*parts, (NUMBER, str(number))})))


def held(*parts: tuple[str, str]) -> set[object]:
    """What is declared of those who ended, by stay, in a year and its quarters."""
    periods = ("2020", *(f"2020K{quarter}" for quarter in range(1, 5)))
    every = [cell(*of, *parts) for of in product(("persons", "participations"), periods, (1, 2, 3))]
    return set(flows.numbered_stays({one: address(one) for one in every}))


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
    assert within(first, *(cell("persons", f"2020K{quarter}", 1, part) for quarter in range(1, 5))) in found
