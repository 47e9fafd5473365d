"""A home in one file and back: the same reports to the byte, only into an empty home, and never the keys."""

import os
import random
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from finsam.cli.home import checksums
from tests.cli.homes import Home, refused

CODES = """list,code,label,label_en,parent,first_day,ends_before,source,verified
need_group,invented,Påhittad,Invented,,2021-01-01,,Provet,nej
"""
REPORT = ("report", "national-annual", "--year", "2020", "--out")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


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


def test_what_other_programs_leave_in_a_home_makes_no_copy_unreadable(
    filled: Home, other: Home, tmp_path: Path
) -> None:
    (snapshot,) = (filled.folder / "snapshots").iterdir()
    for name in (".DS_Store", ".~lock.tables.xlsx#", f".rows.unfinished-{'0' * 12}"):
        (snapshot / name).write_text("x", "utf-8")
    assert filled.run("backup", tmp_path / "copy.tar").returncode == 0
    assert other.run("restore", tmp_path / "copy.tar").returncode == 0
    (snapshot / f"{'x' * 120}").write_text("x", "utf-8")
    assert "kan inte följa med i en kopia" in refused(filled.run("backup", tmp_path / "another.tar"))
    assert not list(tmp_path.glob("*another*"))


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


@pytest.mark.parametrize("member", ["tables/associations_municipality.jsonl.gz", "contents.json", "SHA256SUMS"])
def test_one_flipped_byte_is_found_before_anything_is_written(
    prepared: Home, other: Home, tmp_path: Path, member: str
) -> None:
    file = tmp_path / "home.tar"
    assert prepared.run("backup", file).returncode == 0
    with tarfile.open(file) as archive:
        place = archive.getmember(member)
    flip(file, place.offset_data + place.size // 2)
    assert "är skadad. Välj en annan kopia" in refused(other.run("restore", file))
    assert not other.folder.exists()


def test_a_byte_flipped_in_any_file_of_a_copy_is_found(prepared: Home, tmp_path: Path) -> None:
    file = tmp_path / "home.tar"
    assert prepared.run("backup", file).returncode == 0
    assert checksums.whole(file)
    with tarfile.open(file) as archive:
        places = [place for one in archive for place in range(one.offset_data, one.offset_data + one.size)]
    for place in random.Random(1).sample(places, 100):
        flip(file, place)
        assert not checksums.whole(file), place
        flip(file, place)
    with file.open("r+b") as content:
        content.truncate(places[-1] // 2)
    assert not checksums.whole(file)


def flip(file: Path, place: int) -> None:
    """Flip every bit of a byte."""
    with file.open("r+b") as content:
        content.seek(place)
        (byte,) = content.read(1)
        content.seek(place)
        content.write(bytes([byte ^ 0xFF]))


def test_the_digests_are_those_any_machine_can_check(prepared: Home, tmp_path: Path) -> None:
    assert prepared.run("backup", tmp_path / "home.tar").returncode == 0
    with tarfile.open(tmp_path / "home.tar") as archive:
        archive.extractall(tmp_path / "copy", filter="data")
    checked = subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=tmp_path / "copy", check=False)
    assert checked.returncode == 0


def test_a_full_disk_leaves_no_copy_and_an_unchanged_home(prepared: Home, tmp_path: Path) -> None:
    before = contents(prepared.folder)
    said = refused(prepared.run_on_full_disk(64_000, "backup", tmp_path / "copies" / "home.tar"))
    assert said == "Disken är full. Frigör utrymme och kör kommandot igen."
    assert list((tmp_path / "copies").iterdir()) == []
    assert contents(prepared.folder) == before


@pytest.mark.parametrize("free", [0] if os.environ.get("FINSAM_DATABASE_URL") else [0, 1_000_000])
def test_a_full_disk_leaves_no_half_demo(empty: Home, tmp_path: Path, free: int) -> None:
    keys = tmp_path / "apart" / "keys.json"
    home = empty.but(FINSAM_KEYS=str(keys))
    assert "full" in refused(home.run_on_full_disk(free, "demo"))
    assert home.files() == set()
    assert not keys.exists()


def test_a_copy_taken_while_others_write_is_of_one_moment(filled: Home, other: Home, tmp_path: Path) -> None:
    with filled.doing("tests.cli.writing") as writer:
        assert writer.stdout is not None
        first = int(writer.stdout.readline())
        assert filled.run("backup", tmp_path / "home.tar").returncode == 0
        last = [int(line) for line in (writer.stdout.readline() for _ in range(3))][-1]
    assert other.run("restore", tmp_path / "home.tar").returncode == 0
    shutil.copy(filled.folder / "keys.json", other.folder)
    written = {int(line) for line in other.do("tests.cli.written").splitlines()}
    assert len(written) == 1, "every table says how many there were, in one way"
    assert first <= written.pop()
    assert first < last, "somebody wrote meanwhile"
    assert other.run("snapshot", "take").returncode == 0


def test_a_home_moves_between_databases_and_gives_the_same_snapshot(filled: Home, other: Home, tmp_path: Path) -> None:
    between = Home(tmp_path / "between")  # on SQLite, whatever the run is on
    asked = ("snapshot", "take", "--as-of", "2021-03-31")
    before = filled.run(*asked).stdout
    assert before.startswith("2021-03-31-")
    for number, (old, new) in enumerate(((filled, between), (between, other))):
        assert old.run("backup", tmp_path / f"{number}.tar").returncode == 0
        assert new.run("restore", tmp_path / f"{number}.tar").returncode == 0
        shutil.copy(filled.folder / "keys.json", new.folder)
        shutil.rmtree(new.folder / "snapshots")  # so that it is taken again from the records
        assert new.run(*asked).stdout == before
