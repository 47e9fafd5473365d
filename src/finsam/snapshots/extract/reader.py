"""Starts the process that reads SQLite for a snapshot, and asks it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Final, cast

import pyarrow as pa

PROGRAM: Final = "finsam.snapshots.extract.sqlite_reader"


class ReaderStopped(RuntimeError):
    """The process that reads SQLite ended before it had answered."""


@contextmanager
def reading(path: str) -> Iterator[Callable[[str], pa.Table]]:
    """Give what runs a query on the database file; all see the file as it was at the first."""
    command = [sys.executable, "-P", "-m", PROGRAM, path]
    # A session of its own: Ctrl-C is for us, and what reads ends when we do.
    with subprocess.Popen(  # noqa: S603 - our own
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            yield lambda query: _ask(process, query)
        finally:
            process.kill()  # it only reads: there is nothing to finish


def _ask(process: "subprocess.Popen[bytes]", query: str) -> pa.Table:
    asking = cast("IO[bytes]", process.stdin)
    try:
        asking.write(f"{query}\n".encode())
        asking.flush()
        return pa.ipc.open_stream(process.stdout).read_all()
    except (OSError, pa.ArrowInvalid) as fault:
        raise ReaderStopped from fault
