"""Real homes for the tests of the command line, on the database that the rest of the run uses."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.cli import forks

ROOT = Path(__file__).resolve().parents[2]
OURS = ("FINSAM_HOME", "FINSAM_KEYS", "FINSAM_DATABASE_URL", "FINSAM_ADDRESS", "PORT", "COLUMNS")
numbers = count(1)


@dataclass(frozen=True)
class Home:
    """A folder, the database that belongs to it, and commands run in it."""

    folder: Path
    database: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What the environment says to a command in this home."""
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        ours = {
            "FINSAM_HOME": str(self.folder),
            "FINSAM_DATABASE_URL": self.database,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        return kept | ours | {"COVERAGE_PROCESS_START": ""} | self.extra

    def but(self, **extra: str) -> "Home":
        """The same home where the environment says something else too."""
        return Home(self.folder, self.database, {**self.extra, **extra})

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command of finsam."""
        return self._call("-m", "finsam.cli.main", *map(str, arguments))

    def run_on_full_disk(self, free: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a command that can write no file longer than some bytes, as when the disk fills up just then."""
        limit = ["sh", "-c", 'ulimit -f "$0" && exec "$@"', str(free // 512)]
        return self._call("-m", "finsam.cli.main", *map(str, arguments), limit=limit)

    def do(self, module: str) -> str:
        """Run one of the tests' own modules in this home; gives what it prints."""
        done = self._call("-m", module)
        assert not done.returncode, done.stderr
        return done.stdout

    @contextmanager
    def doing(self, module: str) -> Iterator[subprocess.Popen[str]]:
        """One of the tests' own modules, which runs in this home meanwhile and is ended afterwards."""
        command = [sys.executable, "-u", "-W", "ignore", "-m", module]
        with subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, text=True, cwd="/") as running:
            try:
                yield running
            finally:
                running.kill()

    def files(self) -> set[str]:
        """The names of what lies in the home."""
        return {path.name for path in self.folder.iterdir()} if self.folder.exists() else set()

    def _call(self, *arguments: str, limit: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        if not limit:
            return forks.call(arguments, self.environment)
        command = [*limit, sys.executable, "-W", "ignore", *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, cwd="/")


@contextmanager
def database(template: str = "") -> Iterator[str]:
    """The address of a new database on the server of this run, as a copy of another; none when the run is on SQLite."""
    server = os.environ.get("FINSAM_DATABASE_URL", "")
    if not server:
        yield ""
        return
    name = f"finsam_cli_{os.getpid()}_{next(numbers)}"
    copied = f" TEMPLATE {urlsplit(template).path.strip('/')}" if template else ""
    with psycopg.connect(server, autocommit=True) as own:
        own.execute(f"CREATE DATABASE {name}{copied}".encode())
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            own.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def copied(home: Home, folder: Path) -> Iterator[Home]:
    """A copy of a home in another folder, with a database of its own."""
    shutil.copytree(home.folder, folder)
    with database(home.database) as address:
        yield Home(folder, address)


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The sentence of a refusal: one line on standard error, exit code 2, nothing else."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    lines = [line for line in done.stderr.splitlines() if not line.startswith("… ")]
    assert len(lines) == 1, done.stderr
    return lines[0]
