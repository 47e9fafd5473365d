"""What an erasure leaves in the files of SQLite, and how it is taken away: nothing erased is to be read out of them.

`PRAGMA secure_delete` writes zeros where rows stood in the database itself. The write-ahead log beside it holds every
page as it was each time it was saved, until it is written into the database and cut to nothing, here. Somebody who
still reads an older state holds that up: then it is tried again at every request until it is done. What another process
left undone is not known here, so each begins by doing it, and does it once an hour.

PostgreSQL needs none of this: docs/erasure.md says what its VACUUM does, and what it does not.
"""

from time import monotonic
from typing import Final

from django.db import OperationalError, connection, transaction

PATIENCE: Final = 500  # milliseconds that whoever has erased waits for those who read
HOUR: Final = 3600.0  # seconds


class Remains:
    """How many times something that was erased has been left in the log, and how many of them are taken away."""

    def __init__(self) -> None:
        self.left, self.taken = 1, 0
        self.taken_at = monotonic()

    def leave_none(self) -> None:
        """Empty the log once what is being erased is; called inside the transaction that erases."""
        transaction.on_commit(self._after_erasure)

    def _after_erasure(self) -> None:
        self.left += 1
        self.settle(PATIENCE)

    def settle(self, patience: int = 0) -> None:
        """Empty the log if anything erased may stand in it, unless those who read hold it up for longer."""
        nothing_left = self.taken == self.left and monotonic() < self.taken_at + HOUR
        if nothing_left or connection.in_atomic_block:
            return
        until = self.left  # what another erases meanwhile is not taken away by this
        if connection.vendor != "sqlite" or _is_emptied(patience):
            self.taken, self.taken_at = max(self.taken, until), monotonic()

    def write_anew(self) -> None:
        """Write the database anew: before this version nothing overwrote what an erasure left in unused parts of it."""
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")
        self._after_erasure()


def _is_emptied(patience: int) -> bool:
    """Whether the log could be written into the database and cut to nothing."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        (before,) = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {patience}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _pages, _moved = cursor.fetchone()
        except OperationalError:  # no room on the disk for what stands in the log: whoever reads is not to suffer
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
    return not busy


remains: Final = Remains()
