"""Folders and files while they are written: locked as long as their writer lives, and known by their names.

What a writer that was killed has left can be a whole copy of the database. Whoever clears a place away removes what is
named so and locked by nobody. What is written outside the home has a note in it, so that it is found there too.
"""

import errno
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

MARK: Final = "unfinished-"
INSIDE: Final = f".{MARK}"
SPILLED: Final = ".spilled-"  # what does not fit in memory
ELSEWHERE: Final = ".elsewhere-"
NAME: Final = re.compile(r"-[0-9a-f]{12}$")
TRIES: Final = 9


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
    with _noted(path.parent, home), folder(path.parent, f".{path.name}.{MARK}") as place:
        yield place


@contextmanager
def file_for(path: Path, home: Path) -> Iterator[IO[bytes]]:
    """A file that becomes another when every byte of it is on the disk, in one step; gone if it doesn't."""
    with _noted(path.parent, home), _held(lambda: _made_file(_beside(path))) as (place, number):
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


def clear_elsewhere(home: Path) -> None:
    """Remove what writers that are gone have left outside the home, in the folders it has notes of."""
    for note in lying(home, ELSEWHERE):
        with suppress(OSError, ValueError), _left(note) as is_left:
            if is_left and _is_cleared(note.read_text("utf-8")):
                _remove(note)


def _is_cleared(name: str) -> bool:
    """Clear a place outside the home; whether nothing is left in it. What can't be reached now is tried again."""
    place = Path(name)
    if name and place.is_dir():
        clear(place)
        return not lying(place)
    return not name


def remove(left: Path) -> None:
    """Remove a folder or file unless its writer lives; what somebody else owns or removes just now is left."""
    with suppress(OSError), _left(left) as is_left:
        if is_left:
            _remove(left)


@contextmanager
def _left(path: Path) -> Iterator[bool]:
    """Whether a folder or file is locked by nobody; nobody can lock it meanwhile."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        yield False
        return
    try:
        yield _is_taken(number)
    finally:
        os.close(number)


def _is_taken(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


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


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{MARK}{secrets.token_hex(6)}")


def _made_file(path: Path) -> tuple[Path, int]:
    return path, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)


@contextmanager
def _noted(parent: Path, home: Path) -> Iterator[None]:
    """Let the home know a folder, mostly outside it, as long as it is written in."""
    with _held(lambda: _made_file(home / f"{ELSEWHERE}{secrets.token_hex(6)}")) as (_note, number):
        os.write(number, str(parent.resolve()).encode())
        yield


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)
