"""A command that is killed at any moment leaves a whole home or one that is refused, and the next try works."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from finsam.cli.home import checksums
from finsam.cli.home.unfinished import NOTES
from scripts import postgres
from tests.cli import homes, killing
from tests.cli.homes import Home, refused
from tests.cli.killing import Killed, leftovers
from tests.cli.test_backups import contents

MANY, FEW = 50, 3
REPORT = ("report", "national-annual", "--year", "2020", "--out")
COMPILE = ("edition", "compile", "--report", "national-annual", "--year", "2020")
ANNA = ("--as", "anna@example.invalid")
slow = pytest.mark.slow


@pytest.fixture(autouse=True)
def told(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Print what the trials came to where it is seen, also from a worker of many."""
    yield
    with capfd.disabled():
        while killing.TOLD:
            print(f"\n{killing.TOLD.pop()}", file=sys.stderr, flush=True)


@contextmanager
def new(folder: Path, number: int, keys: bytes = b"") -> Iterator[Home]:
    """A place for a home: nothing or an empty folder, its keys in it or elsewhere; they may be there already."""
    home, is_there = folder / str(number) / "home", bool(number % 3)
    apart = home.parent / "apart" / "keys.json" if number % 2 or (keys and not is_there) else None
    for path in (home.parent, *([home] if is_there else []), *([apart.parent] if apart and keys else [])):
        path.mkdir(parents=True)
    if keys:
        (apart or home / "keys.json").write_bytes(keys)
    with homes.database() as address:
        yield Home(home, address, {"FINSAM_KEYS": str(apart)} if apart else {})
    shutil.rmtree(home.parent)


def made(folder: Path, count: int, *arguments: str | Path, keys: bytes = b"") -> None:
    """Kill a command that makes a home, whose keys may be there before."""
    with new(folder, 0, keys) as home:
        seconds = killing.measured(home, *arguments)

    def trial(number: int, after: float, killed: Killed) -> None:
        with new(folder, number + 1, keys) as home:
            killed.ended += killing.kill(home, after, *arguments)
            killed.left += bool(leftovers(home.folder.parent))
            is_whole = declared(home)
            killed.whole += is_whole
            again = home.run(*arguments)
            if is_whole:
                assert refused(again).endswith("är inte tomt. Välj en tom mapp med FINSAM_HOME=.")
            else:
                assert again.returncode == 0, again.stderr
            assert declared(home)
            assert leftovers(home.folder.parent) == []
            (file,) = home.folder.parent.rglob("keys.json")
            assert file.read_bytes() == keys or not keys

    killing.each(f"{arguments[0]}{' on PostgreSQL' * bool(home.database)}", seconds, count, trial)


def declared(home: Home) -> bool:
    """Whether a home is whole: a command goes on in it, or says in a sentence that it isn't."""
    done = home.run("snapshot", "list")
    if done.returncode == 0:
        return True
    said = refused(done)
    assert "Kör först: finsam init" in said or "blev aldrig klart" in said, said
    return False


def test_a_killed_init_is_refused_and_done_again(tmp_path: Path) -> None:
    made(tmp_path / "homes", FEW, "init")


@pytest.mark.parametrize("is_there", [True, False])
def test_a_home_that_has_its_name_and_not_its_row_is_refused_and_done_again(tmp_path: Path, is_there: bool) -> None:
    with new(tmp_path / "homes", 1 if is_there else 3) as home:
        with killing.started(home, "init") as running:
            while not (
                home.folder / "finsam.sqlite3" if is_there and not home.database else home.folder / NOTES
            ).exists():
                assert running.poll() is None
                time.sleep(0.001)
            running.kill()
        if declared(home):
            assert refused(home.run("init"))
        else:
            assert home.run("init").returncode == 0
        assert declared(home)
        assert leftovers(home.folder.parent) == []


@slow
def test_an_init_killed_at_any_moment(tmp_path: Path) -> None:
    made(tmp_path / "homes", MANY, "init")


@slow
def test_a_restore_killed_at_any_moment(filled_once: Home, tmp_path: Path) -> None:
    copy = tmp_path / "copy.tar"
    assert filled_once.run("backup", copy).returncode == 0
    made(tmp_path / "homes", MANY, "restore", copy, keys=(filled_once.folder / "keys.json").read_bytes())


@slow
def test_a_demo_killed_at_any_moment(tmp_path: Path) -> None:
    made(tmp_path / "homes", MANY, "demo")


