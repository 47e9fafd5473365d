"""The digests in a copy: one SHA-256 a file, in the form `sha256sum --check` reads, checked before a restore."""

import io
import tarfile
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

from finsam.cli import terminal
from finsam.cli.home import members
from finsam.cli.home.members import SUMS
from finsam.cli.language import gettext as _

MODE: Final = 0o600


class Adding:
    """Adds files to an archive and remembers the digest of each, of the very bytes that went in."""

    def __init__(self, archive: tarfile.TarFile) -> None:
        self.archive = archive
        self.lines: list[str] = []

    def add(self, path: Path, name: str) -> None:
        """Add a file, or every file under a folder but those that are hidden: unfinished, or some other program's."""
        if path.is_dir():
            for inner in sorted(path.iterdir()):
                if not inner.name.startswith("."):
                    self.add(inner, f"{name}/{inner.name}")
            return
        if not members.NAME.fullmatch(name):  # which would make the copy one that nobody can read back
            words = _("%(file)s kan inte följa med i en kopia. Flytta filen, eller ge den ett kortare namn.")
            terminal.refuse(words % {"file": path})
        with path.open("rb") as file:
            member = self.archive.gettarinfo(arcname=name, fileobj=file)
            reading = Reading(file)
            self.archive.addfile(member, reading)
        self.lines.append(f"{reading.digest.hexdigest()}  {name}\n")

    def close(self) -> None:
        """Add the digests."""
        content = "".join(self.lines).encode()
        member = tarfile.TarInfo(SUMS)
        member.size, member.mode = len(content), MODE
        self.archive.addfile(member, io.BytesIO(content))


class Reading(io.RawIOBase):
    """A file whose digest grows as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = sha256()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        found = self.file.read(size)
        self.digest.update(found)
        return found


def whole(file: Path) -> bool:
    """Whether a file is an archive that holds what its digests say, no more and no less; nothing is unpacked."""
    found, said = dict[str, str](), b""
    try:
        with file.open("rb") as copy:
            for member in members.walk(copy):
                if member.name == SUMS:
                    said = b"".join(members.pieces(copy, member))
                else:
                    found[member.name] = _digest(copy, member)
        return bool(found) and found == dict(line.split("  ", 1)[::-1] for line in said.decode().splitlines())
    except ValueError:  # no copy, or digests that are none
        return False


def _digest(copy: IO[bytes], member: members.Member) -> str:
    digest = sha256()
    for piece in members.pieces(copy, member):
        digest.update(piece)
    return digest.hexdigest()
