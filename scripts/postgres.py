"""A private PostgreSQL server for one test run: installed if need be, on loopback, in a temporary folder, then gone."""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from scripts import environment

OLDEST = 15
MISSING = (
    f"The tests need PostgreSQL {OLDEST} or newer with btree_gist and the ICU collation sv-x-icu "
    "(Debian: apt install postgresql). Install it and run again."
)
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@dataclass(frozen=True)
class Cluster:
    """A server of our own: its address, its programs, its folder and the account it runs as."""

    address: str
    programs: Path
    folder: Path
    owner: str | None

    def stop(self) -> None:
        """Stop it at once, as when somebody pulls the plug."""
        call([self.programs / "pg_ctl", "stop", "-D", self.folder / "data", "-m", "immediate"], self.owner)

    def start(self) -> None:
        """Start it again, as it was started."""
        log, words = self.folder / "log", (self.folder / "options").read_text("utf-8")
        call([self.programs / "pg_ctl", "start", "-w", "-D", self.folder / "data", "-l", log, "-o", words], self.owner)


@contextmanager
def throwaway() -> Iterator[str]:
    """Start a server that nobody else can sign in to; gives its address, and takes it away afterwards."""
    with cluster() as own:
        yield own.address


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a server that nobody else can sign in to, and take it away afterwards."""
    signal.signal(signal.SIGTERM, leave)
    programs = find() or install()
    folder = Path(tempfile.mkdtemp(prefix="finsam-postgres-"))
    owner = account()
    if owner:
        shutil.chown(folder, owner)
    password, port = secrets.token_hex(16), free_port()
    try:
        start(programs, folder, owner, password, port)
        own = Cluster(f"postgresql://finsam:{password}@127.0.0.1:{port}/postgres", programs, folder, owner)
        try:
            check_abilities(programs, own.address)
            yield own
        finally:
            own.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(programs: Path, folder: Path, owner: str | None, password: str, port: int) -> None:
    """Make the cluster and start it."""
    secret = folder / "password"
    secret.write_text(password, "utf-8")
    secret.chmod(0o600)
    if owner:
        shutil.chown(secret, owner)
    data = folder / "data"
    make: list[str | Path] = [programs / "initdb", "-D", data, "-U", "finsam", "--pwfile", secret, "--no-sync"]
    call([*make, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"], owner)
    options = (f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}", *FAST)
    words = " ".join(f"-c {option}" for option in options)
    (folder / "options").write_text(words, "utf-8")
    call([programs / "pg_ctl", "start", "-w", "-D", data, "-l", folder / "log", "-o", words], owner)


def call(command: list[str | Path], owner: str | None) -> None:
    """Run one of PostgreSQL's programs, as its own account where we are root: it refuses to serve as root."""
    done = subprocess.run(command, check=False, user=owner, group=owner, capture_output=True, cwd="/", text=True)
    if done.returncode:
        sys.exit(f"PostgreSQL did not start: {done.stderr or done.stdout}")


def check_abilities(programs: Path, url: str) -> None:
    """Stop with a sentence when the server lacks what the product uses."""
    question = (
        "select (select count(*) from pg_available_extensions where name = 'btree_gist'),"
        " (select count(*) from pg_collation where collname = 'sv-x-icu')"
    )
    answer = subprocess.run([programs / "psql", url, "-Atc", question], check=False, capture_output=True, text=True)
    if answer.stdout.strip() != "1|1":
        sys.exit(MISSING)


def leave(_number: int, _frame: FrameType | None) -> None:
    """End as on Ctrl-C, so that the server is taken away then too."""
    raise KeyboardInterrupt


def find() -> Path | None:
    """The folder with the newest server programs that are new enough, or None."""
    on_path = shutil.which("initdb")
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *([Path(on_path).resolve().parent] if on_path else [])]
    usable = [(version(folder), folder) for folder in folders if (folder / "initdb").exists()]
    return max((pair for pair in usable if pair[0] >= OLDEST), default=(0, None))[1]


def version(folder: Path) -> int:
    """The major version of the programs in a folder."""
    answer = subprocess.run([folder / "initdb", "--version"], check=False, capture_output=True, text=True).stdout
    number = re.search(r"\d+", answer)
    return int(number[0]) if number else 0


def install() -> Path:
    """Install PostgreSQL where that is allowed."""
    environment.apt_install("postgresql", MISSING)
    return find() or sys.exit(MISSING)


def account() -> str | None:
    """Whom to run the server as: ourselves, or PostgreSQL's own account when we are root."""
    return "postgres" if os.geteuid() == 0 else None


def free_port() -> int:
    """A port on loopback that nobody listens to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    with throwaway() as address:
        environment_of_command = {**os.environ, "FINSAM_DATABASE_URL": address}
        sys.exit(subprocess.run(sys.argv[1:], check=False, env=environment_of_command).returncode)
