"""Copies of a home that lie: made of a real one, with the digests worked out anew, as whoever has the file can."""

import gzip
import io
import json
import random
import tarfile
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from finsam.cli.home import dump
from tests.fuzz import texts

SUMS, CONTENTS = "SHA256SUMS", "contents.json"
BOMB = gzip.compress(b"x" * 2**20, 9)  # of which many after each other are one file that unpacks to as many megabytes
NAMES = (
    "../keys.json",
    "/etc/passwd",
    "editions/../../x",
    "editions//x",
    "editions/./x",
    "editions/.hidden",
    "editions",
    "tables/../x.jsonl.gz",
    "tables/x.jsonl.gz",
    "tables/UPPER.jsonl.gz",
    "keys.json",
    "finsam.sqlite3",
    "snapshots/a\nb",
    "snapshots/a\x1b[2Jb",
    "snapshots\\x",
    "snapshots/" + "y" * 300,
    "/".join(["editions"] * 40),
    "reports/\udc80",
    "contents.json/x",
    "tables",
    "",
)
KINDS = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE,
         tarfile.CONTTYPE, tarfile.GNUTYPE_SPARSE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, b"Z")  # fmt: skip


@dataclass
class Copy:
    """The files of a copy in order, what each is besides a plain file, and what is done to the finished archive."""

    files: list[tuple[str, bytes]]
    kinds: dict[int, bytes] = field(default_factory=dict)
    sums: Callable[[bytes], bytes] = lambda content: content
    whole: Callable[[bytes], bytes] = lambda content: content

    def put(self, name: str, content: bytes) -> None:
        """Put other content into a file."""
        self.files = [(one, content if one == name else held) for one, held in self.files]

    def tables(self) -> list[str]:
        """The tables that have rows, by the names of their files."""
        return [one for one, held in self.files if one.startswith("tables/") and gzip.decompress(held).count(b"\n") > 1]

    def bytes(self) -> bytes:
        """The archive, with digests of what is in it."""
        lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in self.files]
        sums = self.sums("".join(lines).encode("utf-8", "surrogateescape"))
        held = io.BytesIO()
        with tarfile.open(fileobj=held, mode="w", errors="surrogateescape") as archive:
            for place, (name, content) in enumerate([*self.files, (SUMS, sums)]):
                member = tarfile.TarInfo(name)
                member.size, member.mtime = len(content), 1.5  # as the file system gives it
                member.type = self.kinds.get(place, tarfile.REGTYPE)
                member.linkname = "../../etc/passwd" if place in self.kinds else ""
                archive.addfile(member, io.BytesIO(content))
        return self.whole(held.getvalue())


def read(file: Path) -> Copy:
    """Read a real copy."""
    with tarfile.open(file) as archive:
        members = [(one.name, archive.extractfile(one)) for one in archive]
        return Copy([(name, held.read()) for name, held in members if held and name != SUMS])


def made() -> Copy:
    """A copy of the rows in the database at hand, as `finsam backup` writes them."""
    applied, files, count = dump.state(), list[tuple[str, bytes]](), 0
    for model in dump.models(applied):
        fields = model._meta.concrete_fields
        rows = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
        lines = [[field.column for field in fields], *rows]
        written = "".join(json.dumps(line, default=dump.plain, ensure_ascii=False) + "\n" for line in lines)
        files.append((f"tables/{dump.table(model)}.jsonl.gz", gzip.compress(written.encode(), 1, mtime=0)))
        count += len(rows)
    facts = {"format": 1, "version": "0", "migrations": applied, "rows": count}
    return Copy([*files, (CONTENTS, json.dumps(facts).encode()), ("snapshots/a/b.parquet", b"PAR1")])


Lie = Callable[[random.Random, Copy], None]


def flipped(draw: random.Random, copy: Copy) -> None:
    copy.whole = lambda content: texts.flipped(draw, content)


def cut(draw: random.Random, copy: Copy) -> None:
    """Cut before its end, which is many zeros after the last that is read."""
    copy.whole = lambda content: content[: draw.randrange(len(content.rstrip(b"\0")))]