@slow
@pytest.mark.once
@pytest.mark.parametrize("command", ["init", "restore"])
def test_a_home_in_a_servers_database_killed_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    with postgres.throwaway() as address:
        monkeypatch.setenv("FINSAM_DATABASE_URL", address)
        copy = tmp_path / "copy.tar"
        with new(tmp_path, -2) as home:
            assert home.run("init").returncode == 0
            assert home.run("backup", copy).returncode == 0
            keys = (home.folder / "keys.json").read_bytes()
        if command == "init":
            made(tmp_path / "homes", MANY, command)
        else:
            made(tmp_path / "homes", MANY, command, copy, keys=keys)


def used(home: Home, folder: Path, count: int, *arguments: str | Path) -> None:
    """Kill a command that writes something new from a home that is whole: `{}` is where to."""

    def called(to: Path) -> list[str]:
        return [str(word).format(to) for word in arguments]

    command = " ".join(called(Path())[:2])
    folder.mkdir()
    seconds, reference = killing.measured(home, *called(folder / "first")), written(folder / "first")

    def trial(number: int, after: float, killed: Killed) -> None:
        to = folder / str(number)
        killed.ended += killing.kill(home, after, *called(to))
        killed.left += bool(leftovers(home.folder, folder))
        assert home.run("snapshot", "list").returncode == 0
        assert leftovers(home.folder, folder) == [], "swept at the next start"
        if is_whole := to.exists():
            killed.whole += is_whole
            assert "finns redan" in refused(home.run(*called(to)))
        else:
            assert home.run(*called(to)).returncode == 0
        assert written(to) == reference
        assert leftovers(home.folder, folder) == []
        shutil.rmtree(to) if to.is_dir() else to.unlink()

    killing.each(command, seconds, count, trial)


def written(path: Path) -> object:
    """What was written: every file of a folder, or that a copy is whole."""
    return contents(path) if path.is_dir() else checksums.whole(path)


def test_a_killed_backup_leaves_no_copy_that_is_not_whole(filled_once: Home, tmp_path: Path) -> None:
    used(filled_once, tmp_path / "copies", FEW, "backup", "{}")


@slow
def test_a_backup_killed_at_any_moment(filled_once: Home, tmp_path: Path) -> None:
    used(filled_once, tmp_path / "copies", MANY, "backup", "{}")


@slow
def test_a_report_killed_at_any_moment(filled_once: Home, tmp_path: Path) -> None:
    used(filled_once, tmp_path / "reports", MANY, *REPORT, "{}")


@slow
def test_a_compilation_killed_at_any_moment(filled: Home, tmp_path: Path) -> None:
    filled.do("tests.cli.analysts")
    with homes.copied(filled, tmp_path / "first") as first:
        seconds = killing.measured(first, *COMPILE)
        reference = contents(first.folder / "editions")

    def trial(number: int, after: float, killed: Killed) -> None:
        with homes.copied(filled, tmp_path / str(number)) as home:
            killed.ended += killing.kill(home, after, *COMPILE)
            killed.left += bool(leftovers(home.folder))
            listed = home.run("edition", "list")
            assert listed.returncode == 0, listed.stderr
            assert leftovers(home.folder) == []
            killed.whole += bool(listed.stdout)
            again = home.run(*COMPILE)
            assert again.returncode == 0, again.stderr
            assert len(home.run("edition", "list").stdout.splitlines()) == 1
            assert contents(home.folder / "editions") == reference
        shutil.rmtree(home.folder)

    killing.each("edition compile", seconds, MANY, trial)


@slow
def test_a_publication_killed_at_any_moment(filled: Home, tmp_path: Path) -> None:
    filled.do("tests.cli.analysts")
    one = filled.run(*COMPILE).stdout.strip()
    assert filled.run("edition", "review", one, *ANNA).returncode == 0
    publish = ("edition", "publish", one, *ANNA)
    with homes.copied(filled, tmp_path / "first") as first:
        seconds = killing.measured(first, *publish)

    def trial(number: int, after: float, killed: Killed) -> None:
        with homes.copied(filled, tmp_path / str(number)) as home:
            killed.ended += killing.kill(home, after, *publish)
            killed.left += bool(leftovers(home.folder))
            listed = home.run("edition", "list").stdout.split()
            assert leftovers(home.folder) == []
            assert listed[1] in {"granskad", "publicerad"}
            again = home.run(*publish)
            if is_whole := listed[1] == "publicerad":
                killed.whole += is_whole
                assert refused(again)
            else:
                assert again.returncode == 0, again.stderr
            assert home.run("edition", "list").stdout.split()[1] == "publicerad"
            assert contents(home.folder / "editions") == contents(filled.folder / "editions")
        shutil.rmtree(home.folder)

    killing.each("edition publish", seconds, MANY, trial)
