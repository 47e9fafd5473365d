"""A real file system of a few megabytes that a test can fill: in a mount namespace, with no rights beyond one's own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.homes import Home

WAYS = (("--user", "--map-root-user", "--mount"), ("--mount",))  # the second is for root where the first is forbidden
MISSING = (
    "The tests need a small file system to fill. Let `unshare --user --map-root-user --mount mount -t tmpfs none DIR` "
    "work (sysctl kernel.apparmor_restrict_unprivileged_userns=0), or run them as root with the right to mount."
)
MOUNT = 'mount -t tmpfs -o size="$0" none "$1" && echo mounted && exec cat'
BALLAST = "ballast"


@dataclass(frozen=True)
class Disk:
    """A file system: where it is for those in its namespace, where for others, and how to get in."""

    inside: Path
    outside: Path
    enter: tuple[str, ...]

    def command(self, *arguments: str | Path) -> list[str]:
        """The command line that runs a command of finsam on this disk."""
        return [*self.enter, sys.executable, "-W", "ignore", "-m", "finsam.cli.main", *map(str, arguments)]

    def run(self, home: Home, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        """Run a command of finsam in a home on this disk."""
        return subprocess.run(
            self.command(*arguments), env=home.environment, capture_output=True, text=True, check=False, cwd="/"
        )

    def fill(self, free: int) -> None:
        """Leave some bytes free."""
        self.empty()
        with (self.outside / BALLAST).open("wb", buffering=0) as file:
            while True:
                try:
                    file.write(bytes(65_536))
                except OSError:
                    break
            file.truncate(max(0, file.tell() - free))

    def empty(self) -> None:
        """Make room again."""
        (self.outside / BALLAST).unlink(missing_ok=True)


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Disk]:
    """Mount a file system of some size on a folder; it is gone with the process that holds it."""
    folder.mkdir()
    for way in WAYS:
        with subprocess.Popen(
            ["unshare", *way, "sh", "-c", MOUNT, size, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as holder:
            assert holder.stdout
            if holder.stdout.readline() != "mounted\n":
                continue
            into = ("--user", "--preserve-credentials") if "--user" in way else ()
            try:
                outside = Path(f"/proc/{holder.pid}/root") / folder.relative_to("/")
                yield Disk(folder, outside, ("nsenter", f"--target={holder.pid}", "--mount", *into, "--"))
            finally:
                holder.kill()
            return
    pytest.fail(MISSING)
