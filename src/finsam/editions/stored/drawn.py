"""What is drawn of editions for their pages: drawn once and kept on the disk, since what is of an edition stands still.

It lies outside the editions' own folders, which hold what was published and nothing else, and in no copy of the home:
what is lost, damaged or drawn by another version of the program is drawn anew. Nothing is decided by what is kept here.
"""

import json
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from django.conf import settings

PACKAGE: Final = Path(__file__).parents[2]
DRAWING: Final = frozenset({".py", ".html", ".css", ".csv", ".mo"})  # what decides how something is drawn
SEEN: Final = 64  # hexadecimal digits in front of what is kept, by which a damaged file is known


def kept(
    edition: Path, kind: str, make: Callable[[], dict[str, Any] | None], beside: str = ""
) -> dict[str, Any] | None:
    """What was drawn of an edition (its folder), drawn now if nobody has; what is nothing is not kept.

    `beside` is what it is drawn of besides the edition; what was drawn of something else is taken away.
    """
    place = Path(settings.FINSAM_HOME) / "drawn" / edition.name
    name = f"{kind}-{sha256(f'{program()} {beside}'.encode()).hexdigest()[:16]}"
    if held := _read(place / name):
        found: dict[str, Any] = json.loads(held)
        return found
    made = make()
    if made is not None:
        _write(place, kind, name, json.dumps(made, ensure_ascii=False).encode())
    return made


@cache
def program() -> str:
    """The digest of all that decides how something is drawn: a new version draws anew."""
    every = sorted(path for path in PACKAGE.rglob("*") if path.suffix in DRAWING)
    return sha256(b"".join(sha256(path.read_bytes()).digest() for path in every)).hexdigest()


def _read(file: Path) -> bytes:
    """What a file holds; nothing when it can't be read, or not all of it is there."""
    try:
        written = file.read_bytes()
    except OSError:
        return b""
    seen, held = written[:SEEN], written[SEEN:]
    return held if seen == sha256(held).hexdigest().encode() else b""


def _write(place: Path, kind: str, name: str, held: bytes) -> None:
    """Keep it in the place of what was drawn of the same kind before; where there is no room, it is drawn every time.

    Two who write at once write the same, and whoever reads half of it sees that by its digest.
    """
    try:
        place.parent.mkdir(mode=0o700, exist_ok=True)
        place.mkdir(mode=0o700, exist_ok=True)
        for older in place.glob(f"{kind}-*"):
            if older.name != name and older.name.rpartition("-")[0] == kind:
                older.unlink(missing_ok=True)
        (place / name).touch(mode=0o600)
        (place / name).write_bytes(sha256(held).hexdigest().encode() + held)
    except OSError:
        return
