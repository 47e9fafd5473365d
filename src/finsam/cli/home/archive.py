"""One file that holds a home: every table, every snapshot and every report, but never the keys."""

import json
import os
import shutil
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from finsam.cli import terminal
from finsam.cli.home import checksums, dump, marked, members, opening, rows, undivided
from finsam.cli.home.members import CONTENTS, FOLDERS, DamagedError
from finsam.cli.language import gettext as _
from finsam.values import nested, temporary

if TYPE_CHECKING:
    from finsam.cli.home.making import NewHome

FORMAT: Final = 1
DECLARING: Final = f"{marked.INSTALLATION}.jsonl.gz"  # the row that makes a home of it, put in last
LONGEST: Final = 40  # letters of a version that is shown


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
        applied, count = dump.state(dump.READING), 0
        found = dump.models(applied)
        for number, model in enumerate(found, start=1):
            name = undivided.name_of_table(dump.table(model), applied)
            terminal.step(of_all(_("kopierar %(name)s (%(number)s av %(count)s)"), name, number, found))
            count += dump.write(model, place / "table", name)
            adding.add(place / "table", f"tables/{name}.jsonl.gz")
        facts = {"format": FORMAT, "version": opening.version(), "migrations": applied, "rows": count}
        (place / CONTENTS).write_text(json.dumps(facts, indent=1), "utf-8")
        adding.add(place / CONTENTS, CONTENTS)
    for kind in FOLDERS:
        for path in sorted((home / kind).glob("*")):
            if not path.name.startswith("."):  # unfinished
                terminal.step(_("kopierar %(name)s") % {"name": f"{kind}/{path.name}"})
                adding.add(path, f"{kind}/{path.name}")
    adding.close()
    return count


def check(file: Path) -> None:
    """Refuse a file that is no copy, or not to the byte what it was when it was made."""
    terminal.step(_("kontrollerar kopian"))
    if not checksums.whole(file):
        refuse_damaged(file, DamagedError())


def refuse_damaged(file: Path, fault: DamagedError) -> NoReturn:
    """Refuse a file that finsam backup hasn't written, and say where one sees it."""
    words = _("Filen %(file)s är ingen kopia från finsam backup, eller är skadad. Välj en annan kopia.")
    if fault.where:
        words = _("Filen %(file)s är ingen kopia från finsam backup, eller är skadad: %(where)s. Välj en annan kopia.")
    if fault.row:
        words = _(
            "Filen %(file)s är ingen kopia från finsam backup, eller är skadad: rad %(row)s i %(where)s. Välj en annan "
            "kopia."
        )
    terminal.refuse(words % {"file": file, "where": fault.where, "row": fault.row})


def read(file: Path, new: "NewHome") -> int:
    """Make a home of a file that has been checked; gives how many rows."""
    place = new.notes / "copy"
    place.mkdir()
    try:
        unpack(file, place)
        facts = contents(place)
        files = tables(place / "tables", facts)
        fill_tables(place / "tables", files, facts)
    except DamagedError as fault:
        refuse_damaged(file, fault)
    for folder in FOLDERS:
        if (place / folder).exists():
            shutil.move(place / folder, new.folder / folder)
    new.finish(lambda: rows.read(files[DECLARING], new.notes / place.name / "tables" / DECLARING))
    return facts.rows


def unpack(file: Path, place: Path) -> None:
    """Unpack an archive, never outside the folder."""
    with file.open("rb") as copy:
        for member in members.walk(copy):
            path = place / member.name
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                target.writelines(members.pieces(copy, member))


@dataclass(frozen=True)
class Facts:
    """What an archive says of itself: the migrations of its tables, and how many rows they have together."""

    migrations: dump.State
    rows: int


def contents(place: Path) -> Facts:
    """What the archive says of itself; refused when it is a copy by a newer version."""
    match _said(place):
        case {"format": int(form), "version": str(version), "migrations": [*steps], "rows": int(count)}:
            migrations = [(room, step) for room, step in map(_step, steps)]
        case _:
            raise DamagedError(CONTENTS)
    if form > FORMAT or not dump.knows(migrations):
        words = _("Kopian är gjord med Finsam %(version)s, som är nyare. Installera den versionen först.")
        terminal.refuse(words % {"version": version[:LONGEST]})
    return Facts(migrations, count)


def _said(place: Path) -> Any:
    try:
        return nested.read((place / CONTENTS).read_bytes())
    except (FileNotFoundError, ValueError) as fault:
        raise DamagedError(CONTENTS) from fault


def _step(step: Any) -> tuple[str, str]:
    match step:
        case [str(room), str(name)]:
            return room, name
    raise DamagedError(CONTENTS)


def tables(place: Path, facts: Facts) -> dict[str, Any]:
    """The models of the tables in the copy, by the names of their files; refused when one is lacking or too many."""
    found = dump.models(facts.migrations)
    files = {f"{undivided.name_of_table(dump.table(model), facts.migrations)}.jsonl.gz": model for model in found}
    there = {path.name for path in place.glob("*")}
    if DECLARING not in there or there != set(files):
        raise DamagedError(next(iter(sorted(there ^ set(files))), CONTENTS))
    return files


def fill_tables(place: Path, files: Mapping[str, Any], facts: Facts) -> None:
    """Make the tables as they were when the copy was made, and fill them all, or none.

    The row that declares the home is tried and taken away again: it is put in when everything is in its place.
    """
    from django.db import transaction

    found = list(files.values())
    terminal.step(_("skapar tabeller"))
    dump.make_tables(facts.migrations)
    with transaction.atomic():
        dump.clear(found)
        counts: dict[str, int] = {}
        for number, (name, model) in enumerate(files.items(), start=1):
            terminal.step(of_all(_("läser %(name)s (%(number)s av %(count)s)"), dump.table(model), number, found))
            counts[name] = rows.read(model, place / name)
        rows.refuse_loose()
        if counts[DECLARING] != 1 or sum(counts.values()) != facts.rows:
            raise DamagedError(CONTENTS)
        dump.clear([files[DECLARING]])
        undivided.name_records()
        dump.count_on(found)


def of_all(words: str, name: str, number: int, found: Sequence[object]) -> str:
    """How far a copy has come, in words with these three places."""
    return words % {"name": name, "number": number, "count": len(found)}
