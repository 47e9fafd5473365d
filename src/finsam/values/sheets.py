"""A table as people save it, divided text or a spreadsheet, read as rows of text with the numbers people see."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Final

from finsam.values import divided, spreadsheets
from finsam.values.sentences import SentenceError, gettext_noop

LONGEST: Final = 500  # letters in a field; a longer one is a quotation mark that never ends
DIVIDERS: Final = ";\t,"  # of as many in the heading, the one that numbers and words have the least use for
SPREADSHEETS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods, and the older .xls
MARKED: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
GUESSED: Final = ("utf-8", "cp1252")  # nearly no text in Windows-1252 is also text in UTF-8
UNREAD: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
SEPARATOR: Final = re.compile(
    r"sep=([^\"\s\x00]|\t)\r?\n"
)  # Excel's own word for what divides, in a row it does not show
LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
NUMBER: Final = re.compile(r"[0-9]+")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Line:
    """A row with something in it, under the number that a spreadsheet shows."""

    number: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """A column that a file has: whether it may be empty or left out, and how long its words may be."""

    name: str
    filled: bool = True
    left_out: bool = False
    longest: int = LONGEST


@dataclass(frozen=True)
class Entry:
    """A row by the names of the columns, and what is wrong with it as it is written."""

    number: int
    fields: Mapping[str, str]
    refusals: tuple[SentenceError, ...]


def lines(content: bytes) -> list[Line]:
    """Every row of a file with something in it: text divided by semicolons, tabs or commas, or a spreadsheet."""
    divided.refuse_large(content)
    rows = spreadsheets.rows(content) if content.startswith(SPREADSHEETS) else _divided(_text(content))
    stripped = (tuple(field.strip() for field in row) for row in rows)
    found = [Line(number, row) for number, row in enumerate(stripped, start=1) if any(row)]
    if not found:
        raise SentenceError("sheet.empty", gettext_noop("Filen är tom."))
    return found


def entries(content: bytes, columns: Sequence[Column]) -> list[Entry]:
    """Read the rows under a heading with these columns, in any order; refused when the heading is another."""
    heading, *rows = lines(content)
    names = tuple(name.lower() for name in _trimmed(heading.fields))
    known, needed = {one.name for one in columns}, {one.name for one in columns if not one.left_out}
    wrong = [name for name in names if name not in known or names.count(name) > 1]
    wrong += sorted(needed - set(names))
    if wrong:
        raise SentenceError(
            "sheet.columns",
            gettext_noop("Filen ska ha kolumnerna %(columns)s, var och en en gång. Se över på rad %(row)s: %(wrong)s."),
            {
                "row": heading.number,
                "columns": ", ".join(one.name for one in columns if one.name in needed | set(names)),
                "wrong": ", ".join(dict.fromkeys(f"”{name}”" for name in wrong)),
            },
        )
    if not rows:
        raise SentenceError("sheet.rows", gettext_noop("Filen har en rubrikrad men inga rader under den."))
    by_name = {one.name: one for one in columns}
    return [_entry(line, [by_name[name] for name in names]) for line in rows]


def day(text: str) -> date:
    """Read a day written as 2021-03-31."""
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # a day that no month has
    raise SentenceError("sheet.day", gettext_noop("”%(text)s” är inget datum. Skriv som 2021-03-31."), {"text": text})


def whole(text: str) -> int:
    """Read a whole number written with the digits 0–9 alone."""
    if NUMBER.fullmatch(text):
        return int(text)
    template = gettext_noop("”%(text)s” är inget heltal. Skriv bara siffrorna 0–9, utan mellanslag och andra tecken.")
    raise SentenceError("sheet.whole", template, {"text": text})


def unreadable(fields: Sequence[str]) -> Iterator[SentenceError]:
    """Tell what no table should hold: signs that nobody can read, and fields of many hundred letters."""
    for number, text in enumerate(fields, start=1):
        if UNREAD.search(text):
            template = gettext_noop("Fält %(number)s har ett tecken som inte går att läsa. Skriv om det.")
            yield SentenceError("sheet.unread", template, {"number": number})
        if len(text) > LONGEST:
            template = gettext_noop("Fält %(number)s är längre än %(most)s tecken. Saknas ett citattecken?")
            yield SentenceError("sheet.long", template, {"number": number, "most": LONGEST})


def _entry(line: Line, columns: Sequence[Column]) -> Entry:
    fields = _trimmed(line.fields) if len(line.fields) > len(columns) else line.fields
    refusals = list(unreadable(fields))
    if len(fields) != len(columns):
        template = gettext_noop("Raden har %(found)s fält i stället för %(wanted)s.")
        refusals.append(SentenceError("sheet.ragged", template, {"found": len(fields), "wanted": len(columns)}))
        return Entry(line.number, {}, tuple(refusals))
    for column, text in zip(columns, fields, strict=True):
        if column.filled and not text:
            template = gettext_noop("Kolumnen %(column)s är tom. Fyll i den.")
            refusals.append(SentenceError("sheet.blank", template, {"column": column.name}))
        elif column.longest < len(text) <= LONGEST:
            template = gettext_noop("Kolumnen %(column)s rymmer högst %(most)s tecken.")
            refusals.append(SentenceError("sheet.longest", template, {"column": column.name, "most": column.longest}))
    return Entry(line.number, {one.name: text for one, text in zip(columns, fields, strict=True)}, tuple(refusals))


def _trimmed(fields: Sequence[str]) -> tuple[str, ...]:
    """The fields without the empty ones at the end, which a spreadsheet leaves where somebody has been."""
    last = max((place for place, text in enumerate(fields, start=1) if text), default=0)
    return tuple(fields[:last])


def _text(content: bytes) -> str:
    marked = [encoding for mark, encoding in MARKED if content.startswith(mark)]
    for encoding in marked or GUESSED:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SentenceError(
        "sheet.encoding",
        gettext_noop("Filen är inte text i UTF-8 eller Windows-1252, och inget kalkylblad. Spara den så."),
    )


def _divided(text: str) -> Iterator[list[str]]:
    own = SEPARATOR.match(text)
    start = own.end() if own else 0
    top = islice(_lines(text, start), divided.MOST)
    first = next((line for line in top if line.strip()), "")
    divider = own[1] if own else max(DIVIDERS, key=first.count)
    return divided.rows(_lines(text, start), divider)


def _lines(text: str, start: int) -> Iterator[str]:
    """The lines of a text from a place on, each with what ends it: within quotation marks it is part of a field."""
    for line in LINE.finditer(text, start):
        yield line[0]
