"""A written report read back from its folder: its parts for a page of the site, its files, and all of its CSV at once.

The page shows the bytes that were written, so that it can never say something else than the files.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.safestring import SafeString, mark_safe

LEAD, SOURCE, END = '<p class="report-lead">', '<p class="report-small">', "</p>"
FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # the same files give the same archive


@dataclass(frozen=True)
class Parts:
    """What a page of the site shows of a report, already written as HTML by us."""

    language: str
    title: SafeString
    lead: SafeString
    source: SafeString
    blocks: SafeString


def parts(folder: Path) -> Parts:
    """The parts of a report's own HTML file."""
    written: dict[str, str] = json.loads((folder / "manifest.json").read_text("utf-8"))
    text = (folder / "report.html").read_text("utf-8")
    top, _, rest = text.partition("<main")[2].partition('<div class="report">')
    blocks = '<div class="report">' + rest.rpartition("</main>")[0]
    return Parts(written["language"], *(mark_safe(part) for part in (  # noqa: S308  our own file, escaped when it was written
        _between(top, "<h1>", "</h1>"), _between(top, LEAD, END), _between(top, SOURCE, END), blocks,
    )))  # fmt: skip


def digests(folder: Path) -> Mapping[str, str]:
    """The files of a report, each with its SHA-256 as the manifest has it."""
    found: dict[str, str] = json.loads((folder / "manifest.json").read_text("utf-8"))["files"]
    return found


def zipped(folder: Path) -> bytes:
    """Every CSV file of a report in one archive; the same files give the same bytes."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for path in sorted((folder / "csv").glob("*.csv")):
            archive.writestr(ZipInfo(path.name, FIRST_MOMENT), path.read_bytes(), ZIP_DEFLATED)
    return held.getvalue()


def _between(text: str, before: str, after: str) -> str:
    return text.partition(before)[2].partition(after)[0]
