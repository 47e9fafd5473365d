"""Reading records for a snapshot beside others who write."""

import sqlite3
import subprocess
import sys
from contextlib import closing

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
