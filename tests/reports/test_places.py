"""Which counties an association works in, year by year, and what anybody makes of it."""

from finsam.disclosure.cells import TOTAL, Counts, Key
from finsam.disclosure.relations import Address, adds_up, at_most, covered
from finsam.reports.national_results import places
from tests.tables import tables

GIVEN = {
    "municipalities": """
        municipality | code | name      | county_code
        180          | 0180 | Stockholm | 01
        127          | 0127 | Botkyrka  | 01
        1480         | 1480 | Göteborg  | 14
    """,
    "associations": """
        association | number      | name
        1           | 222000-0001 | Norra
        2           | 222000-0002 | Södra
    """,
    "coverage": """
        association | municipality | first_day  | ends_before
        1           | 180          | 2005-01-01 |
        2           | 127          | 2005-01-01 |
        2           | 1480         | 2005-01-01 | 2020-01-01
    """,
}
NORTH, SOUTH = "222000-0001", "222000-0002"


def test_an_association_lies_where_it_covered_a_municipality_on_any_day_of_the_year() -> None:
    assert places.lying(tables(**GIVEN), (2019, 2020)) == {
        "2019": {NORTH: {"01"}, SOUTH: {"01", "14"}},
        "2020": {NORTH: {"01"}, SOUTH: {"01"}},
    }


def test_a_county_is_believed_to_be_made_of_the_associations_that_lie_in_it() -> None:
    lying = places.lying(tables(**GIVEN), (2019, 2020))
    found = set(places.believed(lying, {table.name: table for table in counted()}))
    crossing, whole = (
        [Address("counties", (year, "01", TOTAL), "ended"), *(_of(year, one) for one in (NORTH, SOUTH))]
        for year in ("2019", "2020")
    )
    assert {at_most(crossing[1], crossing[0]), covered(*crossing)} <= found
    assert at_most(crossing[2], crossing[0]) not in found
    assert adds_up(*crossing) not in found
    assert adds_up(*whole) in found


def counted() -> list[Counts]:
    counties: list[Key] = [(year, county, TOTAL) for year in ("2019", "2020") for county in ("01", "14", TOTAL)]
    associations: list[Key] = [(year, one) for year in ("2019", "2020") for one in (NORTH, SOUTH, TOTAL)]
    return [
        Counts(f"{name}{suffix}", dimensions, ("ended",), dict.fromkeys(keys, (5,)))
        for name, dimensions, keys in (
            ("counties", ("year", "county", "sex"), counties),
            ("associations", ("year", "association"), associations),
        )
        for suffix in ("", "_rest")
    ]


def _of(year: str, association: str) -> Address:
    return Address("associations", (year, association), "ended")
