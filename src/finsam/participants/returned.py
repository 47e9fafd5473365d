"""Reads the file another agency returns for a linkage: one row a person, `code,age,days_in_benefit,diagnosis`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.access import imports
from finsam.values import divided
from finsam.values.codes.diagnoses import DiagnosisError, chapter_of
from finsam.values.sentences import SentenceError

COLUMNS = ("code", "age", "days_in_benefit", "diagnosis")
CODE = re.compile(r"[0-9a-f]{64}")
OLDEST, LONGEST = 125, 45_000  # years, and days in as many
DIGITS = 20  # of a number, which may begin with noughts
MOST = 500_000  # rows; as many as a benefit has had receivers in some years


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file; of the diagnosis only the chapter is kept, which is all the tables show."""

    code: str
    age: int
    days_in_benefit: int
    chapter: int


def read(lines: Iterable[str]) -> list[Line]:
    """Give the rows of the file, all or none; what is wrong is refused with the row's number, never with its content.

    The columns may stand in any order, divided by commas or, as Swedish spreadsheets write them, by semicolons.
    """
    rest = iter(lines)
    try:
        header = next(rest, "")
        divider = ";" if ";" in header else ","
        rows = divided.rows(chain([header], rest), divider, most=MOST, fields=MOST * len(COLUMNS), strict=True)
        names = [name.strip() for name in next(rows, ())]
        if sorted(names) != sorted(COLUMNS):
            raise ValidationError(_("Filen ska ha kolumnerna %(columns)s.") % {"columns": ", ".join(COLUMNS)})
        found = list(_unique(names, enumerate(rows, start=2)))
    except SentenceError as fault:
        raise ValidationError(_("%(fault)s Ingenting är inläst.") % {"fault": imports.said(fault)}) from fault
    if not found:
        raise ValidationError(_("Filen har inga rader under rubriken. Ingenting är inläst."))
    return found


def _unique(names: Sequence[str], rows: Iterable[tuple[int, list[str]]]) -> Iterator[Line]:
    seen: dict[bytes, int] = {}
    for number, fields in rows:
        if not fields:
            continue
        if len(fields) != len(names):
            raise _refusal(number, _("raden har fel antal kolumner"))
        line = _line({name: text.strip() for name, text in zip(names, fields, strict=True)}, number)
        code = bytes.fromhex(line.code)
        if code in seen:
            raise _refusal(number, _("koden står också på rad %(other)s") % {"other": seen[code]})
        seen[code] = number
        yield line


def _line(row: dict[str, str], number: int) -> Line:
    code = row["code"].lower()
    if not CODE.fullmatch(code):
        raise _refusal(number, _("koden ska vara 64 hexadecimala tecken (HMAC-SHA-256)"))
    try:
        chapter = chapter_of(row["diagnosis"])
    except DiagnosisError as fault:
        raise _refusal(number, _("diagnosen är ingen kod i ICD-10-SE; lämna den tom om den är okänd")) from fault
    age = _whole(row["age"], OLDEST, number, _("åldern ska vara ett heltal från 0 till %(most)s"))
    days = _whole(row["days_in_benefit"], LONGEST, number, _("dagarna ska vara ett heltal från 0 till %(most)s"))
    return Line(code, age, days, chapter)


def _whole(text: str, most: int, number: int, refusal: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= DIGITS and int(text) <= most):
        raise _refusal(number, refusal % {"most": most})
    return int(text)


def _refusal(number: int, fault: str) -> ValidationError:
    return ValidationError(_("Rad %(number)s: %(fault)s. Ingenting är inläst.") % {"number": number, "fault": fault})
