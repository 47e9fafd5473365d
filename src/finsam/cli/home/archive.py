"""One file that holds a home: every table, every snapshot and every report, but never the keys."""

import gzip
import json
import shutil
import tarfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from finsam.cli import terminal
from finsam.cli.home import checksums, dump, marked, opening, undivided
from finsam.cli.language import gettext as _
from finsam.values import temporary

if TYPE_CHECKING:
    from finsam.cli.home.making import NewHome

FORMAT: Final = 1
CONTENTS: Final = "contents.json"
DECLARING: Final = f"{marked.INSTALLATION}.jsonl.gz"
FOLDERS: Final = ("snapshots", "linkages", "reports", "editions")


def write(home: Path, file: Path) -> int:
    """Write the home to a file that appears under its name only when it is whole; gives how many rows."""
    if file.exists():
        terminal.refuse(_("Filen %(file)s finns redan. Välj ett annat namn.") % {"file": file})
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with temporary.file_for(file, home) as target, tarfile.open(fileobj=target, mode="w") as archive:
        return fill(archive, home)


def fill(archive: tarfile.TarFile, home: Path) -> int:
    """Put everything into the archive. Folders are read after the tables, which name them and never others."""
    adding = checksums.Adding(archive)
    with temporary.folder(home) as place, dump.one_moment():
        applied, rows = dump.state(dump.READING), 0
        found = dump.models(applied)
        for number, model in enumerate(found, start=1):
            name = undivided.name_of_table(dump.table(model), applied)
            terminal.step(of_all(_("kopierar %(name)s (%(number)s av %(count)s)"), name, number, found))
            rows += dump.write(model, place / "table", name)
            adding.add(place / "table", f"tables/{name}.jsonl.gz")
        facts = {"format": FORMAT, "version": opening.version(), "migrations": applied, "rows": rows}
        (place / CONTENTS).write_text(json.dumps(facts, indent=1), "utf-8")
        adding.add(place / CONTENTS, CONTENTS)
    for kind in FOLDERS:
        for path in sorted((home / kind).glob("*")):
            if not path.name.startswith("."):  # unfinished
                terminal.step(_("kopierar %(name)s") % {"name": f"{kind}/{path.name}"})
                adding.add(path, f"{kind}/{path.name}")
    adding.close()
    return rows


def check(file: Path) -> None:
    """Refuse a file that is no copy, or not to the byte what it was when it was made."""
    terminal.step(_("kontrollerar kopian"))
    if not checksums.whole(file):
        words = _("Filen %(file)s är ingen kopia från finsam backup, eller är skadad. Välj en annan kopia.")
        terminal.refuse(words % {"file": file})


def read(file: Path, new: "NewHome") -> int:
    """Make a home of a file that has been checked; gives how many rows."""
    place = new.notes / "copy"
    place.mkdir()
    unpack(file, place)
    facts = contents(place)
    applied = [(room, step) for room, step in facts["migrations"]]
    refuse_undeclared(file, place / "tables" / DECLARING)
    fill_tables(place / "tables", applied)
    for folder in FOLDERS:
        if (place / folder).exists():
            shutil.move(place / folder, new.folder / folder)
    new.finish(lambda: dump.read(installation(applied), new.notes / place.name / "tables" / DECLARING))
    return int(facts["rows"])


def installation(applied: dump.State) -> Any:
    """The model of the row that makes a home of what has been read back, as it was at those migrations."""
    return next(model for model in dump.models(applied) if dump.table(model) == marked.INSTALLATION)


def refuse_undeclared(file: Path, table: Path) -> None:
    """Refuse a copy of what was never a whole home."""
    lines: list[str] = []
    if table.is_file():
        with gzip.open(table, "rt", encoding="utf-8") as rows:
            lines = list(islice(rows, 3))
    if len(lines) != 2:  # its columns and its one row
        words = _("Filen %(file)s är en kopia av ett hem som aldrig blev klart. Välj en annan kopia.")
        terminal.refuse(words % {"file": file})


def unpack(file: Path, place: Path) -> None:
    """Unpack an archive, never outside the folder."""
    with tarfile.open(file, "r:") as archive:
        archive.extractall(place, filter="data")


def contents(place: Path) -> dict[str, Any]:
    """What the archive says of itself; refused when it is a copy by a newer version."""
    facts: dict[str, Any] = json.loads((place / CONTENTS).read_text("utf-8"))
    if facts["format"] > FORMAT or not dump.knows([(room, step) for room, step in facts["migrations"]]):
        words = _("Kopian är gjord med Finsam %(version)s, som är nyare. Installera den versionen först.")
        terminal.refuse(words % {"version": facts["version"]})
    return facts


def fill_tables(place: Path, applied: dump.State) -> None:
    """Make the tables as they were when the copy was made, and fill them; all or nothing."""
    from django.db import transaction

    terminal.step(_("skapar tabeller"))
    dump.make_tables(applied)
    found = dump.models(applied)
    with transaction.atomic():
        dump.clear(found)
        for number, model in enumerate(found, start=1):
            terminal.step(of_all(_("läser %(name)s (%(number)s av %(count)s)"), dump.table(model), number, found))
            if dump.table(model) != marked.INSTALLATION:
                dump.read(model, place / f"{undivided.name_of_table(dump.table(model), applied)}.jsonl.gz")
        undivided.name_records()
        dump.count_on(found)


def of_all(words: str, name: str, number: int, found: Sequence[object]) -> str:
    """How far a copy has come, in words with these three places."""
    return words % {"name": name, "number": number, "count": len(found)}