def heading(draw: random.Random, copy: Copy) -> None:
    """A block before a file, with its sum of control worked out anew."""

    def change(content: bytes) -> bytes:
        place = 512 * draw.choice([0, 0, 3, 6])
        block = bytearray(content[place : place + 512])
        start, end = draw.choice([(0, 100), (124, 136), (156, 157), (345, 500)])
        block[start:end] = draw.choice([draw.randbytes(end - start), b"\xff" * (end - start), b"7" * (end - start)])
        block[148:156] = b" " * 8
        block[148:156] = f"{sum(block):06o}\0 ".encode()
        return content[:place] + bytes(block) + content[place + 512 :]

    copy.whole = change


def named(draw: random.Random, copy: Copy) -> None:
    copy.files.insert(draw.randrange(len(copy.files)), (draw.choice(NAMES), b"content"))


def of_kind(draw: random.Random, copy: Copy) -> None:
    copy.kinds[draw.randrange(len(copy.files) + 1)] = draw.choice(KINDS)


def twice(draw: random.Random, copy: Copy) -> None:
    copy.files.append(draw.choice(copy.files))


def lacking(draw: random.Random, copy: Copy) -> None:
    copy.files.remove(draw.choice([one for one in copy.files if one[0].startswith(("tables/", CONTENTS))]))


def both(draw: random.Random, copy: Copy) -> None:
    """A file that is also a folder."""
    pair = [("editions/a", b""), ("editions/a/b", b"")]
    copy.files += pair if draw.random() < 0.5 else pair[::-1]


def sums(draw: random.Random, copy: Copy) -> None:
    copy.sums = lambda content: texts.broken(draw, content)


def said(draw: random.Random, copy: Copy) -> None:
    """Contents of another form."""
    facts = json.loads(dict(copy.files)[CONTENTS])
    key = draw.choice(list(facts))
    facts[key] = draw.choice(
        [None, [], {}, "x" * 10_000, -1, 2**70, [[1, 2]], [["access"]], True, [["access", "9999"]]]
    )
    written = json.dumps(facts).encode()
    deep = b'{"format":' + b"[" * 100_000
    copy.put(CONTENTS, draw.choice([written, written, written, deep, b"", texts.broken(draw, written)]))


def large(draw: random.Random, copy: Copy) -> None:
    copy.put(CONTENTS, b" " * (2**20 + 1))


def garbled(draw: random.Random, copy: Copy) -> None:
    """A table that is no whole compressed file."""
    name = draw.choice(copy.tables())
    copy.put(name, texts.broken(draw, dict(copy.files)[name]))


def bomb(draw: random.Random, copy: Copy) -> None:
    """A table of one line that unpacks to six hundred megabytes, or of as much after its rows."""
    name = draw.choice(copy.tables())
    first = draw.choice([b"", dict(copy.files)[name]])
    copy.put(name, first + BOMB * 600)


def lines(draw: random.Random, copy: Copy) -> None:
    """A table with lines of another form."""
    name = draw.choice(copy.tables())
    rows = gzip.decompress(dict(copy.files)[name]).splitlines()
    place = draw.randrange(len(rows))
    rows[place] = texts.line(draw, rows[place])
    if draw.random() < 0.2:
        rows[0], rows[-1] = rows[-1], rows[0]
    copy.put(name, gzip.compress(b"".join(line + b"\n" for line in rows), 1))


def values(draw: random.Random, copy: Copy) -> None:
    """A row with a value of another kind, or a column with another name."""
    name = draw.choice(copy.tables())
    rows = gzip.decompress(dict(copy.files)[name]).splitlines()
    place = 0 if draw.random() < 0.2 else draw.randrange(1, len(rows))
    row = json.loads(rows[place])
    row[draw.randrange(len(row))] = draw.choice(texts.VALUES)
    rows[place] = json.dumps(row).encode()
    copy.put(name, gzip.compress(b"".join(line + b"\n" for line in rows), 1))


CONTAINER: tuple[Lie, ...] = (
    flipped, cut, heading, heading, named, named, of_kind, twice, lacking, both, sums, said, said, large,
)  # fmt: skip
ROWS: tuple[Lie, ...] = (garbled, bomb, lines, lines, values, values, values)
