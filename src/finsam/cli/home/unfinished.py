"""A home that is being made, or that a killed command left half made: recognised, refused, and cleared away.

Whoever makes a home holds a lock on the folder that is it or becomes it; the lock goes with the folder to its name,
and with its holder when that is killed. In the folder lie notes: what will be moved to the home, which key file was
made for it outside, and what is needed only while it is made.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

from finsam.cli import terminal
from finsam.cli.home import marked
from finsam.cli.language import gettext as _

NOTES, CONTENTS, NAMES, KEY = ".unfinished", "contents", "names", "key"
BESIDE_DATABASE: Final = ("-wal", "-shm")
NOTHING: Final = sha256(b"").hexdigest()  # what a key file says whose writer was killed before it wrote
BUSY: Final = _(
    "Hemmet %(folder)s görs i ordning av ett annat kommando (init, demo eller restore). Vänta tills det är klart."
)
BROKEN_OFF: Final = _("Hemmet %(folder)s blev aldrig klart: init, demo eller restore avbröts. Kör kommandot igen.")


def beside(home: Path) -> Path:
    """The folder in which a home is made that has none yet."""
    return home.with_name(f".{home.name}{NOTES}")


@contextmanager
def held(folder: Path, home: Path) -> Iterator[None]:
    """Hold a folder as the one that makes the home; refused when somebody else does."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if not taken(number):
            terminal.refuse(BUSY % {"folder": home})
        yield
    finally:
        os.close(number)


def is_free(folder: Path) -> bool:
    """Whether nobody makes a home in a folder just now."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        return taken(number)
    finally:
        os.close(number)


def taken(number: int) -> bool:
    """Take the lock of an open folder; False when somebody has it."""
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def refuse(home: Path) -> None:
    """Refuse a home that is being made, or was never finished."""
    left = [folder for folder in (beside(home), home / NOTES) if folder.exists()]
    if marked.is_declared() or not (left or marked.is_marked()):
        return
    is_made = any(folder.exists() and not is_free(folder) for folder in (beside(home), home))
    terminal.refuse((BUSY if is_made else BROKEN_OFF) % {"folder": home})


def clear(home: Path) -> None:
    """Take away what a command that was killed left of a home that was never finished, and nothing else."""
    if (left := beside(home)).exists():
        with held(left, home):
            forget_key(left / NOTES)
            shutil.rmtree(left)
    if (home / NOTES).exists() and not marked.is_declared():
        empty(home)
    marked.clear()


def empty(home: Path) -> None:
    """Take away what was moved to a home and what is left to be moved."""
    notes = home / NOTES
    names = (notes / NAMES).read_text("utf-8").splitlines() if (notes / NAMES).exists() else []
    marked.close_file()
    for name in (name for name in names if not (notes / CONTENTS / name).exists()):
        for path in (home / name, *(home / f"{name}{end}" for end in BESIDE_DATABASE)):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
    forget_key(notes)
    shutil.rmtree(notes)


def note_key(notes: Path, file: Path, content: bytes) -> None:
    """Remember which key file is about to be made outside the home."""
    (notes / KEY).write_text(f"{sha256(content).hexdigest()} {file}", "utf-8")


def forget_key(notes: Path) -> None:
    """Take away the key file made for a home that came to nothing; one that says anything else is somebody's."""
    digest, _space, name = (notes / KEY).read_text("utf-8").partition(" ") if (notes / KEY).exists() else ("", "", "")
    file = Path(name)
    if digest and file.is_file() and sha256(file.read_bytes()).hexdigest() in (digest, NOTHING):
        file.unlink()
