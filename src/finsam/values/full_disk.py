"""Whether a fault is that a disk is full, in whichever words and kinds of exception a library wraps it."""

import errno
from typing import Final

from finsam.values.causes import chain

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# SQLITE_FULL, and SQLITE_IOERR_SHMSIZE: no room for the index of its log (sqlite.org/rescode.html).
SQLITE: Final = frozenset({13, 4874})
POSTGRESQL: Final = "53100"  # disk_full (postgresql.org/docs/current/errcodes-appendix.html)
WORDS: Final = ("No space left on device", "disk is full")  # of those that wrap the fault and keep no number


def is_full(fault: BaseException | None) -> bool:
    """Whether a fault, or one that led to it, is of a full disk."""
    return any(map(_is_full, chain(fault)))


def _is_full(fault: BaseException) -> bool:
    if isinstance(fault, OSError) and fault.errno in FULL:
        return True
    if getattr(fault, "sqlite_errorcode", 0) in SQLITE or getattr(fault, "sqlstate", "") == POSTGRESQL:
        return True
    return any(words in str(fault) for words in WORDS)
