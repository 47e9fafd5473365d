"""Room on the disk for what does not fit in memory: rows of persons, so nobody else may read it and it never stays."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from django.conf import settings

PREFIX: Final = ".spilled-"


@contextmanager
def room() -> Iterator[Path]:
    """A folder in the home that is gone afterwards; its lock tells that somebody is still using it."""
    place = Path(mkdtemp(prefix=PREFIX, dir=settings.FINSAM_HOME))
    lock = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield place
    finally:
        os.close(lock)
        shutil.rmtree(place, ignore_errors=True)


def clear() -> None:
    """Remove what processes that were killed have left."""
    for place in Path(settings.FINSAM_HOME).glob(f"{PREFIX}*"):
        with suppress(FileNotFoundError, BlockingIOError):  # its owner is done just now, or still at work
            lock = os.open(place, os.O_RDONLY)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(place, ignore_errors=True)
            finally:
                os.close(lock)
