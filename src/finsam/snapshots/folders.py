"""Folders of files and a manifest: written whole or not at all, named by their digest, checked byte by byte."""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.values import nested, temporary

MANIFEST: Final = "manifest.json"
# Said in full, so that a new default of the library does not change the bytes of an old day.
PARQUET: Final[Mapping[str, Any]] = {
    "version": "2.6",
    "data_page_version": "1.0",
    "compression": "zstd",
    "compression_level": 3,
    "use_dictionary": True,
    "write_statistics": True,
    "row_group_size": 1_000_000,
    "data_page_size": 1_048_576,
    "store_schema": False,
}


@dataclass(frozen=True)
class Folder:
    """A folder in its place: its name, the digest of its manifest, and how many rows it holds."""

    identifier: str
    digest: str
    rows: int


def write(root: Path, prefix: str, tables: Mapping[str, Any], facts: Mapping[str, Any]) -> Folder:
    """Write tables and what the manifest says of them besides; the name is given when every byte is on the disk.

    The name is the prefix and the start of the digest: the same content is the same folder, and it is not written
    twice, save when the one that is there has been damaged. A table may be made from the files of those before it: it
    is then a function that is given the path to write, and gives how many rows it wrote.
    """
    with _unfinished(root) as place:
        files = {f"{name}.parquet": _write_table(place, name, table) for name, table in tables.items()}
        return _finish(place, root, prefix, {**facts, "files": files})


def keep(root: Path, prefix: str, files: Iterable[tuple[str, Callable[[], bytes]]], facts: Mapping[str, Any]) -> Folder:
    """Write files of any kind in the same way; each is made when its turn comes."""
    with _unfinished(root) as place:
        digests: dict[str, dict[str, Any]] = {}
        for name, made in files:
            (place / name).parent.mkdir(mode=0o700, exist_ok=True)
            _write_bytes(place / name, made())
            digests[name] = {"sha256": _digest(place / name)}
        return _finish(place, root, prefix, {**facts, "files": digests})


def faults(place: Path, digest: str) -> list[str]:
    """Every way in which a folder is not what it was when it was written, as sentences; none when it is whole."""
    if not (place / MANIFEST).is_file():
        return [_("mappen eller dess manifest.json saknas")]
    if _digest(place / MANIFEST) != digest or not place.name.endswith(digest[:12]):
        return [_("manifest.json är ändrad")]
    return list(_changed_files(place, facts_of(place)["files"]))


def file(place: Path, digest: str, name: str) -> bytes:
    """The content of one file of a folder; empty when it is not what it was when it was written."""
    manifest = (place / MANIFEST).read_bytes() if (place / MANIFEST).is_file() else b""
    if sha256(manifest).hexdigest() != digest or not (place / name).is_file():
        return b""
    content, held = (place / name).read_bytes(), json.loads(manifest)["files"]
    return content if sha256(content).hexdigest() == held.get(name, {}).get("sha256") else b""


def facts_of(place: Path) -> dict[str, Any]:
    """What the manifest of a folder says."""
    try:
        facts: dict[str, Any] = nested.read((place / MANIFEST).read_bytes())
    except ValueError as fault:
        raise unread(place) from fault
    return facts


def unread(place: Path) -> ValidationError:
    """Refuse a folder in which what should stand can't be read."""
    words = _("Mappen %(folder)s är skadad. Läs tillbaka den från en kopia.")
    return ValidationError(words % {"folder": place.name})


def canonical(facts: Mapping[str, Any]) -> bytes:
    """The one way these facts are written down."""
    return (json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def compact(facts: Mapping[str, Any]) -> bytes:
    """These facts written down for machines, which is quicker and takes half the room; always in the same way."""
    return (json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n").encode()


def _changed_files(place: Path, files: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    there = {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()} - {MANIFEST}
    for name in sorted(there | set(files)):
        if name not in there:
            yield _("%(file)s saknas") % {"file": name}
        elif name not in files:
            yield _("%(file)s hör inte dit") % {"file": name}
        elif _digest(place / name) != files[name]["sha256"]:
            yield _("%(file)s är ändrad") % {"file": name}


def _finish(place: Path, root: Path, prefix: str, facts: Mapping[str, Any]) -> Folder:
    """Write the manifest last, and give the folder its name."""
    manifest = canonical(facts)
    _write_bytes(place / MANIFEST, manifest)
    _sync(place)
    digest = sha256(manifest).hexdigest()
    identifier = f"{prefix}-{digest[:12]}"
    _put(place, root / identifier, digest)
    return Folder(identifier, digest, sum(file.get("rows", 0) for file in facts["files"].values()))


@contextmanager
def _unfinished(root: Path) -> Iterator[Path]:
    """A folder that no one takes for a finished one, gone afterwards unless it was given its final name."""
    root.mkdir(mode=0o700, exist_ok=True)
    with temporary.folder(root) as place:
        yield place


def _put(place: Path, final: Path, digest: str) -> None:
    if final.exists():
        if not faults(final, digest):
            return
        shutil.rmtree(final)
    place.rename(final)
    _sync(final.parent)


def _write_table(place: Path, name: str, table: Any) -> dict[str, Any]:
    import pyarrow.parquet

    path = place / f"{name}.parquet"
    if callable(table):
        rows = table(path)
    else:
        rows = len(table)
        pyarrow.parquet.write_table(table, path, **PARQUET)
    path.chmod(0o600)
    _sync(path)
    return {"rows": rows, "sha256": _digest(path)}


def _write_bytes(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)
    _sync(path)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
