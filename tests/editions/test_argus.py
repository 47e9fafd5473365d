"""τ-ARGUS in a process of its own: what it proposes, and that its exact counts are gone whatever happens."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from stat import S_IMODE

import pytest

from finsam.disclosure.attack.examination import examine
from finsam.disclosure.cells import TOTAL, Counts, Key, Rule
from finsam.disclosure.protect import Known, protect
from finsam.editions.argus import work
from finsam.editions.argus.proposer import COMMAND, LEAST_CELLS, proposer
from finsam.values.keys import Code
from finsam.values.sentences import SentenceError
from tests.disclosure.publications import at, crossed

pytestmark = pytest.mark.once

RULE = Rule()
TABLE = crossed(
    "t",
    """
    row | x  | y  | z
    a   | 3  | 20 | 30
    b   | 40 | 50 | 60
    c   | 70 | 80 | 90
    d   | 11 | 0  | 14
    """,
)
LEAVE_FILES = (
    "import os, pathlib, sys; pathlib.Path('left').write_text('3'); temporary = pathlib.Path(os.environ['TMPDIR'])\n"
)
LEAVE_FILES += "(temporary / 'exact').write_text('3')\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the folders are made; afterwards nothing is left there, nor in what others take for the temporary one."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    yield tmp_path / "argus"
    assert list(temporary.iterdir()) == []


def running(code: str) -> tuple[str, ...]:
    """The command of another program in the place of τ-ARGUS."""
    return (sys.executable, "-c", code)


def everything_in(place: Path) -> list[Path]:
    """All that is left."""
    return [
        Path(folder, name) for folder, *names in os.walk(place) for one in names for name in one
    ]  # some go meanwhile


def test_it_proposes_a_pattern_and_leaves_nothing(place: Path) -> None:
    proposed = list(proposer(place, least_cells=0)(TABLE, RULE))
    assert at("t", "a", "x") in proposed
    assert len(proposed) >= 4
    assert at("t", "d", "y") not in proposed  # nobody
    assert everything_in(place) == []


def test_the_same_table_gets_the_same_proposal(place: Path) -> None:
    ask = proposer(place, least_cells=0)
    assert list(ask(TABLE, RULE)) == list(ask(TABLE, RULE))


def test_a_table_with_counties_is_written_as_a_hierarchy(place: Path) -> None:
    sexes: Key = ("women", "men", TOTAL)
    leaves = {"a": (3, 30), "b": (40, 50), "c": (50, 21), "d": (60, 70)}
    parents: dict[Code, Code] = {"a": "north", "b": "north", "c": "south", "d": "south"}
    cells: dict[Key, int] = {}
    for code, counted in leaves.items():
        places: Key = (code, parents[code], TOTAL)
        for where, (sex, count) in product(places, zip(sexes, (*counted, sum(counted)), strict=True)):
            cells[where, sex] = cells.get((where, sex), 0) + count
    full: dict[Key, tuple[int | None, ...]] = {key: (count,) for key, count in cells.items()}
    both = frozenset({"place", "sex"})
    table = Counts("t", ("place", "sex"), ("persons",), full, additive=both, parents={"place": parents})
    hidden = set(proposer(place, least_cells=0)(table, RULE))
    assert hidden == {at("t", code, sex) for code in ("a", "b") for sex in ("women", "men")}  # within the county


def test_a_place_where_nobody_is_does_not_stop_it(place: Path) -> None:
    table = crossed("t", "row | x | y | z\na | 3 | 20 | 30\nb | 40 | 50 | 60\nc | 70 | 80 | 90\nnobody | 0 | 0 | 0")
    assert at("t", "a", "x") in proposer(place, least_cells=0)(table, RULE)


def test_years_are_asked_about_one_by_one_since_nothing_sums_them_up(place: Path) -> None:
    years = {
        (year, *key): tuple(years * (count or 0) for count in row)
        for year, years in (("2019", 0), ("2020", 1), ("2021", 3))  # nobody, a small cell, none
        for key, row in TABLE.cells.items()
    }
    table = replace(TABLE, dimensions=("year", *TABLE.dimensions), cells=years)
    proposed = list(proposer(place, least_cells=0)(table, RULE))
    assert at("t", "2020", "a", "x") in proposed
    assert {cell.key[0] for cell in proposed} == {"2020"}
    assert list(proposer(place, least_cells=len(TABLE.cells) + 1)(table, RULE)) == []


def test_what_it_proposes_is_judged_by_our_own_attack(place: Path) -> None:
    released = protect({"t": TABLE}, [], RULE, Known(propose=proposer(place, least_cells=0)))
    assert not examine(released.tables.values(), released.relations, RULE).leaks


def test_small_tables_are_protected_without_it(place: Path) -> None:
    assert len(TABLE.cells) < LEAST_CELLS
    assert list(proposer(place)(TABLE, RULE)) == []
    assert not place.exists()


NONSENSE = "pathlib.Path('answer.txt').write_text('no answer at all')"


@pytest.mark.parametrize(
    "ending",
    ["sys.exit(0)", "sys.exit(3)", "raise RuntimeError", "os.kill(os.getpid(), 9)", NONSENSE],
    ids=["no answer", "an error code", "an error", "killed", "nonsense"],
)
def test_nothing_is_left_when_it_fails_and_nothing_is_protected_without_it(place: Path, ending: str) -> None:
    """Our own search would give another pattern here than where it answers, and nobody would know."""
    failing = running(f"{LEAVE_FILES}{ending}")
    with pytest.raises(SentenceError, match="gav inget helt svar"):
        protect({"t": TABLE}, [], RULE, Known(propose=proposer(place, least_cells=0, command=failing)))
    assert everything_in(place) == []


def test_its_only_place_for_files_is_one_folder_for_nobody_else(place: Path) -> None:
    look = "import os, stat; here = os.getcwd(); assert os.environ['TMPDIR'].startswith(here + os.sep)\n"
    look += "assert stat.S_IMODE(os.stat(here).st_mode) == 0o700; assert not any('FINSAM' in n for n in os.environ)\n"
    look += "open(os.path.join(os.path.dirname(here), 'seen'), 'w').close()"
    with pytest.raises(SentenceError):
        proposer(place, least_cells=0, command=running(look))(TABLE, RULE)
    assert [path.name for path in everything_in(place)] == ["seen"]
    assert S_IMODE(place.stat().st_mode) == 0o700


SLOW = "import time; import pathlib; pathlib.Path('exact').write_text('3'); time.sleep(60)"
STUCK = """
import threading, time
from pathlib import Path
from finsam.editions.argus import child
threading.Thread(target=child._vanish, args=(Path.cwd(),), daemon=True).start()
time.sleep(60)
"""
PARENT = """
import sys
from pathlib import Path
from finsam.editions.argus.proposer import proposer
from finsam.disclosure.cells import TOTAL, Counts, Key, Rule
table = Counts("t", ("group",), ("persons",), {("a",): (3,), (TOTAL,): (3,)}, additive=frozenset({"group"}))
proposer(Path(sys.argv[1]), least_cells=0, command=(sys.executable, *sys.argv[2:]))(table, Rule())
"""


def started(place: Path, *child: str) -> "subprocess.Popen[bytes]":
    """Start somebody who asks, and wait until the child is at work."""
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(place), *child])
    until(lambda: any(path.suffix == ".txt" for path in everything_in(place)))
    return parent


def until(happened: Callable[[], bool], seconds: float = 30) -> None:
    """Wait for something that other processes do."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)


def test_when_the_one_who_asked_is_killed_the_process_removes_the_folder_and_ends(place: Path) -> None:
    """The real child, stuck: its line to whoever started it breaks."""
    parent = started(place, "-c", STUCK)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    until(lambda: not [path for path in everything_in(place) if path.is_dir() or path.suffix != ".lock"])


def test_what_the_killed_leave_behind_is_cleared_at_the_next_start(place: Path) -> None:
    parent = started(place, "-c", SLOW)
    children = _children(parent.pid)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    for child in children:
        os.kill(child, signal.SIGKILL)
    until(lambda: not any(Path(f"/proc/{child}").exists() for child in children))
    assert any(path.is_dir() for path in everything_in(place))
    with work.folder(place) as here:
        assert [path for path in place.iterdir() if path.is_dir()] == [here.folder]
    assert everything_in(place) == []


def test_a_folder_somebody_works_in_is_left_alone(place: Path) -> None:
    with work.folder(place) as one, work.folder(place) as other:
        assert one.folder.is_dir()
        assert other.folder.is_dir()


def _children(parent: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


def test_the_command_is_our_own_python() -> None:
    assert COMMAND[0] == sys.executable
