"""What is not declared is no home, one makes a home at a time, and what was there before is never taken away."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

import click
import psycopg
import pytest

from finsam.cli.home import marked, unfinished
from finsam.cli.main import finsam
from tests.cli import small_disk
from tests.cli.homes import Home, refused
from tests.cli.test_backups import contents
from tests.cli.test_homes import execute

MAKE = ("init", "demo", "restore")
WITHOUT_HOME = ("check-table",)  # it compares a file with what was published
OPEN = {
    "serve": "",
    "user reset": "a@example.invalid",
    "user confirm": "a@example.invalid",
    "snapshot take": "",
    "snapshot list": "",
    "snapshot verify": "",
    "link key-file": "--out {file}-new",
    "link read": "{file}",
    "link list": "",
    "link discard": "abc",
    "keys rotate": "",
    "keys retire": "--out {file}-new",
    "report": "national-annual --year 2020 --out {file}-new",
    "edition compile": "--report national-annual --year 2020",
    "edition review": "national-annual-2020-1",
    "edition publish": "national-annual-2020-1",
    "edition replace": "national-annual-2020-1 --reason Prov --table totals",
    "edition list": "",
    "attack": "",
    "late": "",
    "denominators import": "{file}",
    "codes import": "{file}",
    "backup": "{file}-new",
    "upgrade": "",
}


def leaves(group: click.Group, *names: str) -> Iterator[str]:
    """Every command that does something."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, *names, name)
        else:
            yield " ".join((*names, name))


def test_every_command_makes_a_home_or_opens_one() -> None:
    assert {*MAKE, *WITHOUT_HOME, *OPEN} == set(leaves(finsam))


@pytest.mark.participants
@pytest.mark.once
def test_half_a_home_is_refused_by_every_command(prepared: Home, tmp_path: Path) -> None:
    execute(prepared, "DELETE FROM access_installation")
    file = tmp_path / "file"
    file.write_text("", "utf-8")
    before = contents(prepared.folder)
    for command, rest in OPEN.items():
        said = refused(prepared.run(*command.split(), *rest.format(file=file).split()))
        assert "är bara ett halvt hem" in said, (command, said)
    for command in MAKE:
        said = refused(prepared.run(command, *([file] if command == "restore" else [])))
        assert said.endswith("är inte tomt. Välj en tom mapp med FINSAM_HOME=.")
    assert contents(prepared.folder).keys() == before.keys()
    assert [path.name for path in tmp_path.glob("file*")] == ["file"]


@contextmanager
def being_made(home: Home, *, is_there: bool) -> Iterator[None]:
    """Somebody else makes a home there just now."""
    folder = home.folder if is_there else unfinished.beside(home.folder)
    (folder / unfinished.NOTES).mkdir(parents=True)
    with ExitStack() as held:
        held.enter_context(unfinished.held(folder, home.folder))
        if home.database:
            server = held.enter_context(psycopg.connect(home.database, autocommit=True))
            server.execute("SELECT pg_advisory_lock(%s)", [marked.LOCK])
            server.execute(f"CREATE TABLE {marked.MARK} (n integer)".encode())
        yield


@pytest.mark.parametrize("is_there", [True, False])
def test_one_makes_a_home_at_a_time(empty: Home, prepared: Home, tmp_path: Path, is_there: bool) -> None:
    copy = tmp_path / "home.tar"
    assert prepared.run("backup", copy).returncode == 0
    with being_made(empty, is_there=is_there):
        before = contents(empty.folder.parent)
        for command in (["restore", copy], ["init"], ["snapshot", "list"]):
            said = refused(empty.run(*command))
            assert "av ett annat kommando" in said, command
            assert said.endswith("Vänta tills det är klart.")
        assert contents(empty.folder.parent) == before
    assert "blev aldrig klart" in refused(empty.run("snapshot", "list")), "its maker is gone"
    assert empty.run("restore", copy).returncode == 0


def half_made(home: Home, keys: Path, content: bytes) -> None:
    """Leave what a command leaves that is killed when it has made a key file outside the home."""
    notes = unfinished.beside(home.folder) / unfinished.NOTES
    notes.mkdir(parents=True)
    unfinished.note_key(notes, keys, content)


def test_the_key_file_of_a_killed_command_goes_with_its_half_home_and_no_other_does(
    empty: Home, tmp_path: Path
) -> None:
    keys = tmp_path / "apart" / "keys.json"
    keys.parent.mkdir()
    home = empty.but(FINSAM_KEYS=str(keys))
    half_made(home, keys, b"made by the killed")
    keys.write_bytes(b"somebody's own")
    assert "finns redan" in refused(home.run("init"))
    assert keys.read_bytes() == b"somebody's own"
    for left in (b"made by the killed", b""):
        keys.write_bytes(left)
        half_made(home, keys, b"made by the killed")
        assert home.run("init", "--email", "no address").returncode == 2, "which clears what was left, and fails"
        assert not keys.exists()
    assert home.run("init").returncode == 0
    assert set(json.loads(keys.read_text("utf-8"))) == {"secret_key", "encryption", "blind_index"}
    assert sha256(b"").hexdigest() == unfinished.NOTHING


def test_only_what_was_moved_by_a_killed_command_is_taken_away(empty: Home) -> None:
    notes = empty.folder / unfinished.NOTES
    (notes / unfinished.CONTENTS / "linkages").mkdir(parents=True)
    (notes / unfinished.NAMES).write_text("linkages\nsnapshots\nfinsam.sqlite3", "utf-8")
    (empty.folder / "snapshots").mkdir()
    (empty.folder / "keys.json").write_text("{}", "utf-8")
    (empty.folder / "somebodys.txt").write_text("own", "utf-8")
    assert refused(empty.run("demo")).endswith("är inte tomt. Välj en tom mapp med FINSAM_HOME=.")
    assert empty.files() == {"keys.json", "somebodys.txt"}


@pytest.mark.once
def test_a_file_system_of_its_own_can_be_a_home_and_its_keys_are_kept(prepared: Home, tmp_path: Path) -> None:
    copy, keys = tmp_path / "home.tar", (prepared.folder / "keys.json").read_bytes()
    assert prepared.run("backup", copy).returncode == 0
    with small_disk.disk(tmp_path / "disk", "24m") as disk:
        home = Home(disk.inside)
        (disk.outside / "lost+found").mkdir()
        (disk.outside / "keys.json").write_bytes(keys)
        done = disk.run(home, "restore", copy)
        assert done.returncode == 0, done.stderr
        assert disk.run(home, "snapshot", "list").returncode == 0
        assert {path.name for path in disk.outside.iterdir()} == {"lost+found", "keys.json", "finsam.sqlite3"}
        assert (disk.outside / "keys.json").read_bytes() == keys


def test_a_servers_database_that_holds_something_else_is_never_emptied(empty: Home) -> None:
    if not empty.database:  # a file in the home: there is nothing else in it
        assert empty.run("init").returncode == 0
        return
    execute(empty, f"CREATE TABLE {marked.MARK} (n integer)", "CREATE TABLE access_user (n integer)")
    assert "blev aldrig klart" in refused(empty.run("snapshot", "list"))
    execute(empty, "CREATE TABLE invoices (n integer)")
    assert "finns också annat (invoices)" in refused(empty.run("init"))
    execute(empty, "SELECT * FROM invoices", "SELECT * FROM access_user", "DROP TABLE invoices")
    assert empty.run("init").returncode == 0
