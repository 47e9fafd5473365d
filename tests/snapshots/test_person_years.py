"""Persons laid out by year in a snapshot: the rows of the definition, in blocks, in the same bytes every time."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from finsam.snapshots import engines
from finsam.snapshots import person_years as snapshot_person_years
from finsam.snapshots.schema import LAID_OUT
from finsam.statistics.tables import person_years
from finsam.statistics.tables.periods import Periods
from tests.snapshots import folders
from tests.tables import CODES

MANY = 200  # populations
FEWER = 50  # where every block of a person or ten is a query of its own
YEARS = Periods.years(2000, 2021)
ORDER = snapshot_person_years.ORDER.split(", ")

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("home")]


@dataclass(frozen=True)
class Laid:
    """Populations laid out in blocks, and the same as they are written."""

    place: Path
    plain: Path


@pytest.fixture(scope="module", params=[(1, FEWER), (7, FEWER), (500_000, MANY)], ids=str)
def laid(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Laid:
    """Some populations, laid out in blocks of some persons."""
    folder = tmp_path_factory.mktemp("laid")
    block, many = request.param
    settings.FINSAM_HOME.mkdir(exist_ok=True)
    return Laid(folders.laid_out(folder / "laid", many, block), folders.written(folder / "plain", many))


def rows(path: Path) -> list[tuple[object, ...]]:
    """The rows of a Parquet file in the order they lie."""
    return [tuple(row[name] for name in ORDER) for row in pq.read_table(path).to_pylist()]


def test_its_rows_are_those_of_the_definition(laid: Laid) -> None:
    with engines.tables(laid.plain) as tables:
        expected = engines.rows(person_years.worked_out(tables=tables, periods=YEARS).rename(year="period"))
    assert len(expected) > 50
    assert sorted(rows(laid.place / "person_years.parquet")) == sorted(
        tuple(row[name] for name in ORDER) for row in expected
    )


def test_the_rows_of_a_block_are_sorted_and_every_year_lies_apart(tmp_path: Path) -> None:
    file = pq.ParquetFile(folders.laid_out(tmp_path / "laid", MANY) / "person_years.parquet")
    assert file.schema_arrow.equals(LAID_OUT["person_years"])
    found = rows(tmp_path / "laid/person_years.parquet")
    assert found == sorted(found)
    groups = [set(file.read_row_group(number)["year"].to_pylist()) for number in range(file.num_row_groups)]
    assert groups == [{year} for year in range(2017, 2022)]


def test_the_same_rows_are_the_same_bytes_whatever_the_number_of_threads(tmp_path: Path, settings) -> None:
    first = folders.laid_out(tmp_path / "first", FEWER, 500) / "person_years.parquet"
    settings.FINSAM_THREADS = 1
    again = folders.laid_out(tmp_path / "again", FEWER, 500) / "person_years.parquet"
    assert first.read_bytes() == again.read_bytes()


def test_supports_that_go_together_are_counted_once(tmp_path: Path) -> None:
    place = folders.laid_out(tmp_path / "laid", MANY)
    with engines.tables(place) as laid, engines.tables(folders.written(tmp_path / "plain", MANY)) as plain:
        found, expected = (
            sorted(
                map(repr, engines.rows(person_years.support_years(tables=tables, periods=Periods.years(2018, 2020))))
            )
            for tables in (laid, plain)
        )
    assert found == expected != []


def test_persons_by_need_group_are_those_of_the_stays(laid: Laid) -> None:
    with engines.tables(laid.place) as made, engines.tables(laid.plain) as plain:
        found, expected = (
            sorted(map(repr, engines.rows(person_years.need_years(tables=tables, periods=Periods.years(2018, 2020)))))
            for tables in (made, plain)
        )
    assert len(pq.read_table(laid.place / "need_years.parquet")) > 20
    assert found == expected != []


def test_no_year_after_the_snapshots_own_is_laid_out(tmp_path: Path) -> None:
    place = folders.written(tmp_path / "plain", MANY)
    snapshot_person_years.write(place / "person_years.parquet", codes=CODES, as_of=date(2018, 6, 30))
    assert {row[0] for row in rows(place / "person_years.parquet")} == {2017, 2018}


def test_without_a_stay_there_is_a_file_without_rows(tmp_path: Path) -> None:
    place = folders.laid_out(tmp_path / "empty", 0)
    assert pq.read_table(place / "person_years.parquet").num_rows == 0
    with engines.tables(place) as tables:
        assert engines.rows(person_years.person_years(tables=tables, periods=Periods.years(2019, 2020))) == []


def test_more_supports_than_a_number_has_bits_are_refused(tmp_path: Path) -> None:
    place = folders.written(tmp_path / "plain", 1)
    last = CODES | {"support": {f"support_{number}": number for number in range(1, 63)}}
    snapshot_person_years.write(place / "person_years.parquet", codes=last, as_of=folders.AS_OF)
    with pytest.raises(ValidationError, match="fler än 62 koder"):
        snapshot_person_years.write(
            place / "person_years.parquet", codes=last | {"support": {"new": 63}}, as_of=folders.AS_OF
        )


def test_what_does_not_fit_in_memory_leaves_nothing_behind(tmp_path: Path, home: Path) -> None:
    folders.laid_out(tmp_path / "laid", 10)
    assert list(settings.FINSAM_HOME.iterdir()) == []
