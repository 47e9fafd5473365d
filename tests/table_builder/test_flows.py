"""What holds between counts by which of a person's stays it is, and how many there are at once, in a year."""

from itertools import product

import pytest

from finsam.disclosure.relations import Address, Relation, adds_up, at_most, covered, equals
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.statistics.relations import flows
from finsam.statistics.relations.believed import believed
from finsam.statistics.relations.identity import ACTIVE_BAND, ACTIVITY_AFTER, STAY_LENGTH, Identity, Implied
from finsam.statistics.relations.web import Web
from finsam.values.keys import Code
from tests.relations.addresses import address

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


def counted(*cells: Identity) -> dict[Identity, Address]:
    return {one: address(one) for one in cells}


@pytest.mark.parametrize("period", [("2020", "2019", "2021"), ("2020K1", "2019K4", "2020K2")])
def test_who_goes_on_is_new_or_went_on_before_and_has_ended_or_goes_on_after(period: tuple[str, str, str]) -> None:
    now, before, after = period
    going = [Identity("persons_ongoing", "persons", one, ((NORTH, "1"),)) for one in period]
    new, ended = (Identity(f"persons_{flow}", "persons", now, ((NORTH, "1"),)) for flow in ("new", "ended"))
    found = list(flows.going_on(counted(*going, new, ended)))
    assert within(going[0], new, going[1]) in found
    assert within(going[0], ended, going[2]) in found
    assert len(found) == 2
    assert (before, after) == (flows.preceding(now), flows.following(now))


@pytest.mark.parametrize(("part", "holds"), [(("sex", "women"), True), (("age_group", "20"), False)])
def test_what_mostly_stays_is_only_believed(part: tuple[str, str], holds: bool) -> None:
    """A person may have another sex, or live elsewhere, next year; everybody is older then."""
    going = [Identity("persons_ongoing", "persons", year, (part,)) for year in ("2019", "2020")]
    new = Identity("persons_new", "persons", "2020", (part,))
    web = Web(Implied({}), counted(*going, new))
    assert list(flows.going_on(web.places)) == []
    assert (within(going[1], new, going[0]) in list(believed(web))) is holds


@pytest.mark.parametrize("unit", ["participations", "persons"])
def test_who_is_active_works_or_studies(unit: str) -> None:
    active = Identity(f"{unit}_work_or_study", "active", "2020", ())
    ended = Identity(f"{unit}_ended", unit, "2020", ())
    work, studies = (ended.with_part(("occupation_after", one)) for one in ("work", "studies"))
    either = ended.with_part((ACTIVITY_AFTER, ACTIVE_BAND))
    found = list(flows.active_by_occupation(counted(active, work, studies, either)))
    makes_up = adds_up if unit == "participations" else covered
    assert found == [equals(address(active), address(either)), makes_up(*map(address, (active, studies, work)))]


def test_long_stays_were_ongoing_the_year_before() -> None:
    """After more than two years always; after more than one unless the year was leap, which is only believed."""
    ended = Identity("participations_ended", "participations", "2020", ())
    long, longest = (ended.with_part((STAY_LENGTH, code)) for code in ("024", "more"))
    before = Identity("participations_ongoing", "participations", "2019", ())
    cells = counted(long, longest, before)
    assert list(flows.long_stays(cells)) == [at_most(address(longest), address(before))]
    both = Relation(((1, address(before)), (-1, address(long)), (-1, address(longest))), at_least=True)
    assert both in list(believed(Web(Implied({}), cells)))


def test_nothing_is_gained_from_what_is_not_stated() -> None:
    gained = Identity("participations_work_or_study", "gained", "2020", ())
    ended = Identity("participations_ended", "participations", "2020", ())
    unstated = ended.with_part(("occupation", UNKNOWN))
    found = list(flows.gained_from_something(counted(gained, ended, unstated)))
    terms = ((1, address(ended)), (-1, address(unstated)), (-1, address(gained)))
    assert found == [Relation(terms, at_least=True)]


@pytest.mark.parametrize(
    ("flow", "part", "holds"),
    [
        ("new", (NORTH, "1"), True),
        ("new", (COUNTY, "01"), True),
        ("ended", (COUNTY, "01"), False),
        ("new", (AT_ONCE, "2"), False),
    ],
)
def test_persons_of_a_year_are_at_most_its_stays_by_quarter(flow: str, part: tuple[str, str], holds: bool) -> None:
    """Also where nobody counts the stays of the year; not of what can be other in another quarter or stay."""
    persons = Identity(f"persons_{flow}", "persons", "2020", (part,))
    stays = [Identity(f"participations_{flow}", "participations", quarter, (part,)) for quarter in QUARTERS]
    found = set(flows.persons_within_stays(counted(persons, *stays)))
    assert (within(persons, *stays) in found) is holds


@pytest.mark.parametrize("unit", ["persons", "participations"])
def test_what_is_gained_by_who_neither_worked_nor_studied_is_begun_and_by_others_increased(unit: str) -> None:
    def count(what: str, before: Code) -> Identity:
        return Identity(f"{unit}_work_or_study", what, "2020", (("occupation", before),))

    def held(before: Code) -> list[Relation]:
        every = counted(*(count(what, before) for what in ("gained", "active", "began", "increased")))
        return list(flows.gained_by_occupation(every))

    gained = {before: address(count("gained", before)) for before in ("job_seeking", "studies")}
    begun = [address(count(what, "job_seeking")) for what in ("began", "active")]
    assert held("job_seeking") == [equals(gained["job_seeking"], one) for one in begun]
    assert held("studies") == [equals(gained["studies"], address(count("increased", "studies")))]
    assert held(UNKNOWN) == []  # of whom nothing is stated nothing is gained
