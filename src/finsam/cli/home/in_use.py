"""Whether a home is served: a lock that the server holds for as long as it lives, and that its death lets go."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from finsam.cli import terminal
from finsam.cli.language import gettext as _

SERVING: Final = ".serving"
TRIES, PAUSE = 5, 0.1  # somebody who only asks holds the lock for less than this
SERVED: Final = _("Hemmet %(folder)s är i bruk: finsam serve körs på det. Avsluta den och försök igen.")


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """Hold a home as served; refused when it already is. Gives the number of the lock, which a child may inherit."""
    with (folder / SERVING).open("ab") as file:
        if not any(_taken(file, fcntl.LOCK_EX, number) for number in range(TRIES)):
            terminal.refuse(SERVED % {"folder": folder})
        yield file.fileno()


def refuse_served(folder: Path) -> None:
    """Refuse a home that is served; nothing is held afterwards."""
    if not (folder / SERVING).exists():
        return
    with (folder / SERVING).open("rb") as file:
        if not _taken(file, fcntl.LOCK_SH):
            terminal.refuse(SERVED % {"folder": folder})


def _taken(file: IO[bytes], lock: int, after: int = 0) -> bool:
    time.sleep(PAUSE if after else 0)
    try:
        fcntl.flock(file, lock | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
