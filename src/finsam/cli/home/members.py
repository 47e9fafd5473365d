"""The files in a copy, one after the other: nothing is believed of one that `finsam backup` would not have written.

Only what is looked at here is read: no link, no device, no name outside the copy's own folders, no heading that would
fill the memory, and no size beyond the end of the file. The digests are worked out of, and everything unpacked from,
this one walk, so that nothing can be one thing to the check and another to what comes after it.
"""

import re
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

SUMS: Final = "SHA256SUMS"
CONTENTS: Final = "contents.json"
FOLDERS: Final = ("snapshots", "linkages", "reports", "editions")
MOST: Final = 200_000  # files; a home of ten years has some tens of thousands
LARGEST: Final[Mapping[str, int]] = {CONTENTS: 2**20, SUMS: 2**25}  # bytes of what is read whole
BLOCK: Final = tarfile.BLOCKSIZE
PIECE: Final = 2**20
BESIDE: Final = 2**14  # bytes of what stands of a file before it
RECORD: Final = re.compile(rb"(\d{1,5}) ([^=\n]+)=")
NAME: Final = re.compile(
    rf"{CONTENTS}|{SUMS}|tables/[a-z0-9_]{{1,100}}\.jsonl\.gz"
    rf"|(?:{'|'.join(FOLDERS)})(?:/(?!\.)[^/\\\x00-\x1f\x7f\ud800-\udfff]{{1,100}}){{1,6}}"
)


class DamagedError(ValueError):
    """A copy is not as it was written; `where` names the file in it and `row` its line, where they are known."""

    def __init__(self, where: str = "", row: int = 0) -> None:
        super().__init__(where, row)
        self.where, self.row = where, row


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a copy: its name, where its content begins, and how long it is."""

    name: str
    start: int
    size: int


def walk(copy: IO[bytes]) -> Iterator[Member]:
    """Give every file of a copy, each name once and none that is the folder of another; or refuse what is no copy."""
    names: set[str] = set()
    folders: set[str] = set()
    for member in _members(copy, copy.seek(0, 2)):
        own = {str(folder) for folder in list(Path(member.name).parents)[:-1]}
        taken = member.name in names or member.name in folders or not names.isdisjoint(own)
        if taken or len(names) == MOST or member.size > LARGEST.get(member.name, member.size):
            raise DamagedError(member.name)
        names.add(member.name)
        folders |= own
        yield member


def pieces(copy: IO[bytes], member: Member) -> Iterator[bytes]:
    """Give the content of a file, a piece at a time."""
    copy.seek(member.start)
    left = member.size
    while left:
        piece = copy.read(min(left, PIECE))
        if not piece:
            raise DamagedError(member.name)
        left -= len(piece)
        yield piece


def _members(copy: IO[bytes], length: int) -> Iterator[Member]:
    place, beside = 0, dict[str, bytes]()
    while (heading := _heading(copy, place)) is not None:
        size = int(beside["size"]) if beside.get("size", b"").isdigit() else heading.size
        start, end = place + BLOCK, place + BLOCK + size
        if not 0 <= size <= length - start:
            raise DamagedError
        if heading.type == tarfile.XHDTYPE and not beside and size <= BESIDE:
            beside = _beside(copy.read(size))
        elif heading.type in (tarfile.REGTYPE, tarfile.AREGTYPE):
            yield Member(_name(beside.get("path"), heading.name), start, size)
            beside = {}
        else:
            raise DamagedError
        place = end + -size % BLOCK


def _heading(copy: IO[bytes], place: int) -> tarfile.TarInfo | None:
    """Read the block before a file; nothing at the end, which is a block of zeros."""
    copy.seek(place)
    block = copy.read(BLOCK)
    if block == bytes(BLOCK):
        return None
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except tarfile.HeaderError as fault:
        raise DamagedError from fault


def _beside(content: bytes) -> dict[str, bytes]:
    """Read what stands of a file before it, where its name or its size has no room in the block."""
    found: dict[str, bytes] = {}
    while content:
        record = RECORD.match(content)
        length = int(record[1]) if record else 0
        if record is None or not record.end() < length <= len(content) or content[length - 1 : length] != b"\n":
            raise DamagedError
        found[record[2].decode("utf-8", "replace")] = content[record.end() : length - 1]
        content = content[length:]
    return found


def _name(beside: bytes | None, short: str) -> str:
    name = short if beside is None else beside.decode("utf-8", "surrogateescape")
    if not NAME.fullmatch(name):
        raise DamagedError
    return name
