"""Snapshot folders: written whole or not at all, found by their name, and checked byte by byte against their digest."""

import fcntl
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.reporting import rules

if TYPE_CHECKING:
    from finsam.reporting.extract import Extract

MANIFEST: Final = "manifest.json"
NAME: Final = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}")
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
class Written:
    """A snapshot folder in its place: its name, the digest of its manifest, its rows and the persons erased."""

    identifier: str
    digest: str
    rows: int
    erased: int


def root() -> Path:
    """The folder of all snapshots of this home."""
    return Path(settings.FINSAM_HOME) / "snapshots"


def folder(identifier: str) -> Path:
    """Where a snapshot lies; refuses what is not a snapshot's name."""
    if not NAME.fullmatch(identifier):
        raise ValidationError(
            _("”%(name)s” är inget snapshot-ID. Se vilka som finns: finsam snapshot list"), params={"name": identifier}
        )
    return root() / identifier


def write(extract: "Extract", as_of: date) -> Written:
    """Write a snapshot's folder under its final name only when every byte is on the disk."""
    with _unfinished() as place:
        entries = {f"{name}.parquet": _write_table(place, name, table) for name, table in extract.tables.items()}
        manifest = canonical(_facts(extract, as_of, entries))
        _write_bytes(place / MANIFEST, manifest)
        _sync(place)
        digest = sha256(manifest).hexdigest()
        identifier = f"{as_of.isoformat()}-{digest[:12]}"
        _put(place, root() / identifier, digest)
    rows = sum(entry["rows"] for entry in entries.values())
    return Written(identifier, digest, rows, extract.erased)


def faults(identifier: str, digest: str) -> list[str]:
    """Every way in which a snapshot is not what it was when it was taken, as sentences; none when it is whole."""
    place = folder(identifier)
    if not (place / MANIFEST).is_file():
        return [_("mappen eller dess manifest.json saknas")]
    manifest = (place / MANIFEST).read_bytes()
    if sha256(manifest).hexdigest() != digest or not identifier.endswith(digest[:12]):
        return [_("manifest.json är ändrad")]
    facts = json.loads(manifest)
    refuse_newer(facts)
    return list(_changed_files(place, facts["files"]))


def refuse_newer(facts: Mapping[str, Any]) -> None:
    """Refuse a snapshot written by a newer version of the software."""
    if facts["schema_version"] > rules.SCHEMA_VERSION:
        raise ValidationError(
            _("Ögonblicksbilden är skriven av en nyare version av Finsam. Uppgradera Finsam och försök igen.")
        )


def canonical(facts: Mapping[str, Any]) -> bytes:
    """The one way these facts are written down."""
    return (json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _facts(extract: "Extract", as_of: date, files: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    codes: dict[str, dict[str, int]] = {}
    for row in extract.tables["codes"].select(["list", "code", "number"]).to_pylist():
        codes.setdefault(row["list"], {})[row["code"]] = row["number"]
    return {
        "as_of": as_of.isoformat(),
        "codes": codes,
        "erased_persons": extract.erased,
        "files": dict(files),
        "schema_version": rules.SCHEMA_VERSION,
    }


def _changed_files(place: Path, files: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    there = {path.name for path in place.iterdir()} - {MANIFEST}
    for name in sorted(there | set(files)):
        if name not in there:
            yield _("%(file)s saknas") % {"file": name}
        elif name not in files:
            yield _("%(file)s hör inte dit") % {"file": name}
        elif _digest(place / name) != files[name]["sha256"]:
            yield _("%(file)s är ändrad") % {"file": name}


@contextmanager
def alone() -> Iterator[None]:
    """Let one snapshot at a time be taken, and first clear away what one that was killed left behind.

    What is left can be a whole copy of the database: it must not outlive the erasure of a person.
    """
    root().mkdir(mode=0o700, exist_ok=True)
    with (root().parent / ".snapshot.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in (*root().glob(".unfinished-*"), *root().parent.glob(".reading-*")):
            shutil.rmtree(left)
        yield


@contextmanager
def _unfinished() -> Iterator[Path]:
    """A folder that no one takes for a snapshot, gone afterwards unless it was given its final name."""
    root().mkdir(mode=0o700, exist_ok=True)
    place = root() / f".unfinished-{secrets.token_hex(6)}"
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _put(place: Path, final: Path, digest: str) -> None:
    """Give the folder its name, unless the same snapshot is already there and whole."""
    if final.exists():
        if not faults(final.name, digest):
            return
        shutil.rmtree(final)
    place.rename(final)
    _sync(final.parent)


def _write_table(place: Path, name: str, table: Any) -> dict[str, Any]:
    import pyarrow.parquet

    path = place / f"{name}.parquet"
    pyarrow.parquet.write_table(table, path, **PARQUET)
    path.chmod(0o600)
    _sync(path)
    return {"rows": len(table), "sha256": _digest(path)}


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
