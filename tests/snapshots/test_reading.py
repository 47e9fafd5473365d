"""Reading records for a snapshot beside others who write."""

import array
import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import termios
from contextlib import closing
from pathlib import Path
from threading import Timer
from time import sleep

import pyarrow as pa
import pytest
from django.db import connection

from finsam.snapshots import rules
from finsam.snapshots.extract import reader, states
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = rules.end_of(factories.NOW.date())
ANOTHER_WRITER = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError as refusal:
    sys.exit(str(refusal))
"""


def test_reading_takes_no_lock_from_who_is_writing() -> None:
    if connection.vendor != "sqlite":
        return
    path = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with states.consistent() as reading:
            reading.states(states.ROOMS[0], BEFORE).result()
        other = subprocess.run(
            [sys.executable, "-c", ANOTHER_WRITER, path], capture_output=True, text=True, check=False
        )
        assert other.stderr.strip() == "database is locked"
        writer.execute("ROLLBACK")


def test_what_reads_sqlite_is_gone_afterwards_and_says_when_it_stopped(tmp_path) -> None:
    (tmp_path / "no.sqlite3").write_bytes(b"no database" * 1000)
    with reader.reading(str(tmp_path / "no.sqlite3")) as ask, pytest.raises(reader.ReaderStopped):
        ask("SELECT 1 FROM codes_code")


LONG = 1_000_000  # letters: far more than a pipe takes at once


def waiting(pipe: int) -> int:
    """How many bytes wait in a pipe to be read."""
    size = array.array("i", [0])
    fcntl.ioctl(pipe, termios.FIONREAD, size)
    return size[0]


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_an_answer_is_whole_though_what_reads_is_stopped_in_the_middle_and_goes_on(
    tmp_path: Path, unbuffered: str
) -> None:
    """As when a machine or a container sleeps: what was being written then is written in part, and the rest must come.

    Python told not to buffer left it to who writes to look how much was taken, and nobody looked.
    """
    command = [sys.executable, "-P", "-m", reader.PROGRAM, str(tmp_path / "empty.sqlite3")]
    env = os.environ | {"PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        too_late = Timer(30, process.kill)
        too_late.start()
        process.stdin.write(f"SELECT printf('%{LONG}d', 1) AS long\n".encode())
        process.stdin.flush()
        before = 0
        while before == 0 or waiting(process.stdout.fileno()) > before:  # until no more fits in the pipe
            assert process.poll() is None, "it ended before it had answered"
            before = waiting(process.stdout.fileno())
            sleep(0.5)
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        process.send_signal(signal.SIGCONT)
        assert [len(text) for text in pa.ipc.open_stream(process.stdout).read_all()["long"].to_pylist()] == [LONG]
        too_late.cancel()
        process.stdin.close()
