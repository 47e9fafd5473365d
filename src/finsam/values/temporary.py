"""Folders and files while they are written: locked as long as their writer lives, and known by their names.

What a writer that was killed has left can be a whole copy of the database. Whoever clears a place away removes what is
named so and locked by nobody. What is written outside the home has a link in it, so that it is found there too.
"""

import errno
import fcntl
import os
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

MARK: Final = "unfinished-"
INSIDE: Final = f".{MARK}"
SPILLED: Final = ".spilled-"  # what does not fit in memory
LINK: Final = ".elsewhere-"
NAME: Final = re.compile(r"-[0-9a-f]{12}$")
TRIES: Final = 9
YOUNG: Final = 60  # seconds in which a link is made before what it points to


@contextmanager
def folder(parent: Path, prefix: str = INSIDE) -> Iterator[Path]:
    """A folder that nobody takes for finished, gone afterwards unless it was given another name."""
    with folder_and_lock(parent, prefix) as (place, _number):
        yield place


@contextmanager
def folder_and_lock(parent: Path, prefix: str = INSIDE) -> Iterator[tuple[Path, int]]:
    """The same, and the number of its lock, for a child to inherit that works in it too."""
    with _held(lambda: _made_folder(parent, prefix)) as held:
        yield held


@contextmanager
def folder_for(path: Path, home: Path) -> Iterator[Path]:
    """A folder beside the one it is to become."""
    with _linked(path.parent, home), folder(path.parent, f".{path.name}.{MARK}") as place:
        yield place


@contextmanager
def file_for(path: Path, home: Path) -> Iterator[IO[bytes]]:
    """A file that becomes another when every byte of it is on the disk, in one step; gone if it doesn't."""
    with _linked(path.parent, home), _held(lambda: _made_file(path)) as (place, number):
        with os.fdopen(os.dup(number), "w+b") as file:
            yield file
            file.flush()
            os.fsync(number)
        place.rename(path)


def clear(parent: Path, prefix: str = f".*{MARK}") -> None:
    """Remove what writers that are gone have left in a folder."""
    for left in lying(parent, prefix):
        remove(left)


def lying(parent: Path, prefix: str = f".*{MARK}") -> list[Path]:
    """What writers write or have left in a folder."""
    return [path for path in sorted(parent.glob(f"{prefix}*")) if NAME.search(path.name)]


def clear_links(home: Path) -> None:
    """Remove what writers that are gone have left outside the home, in the folders it has links to."""
    for link in home.glob(f"{LINK}*"):
        with suppress(OSError):
            clear(place := link.readlink())
            if not lying(place) and time.time() - link.lstat().st_mtime > YOUNG:
                link.unlink()


def remove(left: Path) -> None:
    """Remove a folder or file unless its writer lives; what somebody else owns or removes just now is left."""
    with suppress(OSError):
        number = os.open(left, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(left)
        finally:
            os.close(number)


@contextmanager
def _held(made: Callable[[], tuple[Path, int]]) -> Iterator[tuple[Path, int]]:
    place, number = _locked(made)
    try:
        yield place, number
    finally:
        os.close(number)
        _remove(place)


def _locked(made: Callable[[], tuple[Path, int]]) -> tuple[Path, int]:
    """Make something and lock it; made anew when somebody cleared it away before it was locked."""
    for _number in range(TRIES):
        place, number = made()
        fcntl.flock(number, fcntl.LOCK_EX)
        if place.exists():
            return place, number
        os.close(number)
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), place)


def _made_folder(parent: Path, prefix: str) -> tuple[Path, int]:
    place = parent / f"{prefix}{secrets.token_hex(6)}"
    place.mkdir(mode=0o700)
    return place, os.open(place, os.O_RDONLY)


def _made_file(path: Path) -> tuple[Path, int]:
    place = path.with_name(f".{path.name}.{MARK}{secrets.token_hex(6)}")
    return place, os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)


@contextmanager
def _linked(parent: Path, home: Path) -> Iterator[None]:
    """Let the home know a folder outside it, or one within it that is not its own, as long as it is written in."""
    link = home / f"{LINK}{secrets.token_hex(6)}"
    link.symlink_to(parent.resolve(), target_is_directory=True)
    try:
        yield
    finally:
        link.unlink(missing_ok=True)


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)
