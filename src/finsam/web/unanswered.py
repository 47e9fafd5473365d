"""What is answered when a page cannot be: the database is away, busy or full (503), or the fault is ours (500)."""

import errno
import sqlite3
import sys
from collections.abc import Iterator
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import server_error

AGAIN: Final = "10"  # seconds after which a browser or a proxy may ask again
FULL: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})
# SQLite's primary codes of what passes (sqlite.org/rescode.html); with any other the fault is ours, or the file's.
PASSING: Final = FULL | {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
}
NO_ROOM: Final = "53100"  # PostgreSQL's code for a full disk
FULL_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def fault(request: HttpRequest) -> HttpResponse:
    """Answer a request whose page failed, with what the visitor can do about it."""
    found = list(chain(sys.exc_info()[1]))
    is_full = any(has_no_room(one) for one in found)
    if not is_full and not any(passes(one) for one in found):
        return server_error(request)
    answer = render(request, "503.html", {"is_full": is_full}, status=503)
    answer.headers["Retry-After"] = AGAIN
    return answer


def chain(one: BaseException | None) -> Iterator[BaseException]:
    """A fault and those that led to it."""
    while one is not None:
        yield one
        one = one.__cause__ or one.__context__


def has_no_room(one: BaseException) -> bool:
    """Whether a disk is full, ours or the database server's."""
    if isinstance(one, OSError):
        return one.errno in FULL_DISK
    return code_of(one) in FULL or getattr(one, "sqlstate", None) == NO_ROOM


def passes(one: BaseException) -> bool:
    """Whether a database does not answer now and may answer later."""
    if not isinstance(one, OperationalError | InterfaceError):
        return False
    cause = one.__cause__
    return code_of(cause) in PASSING if isinstance(cause, sqlite3.Error) else True


def code_of(one: BaseException | None) -> int | None:
    """SQLite's primary code of a fault, where it is SQLite's."""
    code = getattr(one, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF
