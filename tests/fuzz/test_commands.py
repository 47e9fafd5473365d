"""Whole commands with files that lie: a sentence, code 2, nothing written, and never 300 MB of memory.

Every run does so with the largest of each kind; the slow tests with hundreds.
"""

import random
import tarfile
from collections import Counter
from pathlib import Path

import pytest

from finsam.cli.home import members
from tests.cli.homes import Home
from tests.fuzz import copies, doors, tables

TIMES = 500
SIZE = 600 * 2**20


def heading(kind: bytes, size: int, name: str = "snapshots/a") -> bytes:
    """A block before a file that is as large as it says."""
    member = tarfile.TarInfo(name)
    member.type, member.size = kind, size
    return member.tobuf()


def large(file: Path, first: bytes) -> Path:
    """A file of six hundred megabytes, of which nearly all is nothing."""
    with file.open("wb") as target:
        target.write(first)
        target.truncate(SIZE + len(first) + tarfile.RECORDSIZE)
    return file


@pytest.mark.once
def test_the_largest_of_each_kind_is_refused_in_little_memory(empty: Home, tmp_path: Path) -> None:
    (tmp_path / "bomb.xlsx").write_bytes(tables.bomb(400))
    (tmp_path / "far.xlsx").write_bytes(tables.far(tables.spreadsheet(tables.PUBLISHED)))
    asked = [
        ("restore", large(tmp_path / "beside.tar", heading(tarfile.XHDTYPE, SIZE))),
        ("restore", large(tmp_path / "name.tar", heading(tarfile.GNUTYPE_LONGNAME, SIZE))),
        ("restore", large(tmp_path / "sums.tar", heading(tarfile.REGTYPE, SIZE, members.SUMS))),
        ("restore", large(tmp_path / "contents.tar", heading(tarfile.REGTYPE, SIZE, members.CONTENTS))),
        ("check-table", large(tmp_path / "line.csv", b"women;men;total\n")),
        ("check-table", tmp_path / "bomb.xlsx"),
        ("check-table", tmp_path / "far.xlsx"),
    ]
    with doors.opened(empty) as door:
        answers = {file.name: door.answer(command, file) for command, file in asked}
    assert {name: answer.fault for name, answer in answers.items() if answer.fault or answer.code != 2} == {}
    assert all(name in answer.said for name, answer in answers.items())
    print(f"\n{len(answers)} files, at most {max(one.peak for one in answers.values()) // 1024} MB")


@pytest.mark.once
@pytest.mark.slow
def test_copies_that_lie(filled: Home, tmp_path: Path) -> None:
    assert filled.run("backup", tmp_path / "home.tar").returncode == 0
    real, draw, answers = copies.read(tmp_path / "home.tar"), random.Random(7), Counter[tuple[str, str]]()
    file = tmp_path / "copy.tar"
    peak = 0
    for number in range(TIMES // 50):  # each a process, so that none is counted for what the one before it took
        with doors.opened(Home(tmp_path / f"home{number}")) as door:
            for _ in range(50):
                copy = copies.Copy(list(real.files))
                lie = draw.choice(copies.CONTAINER if draw.random() < 0.7 else copies.ROWS)
                lie(draw, copy)
                file.write_bytes(copy.bytes())
                answer = door.answer("restore", file)
                answers[lie.__name__, answer.fault or str(answer.code)] += 1
                peak = max(peak, answer.peak)
                if answer.code == 0:
                    clear(tmp_path / f"home{number}")
    told("restore", answers, peak)


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.participants
@pytest.mark.parametrize(
    ("command", "real"),
    [
        ("codes import", tables.CODES),
        ("denominators import", tables.DENOMINATORS),
        ("check-table", tables.PUBLISHED),
        ("link read", tables.RETURNED),
    ],
    ids=["codes", "denominators", "check-table", "link"],
)
def test_tables_that_lie(filled: Home, tmp_path: Path, command: str, real: bytes) -> None:
    assert filled.run("link", "key-file", "--out", tmp_path / "key").returncode == 0
    book, draw, answers, peak = tables.spreadsheet(real), random.Random(command), Counter[tuple[str, str]](), 0
    file = tmp_path / "table"
    with doors.opened(filled) as door:
        for number in range(TIMES):
            is_book = number % 5 == 0 and command != "link read"
            file.write_bytes(tables.sheet(draw, book) if is_book else tables.text(draw, real))
            answer = door.answer(*command.split(), file)
            answers["spreadsheet" if is_book else "text", answer.fault or str(answer.code)] += 1
            peak = max(peak, answer.peak)
    told(command, answers, peak)


def clear(folder: Path) -> None:
    """Empty a home that a copy was read into: what was changed in it was nothing that is read."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink()


def told(command: str, answers: Counter[tuple[str, str]], peak: int) -> None:
    """Say how all were answered, and hold that none was left without."""
    print(f"\n{command}: {answers.total()} files, at most {peak // 1024} MB", *sorted(answers.items()), sep="\n  ")
    assert {answer for _, answer in answers} <= {"0", "1", "2"}
    assert sum(count for (_, answer), count in answers.items() if answer == "2") > answers.total() / 4
