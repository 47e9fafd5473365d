"""A disk that is full is a Swedish sentence, nothing is lost, and everything works again when there is room."""

import errno
import re
import shutil
import sqlite3
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest

from finsam.cli.home import file_errors
from finsam.values.full_disk import is_full
from tests.cli import small_disk
from tests.cli.homes import Home, refused
from tests.cli.killing import leftovers
from tests.cli.small_disk import Disk
from tests.cli.test_backups import contents
from tests.cli.test_serving import PATIENCE, free_port

# A server's database is on a disk of its own, and what is written beside it is the same on both.
pytestmark = pytest.mark.once

SIZE = "24m"
FREE = (0, 4_096, 40_000, 200_000)  # bytes; with the last of them the larger commands come far before they stop
ENGLISH = re.compile(r"\b(no space|device|disk is|error|failed|could not|unable)\b", re.IGNORECASE)
REPORT = ("report", "national-annual", "--year", "2020", "--out")
COMPILE = ("edition", "compile", "--report", "national-annual", "--year", "2020")
PASSWORD = "tre gröna paraplyer"


def fault_of(act: Callable[[], object]) -> Exception:
    """What is raised where there is no room."""
    with pytest.raises(Exception) as raised:  # noqa: PT011 - each library has a kind of its own
        act()
    return raised.value


def to_sqlite(_folder: Path) -> None:
    """Write rows to a database that has no more room. It finds its way out of a namespace, to a disk that has."""
    with closing(sqlite3.connect(":memory:")) as file:
        file.execute("PRAGMA max_page_count = 2")
        file.execute("CREATE TABLE t AS SELECT randomblob(1000000) AS r")


def to_duckdb(folder: Path) -> None:
    """Let DuckDB write rows to a file."""
    duckdb.sql(f"COPY (SELECT hash(range) FROM range(200000)) TO '{folder / 'rows.csv'}'")


def to_parquet(folder: Path) -> None:
    """Let PyArrow write rows to a file."""
    rows = pyarrow.table({"n": list(range(200_000))})
    pyarrow.parquet.write_table(rows, folder / "rows.parquet", compression="none", use_dictionary=False)


def to_file(folder: Path) -> None:
    """Write bytes to a file."""
    (folder / "rows").write_bytes(b"x" * 1_000_000)


# Never a device as /dev/full: a library that writes beside and renames would put a file in its place.
@pytest.mark.parametrize("write", [to_file, to_sqlite, to_duckdb, to_parquet])
@pytest.mark.slow
def test_a_full_disk_is_known_whoever_wraps_it(disk: Disk, write: Callable[[Path], None]) -> None:
    disk.fill(0)
    assert is_full(fault_of(lambda: write(disk.outside)))


def test_another_fault_is_no_full_disk(tmp_path: Path) -> None:
    assert not is_full(fault_of((tmp_path / "gone").read_bytes))
    assert not is_full(fault_of(lambda: duckdb.sql("SELECT gone")))
    assert not is_full(None)


