"""What commands that were killed have left is swept when a home is opened; what is being written never is."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from finsam.cli.home import sweeping, unfinished
from finsam.values import temporary
from tests.cli.homes import Home

NUMBER = "0123456789ab"
LEFT = (
    f".unfinished-{NUMBER}",
    f".spilled-{NUMBER}",
    f"snapshots/.unfinished-{NUMBER}",
    f"linkages/.unfinished-{NUMBER}",
    f"editions/.unfinished-{NUMBER}",
    f"reports/.national-annual-2020-1-abc.unfinished-{NUMBER}",
    f"backups/.before-1.tar.unfinished-{NUMBER}",
    f"fonts/.source.ttf.unfinished-{NUMBER}",
    f"argus/.unfinished-{NUMBER}",
)
FORMER = (
    "tmpab12_xyz",
    ".reading-abc",
    ".spilled-ab12_xyz",
    "reports/.one-0123abcd",
    "backups/.one.tar-0123abcd",
    "argus/0123456789abcdef",
)


def left_in(folder: Path, names: tuple[str, ...]) -> Iterator[Path]:
    """Folders and files by these names, with rows of persons in them."""
    for name in names:
        place = folder / name
        if ".tar" in name or ".ttf" in name:
            place.parent.mkdir(parents=True, exist_ok=True)
        else:
            place.mkdir(parents=True)
        file = place / "rows" if place.is_dir() else place
        file.write_bytes(b"rows of persons")
        yield place


def test_leftovers_are_swept_when_a_home_is_opened(prepared: Home, tmp_path: Path) -> None:
    left = list(left_in(prepared.folder, LEFT))
    elsewhere = tmp_path / "copies" / f".home.tar.unfinished-{NUMBER}"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(b"rows of persons")
    note = prepared.folder / f".elsewhere-{NUMBER}"
    note.write_text(str(elsewhere.parent), "utf-8")
    empty = prepared.folder / ".elsewhere-ba9876543210"
    empty.touch()
    (prepared.folder / unfinished.NOTES).mkdir()
    others = [tmp_path / "copies" / name for name in ("home.tar", ".unfinished-business", ".note.unfinished-0123")]
    for other in others:
        other.write_bytes(b"somebody's")
    assert prepared.run("snapshot", "list").returncode == 0
    assert not [path for path in (*left, elsewhere, note, empty, prepared.folder / unfinished.NOTES) if path.exists()]
    assert all(other.exists() for other in others)


def test_what_an_older_version_left_is_swept_after_an_hour(tmp_path: Path) -> None:
    left = list(left_in(tmp_path, FORMER))
    sweeping.sweep(tmp_path)
    assert all(path.exists() for path in left)
    for path in left:
        os.utime(path, (time.time() - 3700,) * 2)
    sweeping.sweep(tmp_path)
    assert not [path for path in left if path.exists()]


def test_what_is_being_written_is_never_swept(tmp_path: Path) -> None:
    home, out = tmp_path / "home", tmp_path / "out"
    home.mkdir()
    out.mkdir()
    with ExitStack() as work:
        places = [work.enter_context(temporary.folder(home)), work.enter_context(temporary.folder(home, ".spilled-"))]
        places.append(work.enter_context(temporary.folder_for(out / "report", home)))
        copy = work.enter_context(temporary.file_for(out / "home.tar", home))
        copy.write(b"rows")
        writing = [*places, *out.glob(".home.tar.*"), *home.glob(".elsewhere-*")]
        assert len(writing) == 6
        sweeping.sweep(home)
        assert all(path.exists() for path in writing)
    assert (out / "home.tar").read_bytes() == b"rows"
    assert [*home.iterdir(), *out.iterdir()] == [out / "home.tar"]


def test_what_is_cleared_before_it_is_locked_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cleared: list[Path] = []
    lock = fcntl.flock

    def late(number: int, how: int) -> None:
        if not cleared:
            cleared.extend(tmp_path.iterdir())
            cleared[0].rmdir()
        lock(number, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with temporary.folder(tmp_path) as place:
        assert place.exists()
        assert place != cleared[0]


def test_a_server_sweeps_every_hour(tmp_path: Path) -> None:
    look, begun = sweeping.every_hour(tmp_path), time.monotonic()
    for hour in (1, 2):
        [left] = left_in(tmp_path, (f".unfinished-{NUMBER}",))
        look(begun + hour * sweeping.HOUR - 1)
        assert left.exists()
        look(begun + hour * sweeping.HOUR + hour)
        assert not left.exists()


def test_what_somebody_has_put_in_a_home_stays(prepared: Home) -> None:
    theirs = ("backups/.keys.json-20261130", "reports/.rapport-20261130", "tmpmaterial", "snapshots/tmpab12_xyz")
    for name in theirs:
        (prepared.folder / name).parent.mkdir(exist_ok=True)
        (prepared.folder / name).write_text("mitt", "utf-8")
        os.utime(prepared.folder / name, (0, 0))
    sweeping.sweep(prepared.folder)
    assert all((prepared.folder / name).exists() for name in theirs)


def test_a_place_that_cannot_be_reached_is_tried_again(tmp_path: Path) -> None:
    home, place = tmp_path / "home", tmp_path / "disk"
    home.mkdir()
    note = home / f"{temporary.ELSEWHERE}{NUMBER}"
    note.write_text(str(place), "utf-8")
    temporary.clear_elsewhere(home)
    assert note.exists()
    [left] = left_in(place, (f".home.tar.unfinished-{NUMBER}",))
    temporary.clear_elsewhere(home)
    assert not left.exists()
    assert not note.exists()
