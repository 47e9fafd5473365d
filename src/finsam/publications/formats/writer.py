"""A whole report in one folder: every file, and a manifest that says what they are made of."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from finsam.publications.blocks import Publication, Tidy
from finsam.publications.formats.csv import csv_bytes
from finsam.publications.formats.html import named, report_html
from finsam.publications.formats.jsonstat import jsonstat_bytes
from finsam.publications.formats.pdf import pdf_bytes
from finsam.publications.formats.xlsx import xlsx_bytes
from finsam.values import temporary

Progress = Callable[[str, int, int], None]
File = tuple[str, Callable[[], bytes]]
MadeOf = Mapping[str, Any]
NOTHING_ELSE: Final[MadeOf] = MappingProxyType({})


def write(
    publication: Publication, folder: Path, progress: Progress | None = None, made_of: MadeOf = NOTHING_ELSE
) -> None:
    """Write the report under its final name only when every file is whole; an OSError leaves nothing behind.

    `made_of` is what the manifest says that the report was made of beside its snapshot.
    """
    folder = folder.resolve()
    check_empty(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with temporary.folder_for(folder, Path(settings.FINSAM_HOME)) as unfinished:
        fill(publication, unfinished, progress or silent, made_of)
        unfinished.rename(folder)  # replaces an empty folder in one step


def silent(_step: str, _done: int, _total: int) -> None:
    """Progress nobody follows."""


def check_empty(folder: Path) -> None:
    """Refuse a folder with anything in it, and a file."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise ValidationError(
            _("%(folder)s finns redan och är inte en tom mapp. Välj en ny eller tom mapp."), params={"folder": folder}
        )


def fill(publication: Publication, folder: Path, progress: Progress, made_of: MadeOf) -> None:
    """Every file, with its fingerprint in the manifest, which is written last."""
    planned = list(files(publication))
    digests: dict[str, str] = {}
    for done, (name, made) in enumerate(planned):
        progress(name, done, len(planned))
        content = made()
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        digests[name] = sha256(content).hexdigest()
    (folder / "manifest.json").write_text(manifest(publication, digests, made_of), encoding="utf-8", newline="\n")
    progress("manifest.json", len(planned), len(planned))


def files(publication: Publication) -> Iterator[File]:
    """The report's files by name, each with how it is made."""
    for tidy in publication.tables:
        yield f"csv/{tidy.table.name}.csv", lambda table=tidy.table: csv_bytes(table)  # type: ignore[misc]
    for tidy in publication.tables if publication.cubes else ():
        yield f"json/{tidy.table.name}.json", lambda tidy=tidy: _cube(tidy, publication)  # type: ignore[misc]
    yield "report.html", lambda: report_html(publication).encode()
    yield "report.pdf", lambda: pdf_bytes(publication)
    yield "report.xlsx", lambda: xlsx_bytes(publication)


def _cube(tidy: Tidy, publication: Publication) -> bytes:
    with override(publication.language):
        source = f"Finsam, {named(publication)}"
    day, language, rule = publication.as_of.isoformat(), publication.language, publication.rule
    return jsonstat_bytes(tidy, source=source, updated=day, language=language, rule=rule)


def manifest(publication: Publication, digests: dict[str, str], made_of: MadeOf) -> str:
    """What the report is: its key and year, what it was made of and with, and SHA-256 of each file."""
    facts = {
        "report": publication.key,
        "year": publication.year,
        "language": publication.language,
        "snapshot": publication.snapshot_id,
        "as_of": publication.as_of.isoformat(),
        **made_of,
        "rule": asdict(publication.rule),
        "software": f"finsam {version('finsam')}",
        "files": dict(sorted(digests.items())),
    }
    return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
