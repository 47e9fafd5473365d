"""What is answered when a page cannot be: a disk is full (507), the database is away or busy (503), or we erred (500).

None of the pages asks the database, which may be what is at fault.
"""

import sqlite3
import sys
from typing import Final

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error

from finsam.values.causes import chain
from finsam.values.full_disk import is_full

AWAY, FULL = 503, 507
AGAIN: Final = "10"  # seconds after which a browser or a proxy may ask again
# SQLite's primary codes of what passes (sqlite.org/rescode.html); with any other the fault is ours, or the file's.
PASSING: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_READONLY,
    }
)


def fault(request: HttpRequest) -> HttpResponse:
    """Answer a request whose page failed, with what the visitor can do about it."""
    found = sys.exception()
    if is_full(found):
        return HttpResponse(loader.get_template("full_disk.html").render(), status=FULL)
    if is_away(found):
        page = loader.get_template("503.html").render()
        return HttpResponse(page, status=AWAY, headers={"Retry-After": AGAIN})
    return server_error(request)


def is_away(one: BaseException | None) -> bool:
    """Whether a fault, or one that led to it, is of a database that does not answer now and may answer later."""
    return any(isinstance(fault, OperationalError | InterfaceError) and passes(fault.__cause__) for fault in chain(one))


def passes(cause: BaseException | None) -> bool:
    """Whether what a database driver complains of passes; a server's always does, when Django calls it operational."""
    code = getattr(cause, "sqlite_errorcode", None)
    return code is None or code & 0xFF in PASSING
