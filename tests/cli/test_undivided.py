"""A home from before its rooms were divided: brought over where it stands, and read back from a copy of it."""

import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from finsam.cli.home import undivided
from tests.cli import homes
from tests.cli.homes import Home, refused

KEPT = Path(__file__).resolve().parents[1] / "reference" / "home_of_november_2026.tar.xz"
TAKEN = "2021-01-31-51a4027c37f2"

pytestmark = pytest.mark.participants  # the kept home has persons


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """What is kept of the version before: a home, the same rows for PostgreSQL, and a copy."""
    with tarfile.open(KEPT) as archive:
        archive.extractall(tmp_path / "kept", filter="data")
    return tmp_path / "kept"


@pytest.fixture
def old(kept: Path) -> Iterator[Home]:
    """The home as it was left, on the database of this run."""
    with homes.database() as address:
        if address:
            (kept / "home" / "finsam.sqlite3").unlink()
            fill(address, kept / "database.sql")
        yield Home(kept / "home", address)


def fill(address: str, file: Path) -> None:
    """Run what pg_dump wrote, but for its words to psql."""
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("\\")]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("\n".join(lines).encode())


def contents(file: Path) -> dict[str, object]:
    """What a copy says of itself."""
    with tarfile.open(file) as archive:
        member = archive.extractfile("contents.json")
        assert member
        return dict(json.load(member))


def test_a_home_of_the_version_before_is_brought_over_and_everything_is_still_there(old: Home, kept: Path) -> None:
    assert refused(old.run("snapshot", "list")) == "Databasen är från en äldre version. Kör: finsam upgrade"
    done = old.run("upgrade")
    assert "I hemmet finns 1 svar från tabellbyggaren. Det räknas som känt" in done.stderr
    assert not done.returncode, done.stderr
    (copy,) = (old.folder / "backups").iterdir()
    assert contents(copy) == contents(kept / "copy.tar")
    is_brought_over(old)


def test_the_copy_taken_before_is_the_one_the_version_before_would_have_taken(old: Home, kept: Path) -> None:
    assert not old.run("backup", kept / "now.tar").returncode
    with tarfile.open(kept / "now.tar") as now, tarfile.open(kept / "copy.tar") as then:
        assert sorted(now.getnames()) == sorted(then.getnames())


def test_a_copy_by_the_version_before_is_read_back(kept: Path, tmp_path: Path) -> None:
    with homes.database() as address:
        home = Home(tmp_path / "home", address)
        home.folder.mkdir()
        shutil.copy(kept / "home" / "keys.json", home.folder)
        done = home.run("restore", kept / "copy.tar")
        assert not done.returncode, done.stderr
        assert not home.run("upgrade").returncode  # brings the codes that have been shipped since, if there are any
        is_brought_over(home)


def is_brought_over(home: Home) -> None:
    """Everything can be found, is whole, and goes on."""
    assert "hör redan till" in home.run("upgrade").stdout
    assert TAKEN in home.run("snapshot", "list").stdout
    assert not home.run("snapshot", "verify").returncode
    assert len(home.run("edition", "list").stdout.splitlines()) == 1
    assert not home.run("attack").returncode
    told = json.loads(home.do("tests.cli.told_after_division"))
    assert told["missing"] == []
    assert told["names of before"] == []
    assert told["answers"] == told["saved"] == told["counted late"] == 1
    assert told["published edition can be changed"] is False
    assert told["done in the background"] == ["compile_edition"]


def test_every_record_of_the_divided_room_is_named() -> None:
    rooms = ("snapshots", "editions", "late", "table_builder")
    from django.apps import apps

    made = {model._meta.db_table for room in rooms for model in apps.get_app_config(room).get_models()}
    made -= {"table_builder_freequestion", "editions_editionwork", "late_latecounting"}  # since then
    made = made - {"table_builder_bookmark"} | {"table_builder_savedquestion"}  # as it was called
    assert made == set(undivided.TABLES)