def test_a_fault_of_a_file_is_a_sentence_of_ours(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    acts = {
        "finns inte": tmp_path / "gone",
        "är en mapp": tmp_path,
        "inte är en mapp": tmp_path / "file" / "inner",
        "är för långt": tmp_path / ("x" * 300),
    }
    for words, path in acts.items():
        fault = fault_of(path.read_bytes)
        assert isinstance(fault, OSError)
        assert words in file_errors.sentence(fault)
        assert str(path) in file_errors.sentence(fault)
    other = OSError(errno.EIO, "Input/output error", "disk")
    assert "(fel 5)" in file_errors.sentence(other)
    assert not ENGLISH.search(file_errors.sentence(other))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A small file system."""
    with small_disk.disk(tmp_path / "disk", SIZE) as made:
        yield made


@contextmanager
def moved(home: Home, disk: Disk) -> Iterator[Home]:
    """A copy of a home on the small disk."""
    shutil.copytree(home.folder, disk.outside / "home")
    yield Home(disk.inside / "home")


def until_there_is_room(disk: Disk, home: Home, *arguments: str | Path, frees: tuple[int, ...] = FREE) -> None:
    """Run a command with less and more room: refused with a sentence and nothing changed, then done."""
    before = contents(disk.outside)
    for free in frees:
        disk.fill(free)
        said = refused(disk.run(home, *arguments))
        assert "full" in said, (free, said)
        assert not ENGLISH.search(said), said
        disk.empty()
        assert leftovers(disk.outside) == []
        assert unchanged(contents(disk.outside), before) == [], free
    done = disk.run(home, *arguments)
    assert done.returncode == 0, done.stderr


def unchanged(now: dict[str, bytes], before: dict[str, bytes]) -> list[str]:
    """The files that are new, lost or changed; not logs, empty locks or fonts."""
    names = {name for name in {*now, *before} if now.get(name, b"") != before.get(name, b"")}
    return sorted(name for name in names if not name.endswith(("-wal", "-shm", ".ttf")))


@pytest.mark.slow
def test_a_full_disk_stops_init_and_backup(disk: Disk, prepared: Home) -> None:
    until_there_is_room(disk, Home(disk.inside / "new"), "init", frees=(0, 200_000))
    with moved(prepared, disk) as home:
        until_there_is_room(disk, home, "backup", disk.inside / "copies" / "home.tar", frees=(0, 40_000))


@pytest.mark.slow
@pytest.mark.slow
def test_a_full_disk_stops_restore(disk: Disk, filled_once: Home, tmp_path: Path) -> None:
    assert filled_once.run("backup", tmp_path / "home.tar").returncode == 0
    frees = (*FREE, 700_000, 2_000_000)
    until_there_is_room(disk, Home(disk.inside / "new"), "restore", tmp_path / "home.tar", frees=frees)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "frees"),
    [
        (("snapshot", "take", "--as-of", "2021-03-30"), FREE[:3]),
        ((*REPORT, "{}"), FREE),
        (COMPILE, FREE),
        (("backup", "{}"), FREE),
    ],
    ids=["snapshot", "report", "compile", "backup"],
)
def test_a_full_disk_stops_a_command(
    disk: Disk, filled_once: Home, command: tuple[str, ...], frees: tuple[int, ...]
) -> None:
    with moved(filled_once, disk) as home:
        assert disk.run(home, "snapshot", "list").returncode == 0
        (disk.outside / "home" / "fonts").mkdir(exist_ok=True)
        until_there_is_room(disk, home, *(word.format(disk.inside / "out") for word in command), frees=frees)


class Form(HTMLParser):
    """What stands in the fields of a page's form."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._list = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read a field, or the option that is chosen."""
        facts = {name: value or "" for name, value in attrs}
        if tag == "input" and "name" in facts:
            self.fields[facts["name"]] = facts.get("value", "")
        elif tag == "select":
            self._list = facts.get("name", "")
        elif tag == "option" and "selected" in facts:
            self.fields[self._list] = facts.get("value", "")


class Browser:
    """Somebody who fills in forms on a server."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open

    def fields(self, path: str) -> dict[str, str]:
        """What stands in a form."""
        with self._open(self.address + path, timeout=PATIENCE) as page:
            form = Form()
            form.feed(page.read().decode())
        return form.fields

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        """Open a form, change some fields and send it; gives the status and the page."""
        content = urllib.parse.urlencode({**self.fields(path), **fields}).encode()
        try:
            with self._open(self.address + path, content, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode()


@contextmanager
def served(disk: Disk, home: Home) -> Iterator[str]:
    """The address of a server of a home on the disk."""
    port = free_port()
    command = disk.command("serve", "--port", str(port))
    with subprocess.Popen(command, env=home.environment, stdout=subprocess.PIPE, text=True, cwd="/") as server:
        try:
            assert server.stdout
            assert "http://127.0.0.1" in server.stdout.readline()
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.mark.slow
def test_a_save_on_a_full_disk_is_a_page_that_says_so_and_nothing_is_lost(disk: Disk, prepared: Home) -> None:
    with moved(prepared, disk) as home:
        link = urllib.parse.urlsplit(disk.run(home, "user", "reset", "admin@localhost").stdout.strip()).path
        with served(disk, home) as address:
            browser = Browser(address)
            status, page = browser.send(link, password=PASSWORD, again=PASSWORD)
            assert status == 200, page
            form, saved = "/anvandare/1/andra/", browser.fields("/anvandare/1/andra/")["name"]
            disk.fill(0)
            for number in range(200):
                name = f"Namn {number} {'x' * 80}"
                status, page = browser.send(form, name=name)
                if status != 200:
                    break
                saved = name
            assert status == 507, page
            assert "Disken är full" in page
            assert not ENGLISH.search(re.sub("<[^>]+>", " ", page))
            disk.empty()
            assert browser.fields(form)["name"] == saved
            status, page = browser.send(form, name="Rymlig")
            assert status == 200
            assert "Rymlig" in page
