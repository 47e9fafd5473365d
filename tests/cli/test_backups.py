"""A home in one file and back: the same reports to the byte, only into an empty home, and never the keys."""

import shutil
import tarfile
from pathlib import Path

import pytest

from tests.cli.homes import Home, refused

CODES = """list,code,label,label_en,parent,first_day,ends_before,source,verified
need_group,invented,Påhittad,Invented,,2021-01-01,,Provet,nej
"""
REPORT = ("report", "national-annual", "--year", "2020", "--out")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def filled(prepared: Home) -> Home:
    """A home with records and a snapshot."""
    prepared.do("tests.cli.filling")
    done = prepared.run("snapshot", "take")
    assert done.stdout.startswith("2021-03-31-")
    return prepared


def test_a_restored_home_gives_equal_reports_and_snapshots(filled: Home, other: Home, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "home.tar"
    assert filled.run(*REPORT, tmp_path / "A").returncode == 0
    done = filled.run("backup", copy)
    assert done.returncode == 0, done.stderr
    assert "Nycklarna följer inte med" in done.stdout
    assert copy.stat().st_mode & 0o777 == 0o600

    done = other.run("restore", copy)
    assert done.returncode == 0, done.stderr
    assert "Lägg nyckelfilen i" in done.stdout
    assert "keys.json finns inte" in refused(other.run("snapshot", "list"))
    shutil.copy(filled.folder / "keys.json", other.folder)
    assert other.run("snapshot", "list").stdout == filled.run("snapshot", "list").stdout
    assert "hel" in other.run("snapshot", "verify").stdout
    assert other.run("snapshot", "take").stdout == filled.run("snapshot", "take").stdout
    assert other.run(*REPORT, tmp_path / "B").returncode == 0
    assert contents(tmp_path / "A") == contents(tmp_path / "B")
    (tmp_path / "codes.csv").write_text(CODES, "utf-8")
    assert other.run("codes", "import", tmp_path / "codes.csv").returncode == 0  # new rows get keys of their own


def test_a_copy_holds_no_keys_and_nobodys_sign_in(filled: Home, tmp_path: Path) -> None:
    filled.run("backup", tmp_path / "home.tar")
    with tarfile.open(tmp_path / "home.tar") as archive:
        names = archive.getnames()
    assert not [name for name in names if "keys" in name or "session" in name]
    assert "tables/access_user.jsonl.gz" in names
    assert any(name.startswith("snapshots/2021-03-31-") for name in names)


def test_a_copy_goes_into_an_empty_home_only(prepared: Home, tmp_path: Path) -> None:
    assert prepared.run("backup", tmp_path / "home.tar").returncode == 0
    before = contents(prepared.folder)
    assert "är inte tomt" in refused(prepared.run("restore", tmp_path / "home.tar"))
    assert contents(prepared.folder) == before
    assert "finns redan" in refused(prepared.run("backup", tmp_path / "home.tar"))


@pytest.mark.parametrize("content", [b"", b"not an archive", None])
def test_a_file_that_is_no_copy_leaves_the_home_empty(empty: Home, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "strange.tar"
    if content is None:
        with tarfile.open(file, "w") as archive:
            archive.add(__file__, "something.py")
    else:
        file.write_bytes(content)
    assert "kopia" in refused(empty.run("restore", file))
    assert empty.files() == set()


def test_a_damaged_table_leaves_the_home_empty(prepared: Home, other: Home, tmp_path: Path) -> None:
    file = tmp_path / "home.tar"
    assert prepared.run("backup", file).returncode == 0
    with tarfile.open(file) as archive:
        place = archive.getmember("tables/associations_municipality.jsonl.gz")
    with file.open("r+b") as content:
        content.seek(place.offset_data + place.size // 2)
        content.write(b"damaged")
    assert "är skadad" in refused(other.run("restore", file))
    assert other.files() == set()
