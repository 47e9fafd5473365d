"""SQLite taught the Swedish alphabet under the name it has on PostgreSQL too, so that one query serves both."""

import sqlite3
import unicodedata
from typing import Any, Final

SWEDISH: Final = "swedish"
LAST_LETTERS: Final = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"})  # they follow z


def swedish_order(one: str, other: str) -> int:
    """Negative, zero or positive as `one` stands before, at or after `other` in a Swedish list."""
    first, second = swedish_key(one), swedish_key(other)
    return (first > second) - (first < second)


def swedish_key(text: str) -> tuple[str, str]:
    """A key that sorts as the Swedish alphabet: letter case and accents matter only between equals."""
    if text.isascii():
        return text.lower(), text.swapcase()
    letters = unicodedata.normalize("NFC", text).casefold().translate(LAST_LETTERS)
    if letters.isascii():
        return letters, text.swapcase()
    plain = "".join(sign for sign in unicodedata.normalize("NFD", letters) if not unicodedata.combining(sign))
    return plain, text.swapcase()


class SwedishConnection(sqlite3.Connection):
    """A connection that knows `COLLATE swedish`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.create_collation(SWEDISH, swedish_order)
