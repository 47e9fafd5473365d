"""Writes snapshot folders, one at a time, whole or not at all."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from finsam.snapshots import folders, memory, rules

if TYPE_CHECKING:
    from finsam.snapshots.extract.extract import Extract
from finsam.snapshots.storage import root
from finsam.values import temporary


@dataclass(frozen=True)
class Written:
    """A snapshot folder in its place: its name, the digest of its manifest, its rows and the persons erased."""

    identifier: str
    digest: str
    rows: int
    erased: int


def write(extract: "Extract", as_of: date) -> Written:
    """Write a snapshot's folder under its final name only when every byte is on the disk."""
    facts = _facts(extract, as_of)
    tables = dict(extract.tables)
    if "participations" in tables:
        from finsam.snapshots import person_years

        tables |= person_years.writers(facts["codes"], as_of)
    made = folders.write(root(), as_of.isoformat(), tables, facts)
    return Written(made.identifier, made.digest, made.rows, extract.erased)


def _facts(extract: "Extract", as_of: date) -> dict[str, Any]:
    codes: dict[str, dict[str, int]] = {}
    for row in extract.tables["codes"].select(["list", "code", "number"]).to_pylist():
        codes.setdefault(row["list"], {})[row["code"]] = row["number"]
    return {
        "as_of": as_of.isoformat(),
        "codes": codes,
        "erased_persons": extract.erased,
        "schema_version": rules.SCHEMA_VERSION,
        **({"directions": extract.directions} if extract.directions else {}),
    }


@contextmanager
def alone() -> Iterator[None]:
    """Let one snapshot at a time be taken, and first clear away what one that was killed left behind.

    What is left can be a whole copy of the database: it must not outlive the erasure of a person.
    """
    root().mkdir(mode=0o700, exist_ok=True)
    with (root().parent / ".snapshot.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        temporary.clear(root())
        memory.clear()
        yield
