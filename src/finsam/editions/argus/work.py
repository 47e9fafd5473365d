"""Folders where exact counts lie while τ-ARGUS works: for nobody else to read, and gone when it is done, however."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Final, NamedTuple

NAME: Final = "argus"  # of the place in the home
OURS: Final = 0o700


class Work(NamedTuple):
    """A folder, and the lock that tells that somebody works in it; a child inherits the lock."""

    folder: Path
    lock: int


@contextmanager
def folder(place: Path) -> Iterator[Work]:
    """Make a folder and remove it again; clear first what the killed have left behind."""
    place.mkdir(mode=OURS, parents=True, exist_ok=True)
    clear(place)
    made = place / token_hex(8)
    with _lock(made).open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            made.mkdir(mode=OURS)  # never without a lock, so that nobody takes it for left behind
            yield Work(made, lock.fileno())
        finally:
            _remove(made)


def clear(place: Path) -> None:
    """Remove the folders that nobody works in."""
    for left in sorted(path for path in place.iterdir() if path.is_dir()):
        with _lock(left).open("wb") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            _remove(left)


def _lock(folder: Path) -> Path:
    return folder.with_suffix(".lock")


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _lock(folder).unlink(missing_ok=True)
