"""What the demo gives, as lines of CSV with a digest each: rows of its snapshot, files of its reports."""

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

REFERENCE = Path(__file__).resolve().parents[1] / "reference"


def tables(snapshot: Path) -> str:
    """Each table of a snapshot: its rows, and the digest of them as CSV in the order they lie."""
    lines = ["table,rows,sha256"]
    for path in sorted(snapshot.glob("*.parquet")):
        table = pq.read_table(path)
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(table.column_names)
        writer.writerows([_text(value) for value in row.values()] for row in table.to_pylist())
        lines.append(f"{path.stem},{table.num_rows},{_digest(text.getvalue().encode())}")
    return "\n".join([*lines, ""])


def files(name: str, folder: Path) -> list[str]:
    """Each file of a publication, by its path in the folder."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return [f"{name},{path.relative_to(folder).as_posix()},{_digest(path.read_bytes())}" for path in found]


def differences(name: str, found: str, folder: Path) -> list[str]:
    """The lines that are kept and not found, or found and not kept; what was found is written into the folder."""
    kept = (REFERENCE / name).read_text("utf-8")
    if found == kept:
        return []
    (folder / name).write_text(found, "utf-8")
    return [str(folder / name), *sorted(set(found.splitlines()) ^ set(kept.splitlines()))]


def _text(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
