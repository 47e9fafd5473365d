"""Log lines that say where something went wrong and never about whom.

A request that was refused (4xx) is an ordinary day's work: one line. A fault of ours (5xx) has its stack.
"""

import logging
import re
import traceback
from types import TracebackType
from typing import Any, Final

from finsam.values.causes import chain

FORMAT: Final = "{asctime} {levelname} {name}: {message}"
# An identity number as people write it: six or eight digits of a day, perhaps a sign, four digits more.
NUMBER: Final = re.compile(r"\d{6}(?:\d{2})?[-+ ]?\d{4}")
MASK: Final = "••••"
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Impersonal(logging.Formatter):
    """Writes a request by its route, and a traceback without words: what people type stands in both otherwise."""

    def __init__(self) -> None:
        super().__init__(FORMAT, style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the stack beneath it where the fault is ours."""
        if is_refusal(record):
            record.exc_info = record.exc_text = record.stack_info = None
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name is logging's own
        """The line: for a request which route and answer, for all else its message without identity numbers."""
        request = getattr(record, "request", None)
        record.message = NUMBER.sub(MASK, record.message) if request is None else of_request(record, request)
        return super().formatMessage(record)

    def formatException(  # noqa: N802 - the name is logging's own
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The frames and kinds of the exception and of those that led to it."""
        return frames(ei[1])


def is_refusal(record: logging.LogRecord) -> bool:
    """Whether a record is of a request that was answered and refused, as a page that is not for whoever asked."""
    return getattr(record, "request", None) is not None and 400 <= getattr(record, "status_code", 0) < 500


def of_request(record: logging.LogRecord, request: Any) -> str:
    """Which route gave which answer to which user; never the address that was typed, nor a reason that quotes it."""
    method = request.method if request.method in METHODS else "?"
    match = getattr(request, "resolver_match", None)
    name = (match.view_name or match.route) if match else "no such address"
    user = getattr(getattr(request, "actor", None), "user_id", None)
    return f"{getattr(record, 'status_code', '-')} {method} {name}, user {user or '-'}"


def frames(error: BaseException | None) -> str:
    """A traceback without the exceptions' own words: a database says there which value it refused."""
    parts = ["".join(traceback.format_tb(one.__traceback__)) + type(one).__qualname__ for one in chain(error)]
    return "\n".join(reversed(parts))
