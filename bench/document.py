"""docs/benchmarks.md: one part per benchmark, each replaced by its newest run and otherwise left alone."""

import importlib.metadata
import os
import platform
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from bench.measuring import ROOT

PLACE: Final = ROOT / "docs" / "benchmarks.md"
OPENING: Final = """# Benchmarks

Written by `make bench`; a part alone by `.venv/bin/python -m bench NAME`. Every ratio is of one run: the contestants
take turns, each in a process of its own, and the run in the middle counts. All people are invented.
"""
PACKAGES: Final = ("django", "duckdb", "ibis-framework", "polars", "pyarrow", "granian", "waitress")


def write(parts: Mapping[str, str], names: Sequence[str], place: Path = PLACE) -> None:
    """Put the newest parts in their places; `names` is the order of all parts there can be."""
    known = {**_parts(place), **parts}
    body = [f"## {name}\n\n{known[name].strip()}\n" for name in names if name in known]
    place.write_text("\n".join([OPENING, *body]), "utf-8")


def part(command: str, began: datetime, paragraphs: Iterable[str]) -> str:
    """One part: what was run, when and on what, and then what came of it."""
    when = f"`{command}`, {began:%Y-%m-%d}, on {machine()}."
    return "\n\n".join([when, *paragraphs])


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is words and the others figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """The machine in words: cores, memory, versions, and how busy it was with other things."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    return (
        f"{len(os.sched_getaffinity(0))} cores and {memory:.0f} GiB ({platform.machine()}), "
        f"Python {platform.python_version()}, {packages}, SQLite {sqlite3.sqlite_version}; "
        f"load from everything on the machine over the last 15 minutes {os.getloadavg()[2]:.1f}"
    )


def seconds(value: float) -> str:
    """Seconds, with as many decimals as say something."""
    return f"{value:.2f} s" if value >= 0.1 else f"{value * 1000:.1f} ms"


def megabytes(value: float) -> str:
    """Bytes as megabytes."""
    return f"{value / 1e6:,.0f} MB"


def verdict(value: float, limit: float) -> str:
    """Whether a limit is kept."""
    return "kept" if value < limit else "**not kept**"


def _parts(place: Path) -> dict[str, str]:
    if not place.exists():
        return {}
    pieces = re.split(r"^## (.+)$", place.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(pieces[::2], pieces[1::2], strict=True))
