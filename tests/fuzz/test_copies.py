"""Copies that lie are refused by a sentence that names them, before or while they are read, and nothing is kept."""

import gzip
import json
import random
import tracemalloc
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from finsam.access.models import Installation
from finsam.cli.home import archive, dump, rows
from finsam.cli.home.members import DamagedError
from tests.fuzz import copies

TIMES = 50
MAY_BE_TRUE = {"flipped", "heading", "sums"}  # what is changed may be nothing that is read


KEPT: list[copies.Copy] = []


@pytest.fixture
def real(db: None) -> copies.Copy:
    """A copy of a home with the rows that every home has, and an installation."""
    if not KEPT:
        Installation.objects.create(pk=1, created_at=datetime(2021, 3, 31, tzinfo=UTC), version="0")
        KEPT.append(copies.made())
    return copies.Copy(list(KEPT[0].files))


def test_a_real_copy_is_read_as_it_was_written(real: copies.Copy, tmp_path: Path) -> None:
    written = tmp_path / "copy.tar"
    written.write_bytes(real.bytes())
    archive.check(written)
    archive.unpack(written, tmp_path / "place")
    there = {str(path.relative_to(tmp_path / "place")) for path in (tmp_path / "place").rglob("*") if path.is_file()}
    assert there == {*(name for name, _ in real.files), copies.SUMS}
    facts = archive.contents(tmp_path / "place")
    assert facts.migrations == dump.state()
    found = dump.models(facts.migrations)
    dump.clear(found)
    read = [rows.read(model, tmp_path / "place" / "tables" / f"{dump.table(model)}.jsonl.gz") for model in found]
    rows.refuse_loose()
    assert sum(read) == facts.rows
    assert copies.made().files[:-2] == real.files[:-2]


def test_a_copy_whose_files_lie_is_refused(real: copies.Copy, tmp_path: Path) -> None:
    draw, answers = random.Random(1), Counter[tuple[str, bool]]()
    for number in range(TIMES):
        copy = copies.Copy(list(real.files))
        lie = draw.choice(copies.CONTAINER)
        lie(draw, copy)
        file = tmp_path / f"{number}.tar"
        file.write_bytes(copy.bytes())
        answers[lie.__name__, is_refused(file, tmp_path / str(number))] += 1
        file.unlink()
    told(answers)
    assert {lie for lie, refused in answers if not refused} <= MAY_BE_TRUE
    assert {lie for lie, refused in answers if refused} == {one.__name__ for one in copies.CONTAINER}
    assert not list(tmp_path.parent.glob("passwd")) + list(tmp_path.glob("keys.json"))


def test_a_copy_whose_rows_lie_is_refused_by_the_file_and_its_line(real: copies.Copy, tmp_path: Path) -> None:
    draw, answers = random.Random(2), Counter[tuple[str, bool]]()
    models = {f"tables/{dump.table(one)}.jsonl.gz": one for one in dump.models(dump.state())}
    for _ in range(TIMES):
        copy = copies.Copy(list(real.files))
        lie = draw.choice(copies.ROWS)
        lie(draw, copy)
        for name, held in set(copy.files) - set(real.files):
            answers[lie.__name__, is_refused_row(models[name], tmp_path / Path(name).name, held)] += 1
    told(answers)
    assert {lie for lie, refused in answers if refused} == {one.__name__ for one in copies.ROWS}
    assert sum(count for (_, refused), count in answers.items() if refused) > TIMES * 0.8


def is_refused(file: Path, place: Path) -> bool:
    """Read the files of a copy as restore does, all but its rows; whether it is refused by a sentence that names it."""
    try:
        archive.check(file)
        archive.unpack(file, place)
        archive.tables(place / "tables", archive.contents(place))
    except DamagedError:
        return True
    except ValidationError as fault:
        return str(file) in " ".join(fault.messages) or "är nyare" in " ".join(fault.messages)
    return False


def is_refused_row(model: Any, file: Path, held: bytes) -> bool:
    """Read a file of rows as restore does; whether it is refused, by its name and a line."""
    file.write_bytes(held)
    try:
        with transaction.atomic():
            dump.clear([model])
            rows.read(model, file)
            rows.refuse_loose()
            transaction.set_rollback(True)
    except DamagedError as fault:
        return fault.where in (file.name, "tables")
    return False


def told(answers: Counter[tuple[str, bool]]) -> None:
    """Say how many of what were refused."""
    print(f"\n{answers.total()} copies:", ", ".join(f"{lie} {refused}: {n}" for (lie, refused), n in answers.items()))


def test_a_line_of_six_hundred_megabytes_is_never_held(real: copies.Copy, tmp_path: Path) -> None:
    file = tmp_path / "access_installation.jsonl.gz"
    file.write_bytes(dict(real.files)[f"tables/{file.name}"] + copies.BOMB * 600)
    tracemalloc.start()
    try:
        dump.clear([Installation])
        with pytest.raises(DamagedError) as refused:
            rows.read(Installation, file)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (refused.value.where, refused.value.row) == (file.name, 3)
    assert peak < 100 * 2**20


def test_rows_that_name_others_that_are_not_there_are_refused(real: copies.Copy, tmp_path: Path) -> None:
    model = next(one for one in dump.models(dump.state()) if dump.table(one) == "associations_municipality")
    held = dict(real.files)[f"tables/{dump.table(model)}.jsonl.gz"]
    first, row, *rest = gzip.decompress(held).splitlines()
    names, values = json.loads(first), json.loads(row)
    values[names.index("county_id")] = 10**9
    lines = [first, json.dumps(values).encode(), *rest]
    assert is_refused_row(model, tmp_path / f"{dump.table(model)}.jsonl.gz", gzip.compress(b"\n".join(lines)))
