"""One file that holds a home: every table, every snapshot and every report, but never the keys."""

import json
import os
import secrets
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Any, Final

from finsam.cli import dumps, homes, sums

FORMAT: Final = 1
CONTENTS: Final = "contents.json"
FOLDERS: Final = ("snapshots", "linkages", "reports", "editions")


def write(home: Path, file: Path) -> int:
    """Write the home to a file that appears under its name only when it is whole; gives how many rows."""
    if file.exists():
        homes.refuse(f"Filen {file} finns redan. Välj ett annat namn.")
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as target:
            with tarfile.open(fileobj=target, mode="w") as archive:
                rows = fill(archive, home)
            target.flush()
            os.fsync(target.fileno())
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return rows


def fill(archive: tarfile.TarFile, home: Path) -> int:
    """Put everything into the archive. Folders are read after the tables, which name them and never others."""
    adding = sums.Adding(archive)
    with tempfile.TemporaryDirectory(dir=home) as name, dumps.one_moment():
        place, applied, rows = Path(name), dumps.state(dumps.READING), 0
        found = dumps.models(applied)
        for number, model in enumerate(found, start=1):
            homes.step(f"kopierar {dumps.table(model)} ({number} av {len(found)})")
            rows += dumps.write(model, place / "table")
            adding.add(place / "table", f"tables/{dumps.table(model)}.jsonl.gz")
        facts = {"format": FORMAT, "version": homes.version(), "migrations": applied, "rows": rows}
        (place / CONTENTS).write_text(json.dumps(facts, indent=1), "utf-8")
        adding.add(place / CONTENTS, CONTENTS)
    for folder in FOLDERS:
        for path in sorted((home / folder).glob("*")):
            if not path.name.startswith("."):  # unfinished
                homes.step(f"kopierar {folder}/{path.name}")
                adding.add(path, f"{folder}/{path.name}")
    adding.close()
    return rows


def check(file: Path) -> None:
    """Refuse a file that is no copy, or not to the byte what it was when it was made."""
    homes.step("kontrollerar kopian")
    if not sums.whole(file):
        homes.refuse(f"Filen {file} är ingen kopia från finsam backup, eller är skadad. Välj en annan kopia.")


def read(file: Path, home: Path) -> int:
    """Fill an empty home from a file that has been checked; gives how many rows."""
    with tempfile.TemporaryDirectory(dir=home) as name:
        place = Path(name)
        unpack(file, place)
        facts = contents(place)
        fill_tables(place / "tables", [(room, step) for room, step in facts["migrations"]])
        for folder in FOLDERS:
            if (place / folder).exists():
                shutil.move(place / folder, home / folder)
    return int(facts["rows"])


def unpack(file: Path, place: Path) -> None:
    """Unpack an archive, never outside the folder."""
    with tarfile.open(file, "r:") as archive:
        archive.extractall(place, filter="data")


def contents(place: Path) -> dict[str, Any]:
    """What the archive says of itself; refused when it is a copy by a newer version."""
    facts: dict[str, Any] = json.loads((place / CONTENTS).read_text("utf-8"))
    if facts["format"] > FORMAT or not dumps.knows([(room, step) for room, step in facts["migrations"]]):
        homes.refuse(f"Kopian är gjord med Finsam {facts['version']}, som är nyare. Installera den versionen först.")
    return facts


def fill_tables(place: Path, applied: dumps.State) -> None:
    """Make the tables as they were when the copy was made, and fill them; all or nothing."""
    from django.db import transaction

    homes.step("skapar tabeller")
    dumps.make_tables(applied)
    found = dumps.models(applied)
    with transaction.atomic():
        dumps.clear(found)
        for number, model in enumerate(found, start=1):
            homes.step(f"läser {dumps.table(model)} ({number} av {len(found)})")
            dumps.read(model, place / f"{dumps.table(model)}.jsonl.gz")
        dumps.count_on(found)
