"""Everything that may be out at once is out: no hidden figure is had by subtraction, nor by attack."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from finsam.reports.open_tables.cubes import CUBES
from tests.cli.homes import Home
from tests.demo.subtraction import COLUMNS, Paper
from tests.demo.test_published_once import KEYS, YEARS, compiled, publish

PLANTED = {  # what a file says, by its name; one cell of each is hidden and can be had
    "margin": {
        "reasons_nation": "year,end_reason,sex,participations,status\n2020,1,men,,suppressed\n"
                          "2020,1,women,9,ok\n2020,1,total,12,ok\n",
    },
    "flow": {"stays_nation": "year,age_group,sex,ongoing,new,ended,status\n2019,total,men,40,20,10,ok\n"
             "2020,total,men,,33,9,suppressed\n"},
    "quarters": {
        "work_associations": "year,association,ended,active,gained,status\n2020,7,30,,,suppressed\n",
        "stays_quarters": "year,quarter,association,new,ended,status\n2020,K1,7,5,9,ok\n2020,K2,7,5,9,ok\n"
                          "2020,K3,7,5,9,ok\n2020,K4,7,5,,suppressed\n",
    },
    "twin": {
        "educations": "year,education,sex,persons,status\n2020,compulsory,men,,suppressed\n",
        "educations_nation": "year,education,sex,persons,status,edition\n2020,compulsory,men,3,ok,\n",
    },
    "county": {
        "work_counties": "year,county,sex,ended,active,gained,status\n2020,07,total,50,20,20,ok\n",
        "work_associations": "year,association,ended,active,gained,status\n2020,7,30,9,9,ok\n"
                             "2020,8,,11,11,suppressed\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_hidden_figure_is_had(kind: str, tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    for name, text in PLANTED[kind].items():
        (tmp_path / "csv" / f"{name}.csv").write_text(text, "utf-8")
    paper = Paper([tmp_path], {"7": {"07"}, "8": {"07"}})
    hidden = {name for name, number in paper.cells.items() if number is None}
    assert set(paper.told(sums=0)) & hidden


def test_every_column_of_the_open_tables_is_read() -> None:
    """One that isn't would be taken for a code, and never be looked for."""
    assert {column for cube in CUBES if not cube.of_things for column in cube.columns} <= COLUMNS


@pytest.mark.slow
@pytest.mark.participants
def test_the_collection_beside_five_years_of_both_reports_gives_no_hidden_figure_away(demo: Home) -> None:
    for year in YEARS:
        for key in KEYS:
            publish(demo, compiled(demo, "compile", "--report", key, "--year", str(year)))
    publish(demo, compiled(demo, "compile", "--report", "open-tables", "--year", str(YEARS[-1])))
    paper = Paper(sorted((demo.folder / "editions").glob("*-20*")), covered(demo))
    assert len(paper.cells) > 50_000
    assert paper.told(sums=20_000) == {}


def covered(home: Home) -> dict[str, set[str]]:
    """The counties that each association covers, of the snapshot that the publications are of."""
    folder = min((home.folder / "snapshots").glob("2021-*"))
    named = {row["association"]: row["number"] for row in rows(folder, "associations")}
    codes = {row["municipality"]: row["county_code"] for row in rows(folder, "municipalities")}
    found: dict[str, set[str]] = {number: set() for number in named.values()}
    for row in rows(folder, "coverage"):
        found[named[row["association"]]].add(codes[row["municipality"]])
    return found


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(folder / f"{table}.parquet").to_pylist()
    return found
