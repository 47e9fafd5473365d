"""Opening snapshots as tables: older ones too, whole ones only, and with nothing left on the disk."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from finsam.snapshots import engines, memory, rules
from finsam.statistics.figures import participation
from finsam.statistics.tables import person_years
from finsam.statistics.tables.periods import Periods
from tests.snapshots import folders

YEARS = Periods.years(2018, 2020)

pytestmark = pytest.mark.usefixtures("home")


def counted(place: Path, **asked: object) -> list[dict[str, object]]:
    """Persons by sex and municipality, as the snapshot gives them."""
    with engines.tables(place) as tables:
        figure = participation.persons(tables=tables, flow="ongoing", by=("sex", "municipality"), periods=YEARS)
        return sorted(engines.rows(figure), key=str)


def test_a_snapshot_of_schema_version_1_gives_the_same_figures(tmp_path: Path) -> None:
    older, newer = folders.written(tmp_path / "older", 200), folders.laid_out(tmp_path / "newer", 200)
    assert not (older / "person_years.parquet").exists()
    assert counted(older) == counted(newer) != []


def test_the_years_after_the_snapshots_own_are_worked_out(tmp_path: Path) -> None:
    with engines.tables(folders.laid_out(tmp_path / "newer", 200)) as tables:
        assert tables.laid_out_through == 2021
        later = engines.rows(person_years.person_years(tables=tables, periods=Periods.years(2021, 2022)))
    assert {row["period"] for row in later} == {2021, 2022}


def test_a_newer_snapshot_is_refused(tmp_path: Path) -> None:
    place = folders.described(folders.laid_out(tmp_path / "newer", 1), rules.SCHEMA_VERSION + 1)
    with pytest.raises(ValidationError, match="nyare version"):
        counted(place)


@pytest.mark.parametrize("name", ["plans.parquet", "support_years.parquet", "codes.parquet", "manifest.json"])
def test_a_missing_file_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    place = folders.laid_out(tmp_path / "2021-03-31-0123456789ab", 1)
    (place / name).unlink()
    with pytest.raises(ValidationError, match=f"saknar {name}.*finsam snapshot take --as-of 2021-03-31"):
        counted(place)


def test_an_engine_that_does_not_exist_is_a_fault_in_the_program(tmp_path: Path) -> None:
    with pytest.raises(KeyError), engines.tables(folders.laid_out(tmp_path / "one", 1), engines.Engine("abacus")):
        pass


def test_rows_have_the_types_of_the_figure(tmp_path: Path) -> None:
    with engines.tables(folders.laid_out(tmp_path / "laid", 200)) as tables:
        rows = engines.rows(participation.by_support_group(tables=tables, periods=YEARS))
    assert {type(value) for row in rows for value in row.values()} == {int}


def test_more_memory_than_there_is_goes_by_way_of_a_folder_of_our_own(home: Path) -> None:
    with memory.opened() as engine:
        (room,) = home.iterdir()
        assert room.stat().st_mode & 0o777 == 0o700
        assert engine.execute("SELECT current_setting('temp_directory')").fetchall() == [(str(room),)]
    assert list(home.iterdir()) == []


def test_an_error_leaves_nothing_behind(home: Path) -> None:
    with pytest.raises(ZeroDivisionError), memory.opened():
        raise ZeroDivisionError
    assert list(home.iterdir()) == []


def test_what_a_killed_process_left_is_cleared_away_and_what_is_in_use_is_not(home: Path) -> None:
    left = home / ".spilled-0123456789ab"
    left.mkdir()
    (left / "rows.tmp").write_bytes(b"rows of persons")
    with memory.room() as used:
        memory.clear()
        assert list(home.iterdir()) == [used]
