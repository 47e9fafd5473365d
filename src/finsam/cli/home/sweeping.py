"""Sweeps a home of what commands and servers that were killed have left in it; it holds personal data.

What somebody still writes is locked by them and is left alone, so that a server can sweep while others work.
"""

import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from finsam.cli.home import marked, unfinished
from finsam.values import temporary

PLACES: Final = ("", "snapshots", "linkages", "editions", "reports", "backups", "fonts", "argus")
# What versions that locked nothing have left, each where it wrote it. Eight figures alone may be a day in a name.
FORMER: Final = {
    "": re.compile(r"tmp[a-z0-9_]{8}|\.(reading|spilled)-.+"),
    "reports": re.compile(r"\..+-(?!\d{8}$)[0-9a-f]{8}"),
    "backups": re.compile(r"\..+\.tar-(?!\d{8}$)[0-9a-f]{8}"),
    "argus": re.compile(r"[0-9a-f]{16}(\.lock)?"),
}
HOUR: Final = 3600


def sweep(home: Path) -> None:
    """Remove what nobody writes any longer, in the home and where it was written from the home."""
    for name in PLACES:
        temporary.clear(home / name)
    for name, former in FORMER.items():
        clear_former(home / name, former)
    temporary.clear(home, temporary.SPILLED)
    temporary.clear_elsewhere(home)
    clear_notes(home)


def every_hour(home: Path) -> Callable[[float], None]:
    """Sweep a home each time an hour has gone; `now` is seconds of a clock that never goes back."""
    swept = [time.monotonic()]

    def look(now: float) -> None:
        if now - swept[0] >= HOUR:
            swept[0] = now
            with suppress(OSError):  # a disk that is ill now is no reason to stop serving
                sweep(home)

    return look


def clear_former(place: Path, former: re.Pattern[str]) -> None:
    """Remove what a version that locked nothing has left, when it has been still for an hour."""
    for left in sorted(place.glob("*")):
        with suppress(FileNotFoundError):  # whoever wrote it has removed it meanwhile
            is_theirs = left.name.startswith("tmp") and not left.is_dir()  # ours was a folder
            if former.fullmatch(left.name) and not is_theirs and time.time() - left.lstat().st_mtime > HOUR:
                temporary.remove(left)


def clear_notes(home: Path) -> None:
    """Remove the notes of how a home was made, when it is made."""
    if (home / unfinished.NOTES).exists() and unfinished.is_free(home) and marked.is_declared():
        shutil.rmtree(home / unfinished.NOTES, ignore_errors=True)
