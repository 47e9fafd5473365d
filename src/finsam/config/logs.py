"""Log lines that say where something went wrong and never about whom."""

import logging
import traceback
from types import TracebackType
from typing import Final

FORMAT: Final = "{asctime} {levelname} {name}: {message}"


class Impersonal(logging.Formatter):
    """Writes a traceback without the exceptions' own words: a database says there which value it refused."""

    def __init__(self) -> None:
        super().__init__(FORMAT, style="{")

    def formatException(  # noqa: N802 - the name is logging's own
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The frames and kinds of the exception and of those that led to it."""
        parts: list[str] = []
        error = ei[1]
        while error is not None:
            parts.append("".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__)
            error = error.__cause__ or error.__context__
        return "\n".join(reversed(parts))
