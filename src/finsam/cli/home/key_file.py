"""Writes the key file anew: keys that are added, and older ones that are taken away. It is whole at every moment.

What it says is checked by `config.keys`, which reads it; here it is known to be whole.
"""

import base64
import json
import os
import secrets
from collections.abc import Collection
from pathlib import Path
from typing import Any, Final

KINDS: Final = ("encryption", "index")
NAMES: Final = {"encryption": "encryption", "index": "blind_index"}  # what each is called in the file
FIRST: Final = "1"

Content = dict[str, Any]


def add(path: Path, kinds: Collection[str]) -> None:
    """Add a key of each kind, which is the current one from now on; those that are there stay."""
    content = _read(path)
    _write(path, content | {NAMES[kind]: _with_new(content[NAMES[kind]]) for kind in kinds})


def keep(path: Path, out: Path) -> None:
    """Copy the key file as it is to a new one, for the copies of the home that are of its time."""
    _put(out, path.read_bytes())


def drop(path: Path) -> None:
    """Take away every key but the current ones."""
    content = _read(path)
    _write(path, content | {name: _only_current(content[name]) for name in NAMES.values()})


def has_older(path: Path) -> bool:
    """Whether the file has keys that are not the current ones."""
    content = _read(path)
    return any(len(content[name]["keys"]) > 1 for name in NAMES.values())


def _read(path: Path) -> Content:
    """What stands in the file; the one key of the index that an older file has alone is the first of several."""
    content: Content = json.loads(path.read_text("utf-8"))
    if isinstance(content["blind_index"], str):
        content["blind_index"] = _ring(FIRST, {FIRST: content["blind_index"]})
    return content


def _with_new(ring: Content) -> Content:
    """A ring with one more key. Its id comes after every other, so that none ever means two keys."""
    last = max(int(name) for name in (FIRST, *ring["keys"]) if name.isdecimal())
    return _ring(str(last + 1), {**ring["keys"], str(last + 1): _new_key()})


def _only_current(ring: Content) -> Content:
    return _ring(ring["current"], {ring["current"]: ring["keys"][ring["current"]]})


def _ring(current: str, keys: Content) -> Content:
    return {"current": current, "keys": keys}


def _new_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _write(path: Path, content: Content) -> None:
    """Put another file in the place of the one that is there, when all of it is on the disk."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)  # of one that was killed; nobody has used its keys
    try:
        _put(beside, f"{json.dumps(content, indent=2)}\n".encode())
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)
    _sync(path.parent)


def _put(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    """See to it that the new name is on the disk too: a key that something is sealed with may never be lost."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
