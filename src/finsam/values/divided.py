"""Text divided into fields, as people and other agencies save it: a row at a time, and none larger than a row can be.

Every file of the kind is read here, so that the limits and the sentences are the same. A sentence names the row and
never what stands in it: some of these files are about persons.
"""

import csv
from collections.abc import Iterable, Iterator
from itertools import count
from typing import IO, Final

from finsam.values.sentences import SentenceError, gettext_noop

LONGEST: Final = 100_000  # letters in a row; a longer one is a quotation mark that never ends, or no table at all
MOST: Final = 100_000  # rows
WIDEST: Final = 20_000  # fields in a row; a spreadsheet has 16,384
FIELDS: Final = 500_000  # in all
LARGEST: Final = 10_000_000  # bytes


class _Lines:
    """Gives lines until those of one row are longer together than a row can be."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.row, self._letters = 0, 0

    def begin(self, row: int) -> None:
        """Begin a row."""
        self.row, self._letters = row, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._letters += len(line)
        if self._letters > LONGEST:
            raise too_long(self.row)
        return line


def rows(
    lines: Iterable[str], divider: str, *, most: int = MOST, fields: int = FIELDS, strict: bool = False
) -> Iterator[list[str]]:
    """Give each row's fields, the empty rows' too; refused with the number of the first that cannot be read."""
    guarded = _Lines(lines)
    reader = csv.reader(guarded, delimiter=divider, strict=strict)
    left = fields
    for number in count(1):
        guarded.begin(number)
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            template = gettext_noop("Rad %(row)s går inte att läsa. Spara tabellen som CSV eller kalkylblad igen.")
            raise SentenceError("sheet.csv", template, {"row": number}) from fault
        left -= len(row)
        if number > most or left < 0 or len(row) > WIDEST:
            raise too_large(number)
        yield row


def held(file: IO[bytes]) -> bytes:
    """Hold a file in memory, one byte more of it at most than `refuse_large` lets through."""
    return file.read(LARGEST + 1)


def refuse_large(content: bytes) -> None:
    """Refuse a file that is larger than any table."""
    if len(content) > LARGEST:
        template = gettext_noop("Filen är större än %(most)s MB. Dela den, eller ta bort det som inte hör dit.")
        raise SentenceError("sheet.size", template, {"most": LARGEST // 1_000_000})


def utf8_lines(file: IO[bytes]) -> Iterator[str]:
    """Give the lines of a text in UTF-8, with or without a mark before it; none is read further than a row can be."""
    for number in count(1):
        line = file.readline(4 * LONGEST)  # bytes a letter takes at most
        if not line:
            return
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as fault:
            template = gettext_noop("Rad %(row)s är inte text i UTF-8. Spara filen så och försök igen.")
            raise SentenceError("sheet.utf8", template, {"row": number}) from fault
        yield text


def too_long(row: int) -> SentenceError:
    """Refuse a row that no table has."""
    template = gettext_noop("Rad %(row)s är längre än %(most)s tecken. Saknas ett citattecken?")
    return SentenceError("sheet.row", template, {"row": row, "most": LONGEST})


def too_large(row: int) -> SentenceError:
    """Refuse a table with more in it than is read."""
    template = gettext_noop("Tabellen är för stor på rad %(row)s. Dela filen, eller ta bort det som inte hör dit.")
    return SentenceError("sheet.large", template, {"row": row})
