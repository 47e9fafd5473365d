"""Folders where exact counts lie while τ-ARGUS works: for nobody else to read, and gone when it is done, however."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from finsam.values import temporary


class Work(NamedTuple):
    """A folder, and the lock that tells that somebody works in it; a child inherits the lock."""

    folder: Path
    lock: int


@contextmanager
def folder(place: Path) -> Iterator[Work]:
    """Make a folder and remove it again; clear first what the killed have left behind."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary.clear(place)
    with temporary.folder_and_lock(place) as (made, lock):
        yield Work(made, lock)
