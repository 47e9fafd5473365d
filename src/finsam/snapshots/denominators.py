"""Reads the file of recipients of benefits: one row a year and support, from a published source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.access import imports
from finsam.snapshots import folders
from finsam.values import sheets
from finsam.values.sheets import Column, Entry

COLUMNS: Final = ("year", "support", "recipients", "source", "as_of")
LONGEST_SOURCE: Final = 300
YEARS: Final = (1990, 2100)
MOST: Final = 20_000_000  # more than live in Sweden

Rows = Sequence[tuple[int, str, int, str, str]]  # year, support, recipients, source, as of


@dataclass(frozen=True)
class Line:
    """One row of the file."""

    year: int
    support: str
    recipients: int
    source: str
    as_of: date


def read(content: bytes, today: date) -> list[Line]:
    """Give the rows of the file; refused with the rows that are wrong, and when two of them say different things."""
    columns = [Column(name, longest=LONGEST_SOURCE if name == "source" else sheets.LONGEST) for name in COLUMNS]
    seen: dict[tuple[int, str], tuple[int, Line]] = {}
    return imports.each(content, columns, lambda entry: _line(entry, today, seen))


def held(rows: Rows) -> list[Line]:
    """Give the denominators that something was made of, as they were then."""
    return [Line(year, support, number, source, date.fromisoformat(day)) for year, support, number, source, day in rows]


def digest(rows: Rows) -> str:
    """Give the same text for the same denominators."""
    return sha256(folders.canonical({"recipients": [list(row) for row in rows]})).hexdigest()


def _line(entry: Entry, today: date, seen: dict[tuple[int, str], tuple[int, Line]]) -> Line:
    from finsam.statistics.figures.participation import SUPPORT_GROUPS

    row = entry.fields
    if row["support"] not in SUPPORT_GROUPS:
        groups = ", ".join(SUPPORT_GROUPS)
        raise ValidationError(
            _("”%(support)s” är ingen av rapportens förmåner: %(groups)s.")
            % {"support": row["support"], "groups": groups}
        )
    line = Line(
        sheets.whole(row["year"]),
        row["support"],
        sheets.whole(row["recipients"]),
        row["source"],
        sheets.day(row["as_of"]),
    )
    _refuse_impossible(line, today)
    number, before = seen.setdefault((line.year, line.support), (entry.number, line))
    if before != line:
        raise ValidationError(
            _("Rad %(row)s har samma år och förmån men säger något annat. Behåll en av dem.") % {"row": number}
        )
    return line


def _refuse_impossible(line: Line, today: date) -> None:
    """Refuse a figure that nobody can have published, and a source that is a number that lost its place."""
    first, last = YEARS
    if not first <= line.year <= last:
        raise ValidationError(
            _("Året %(year)s går inte. Skriv ett år från %(first)s till %(last)s.")
            % {"year": line.year, "first": first, "last": last}
        )
    if line.recipients < 1:
        raise ValidationError(_("Antalet mottagare ska vara större än noll."))
    if line.recipients > MOST:
        raise ValidationError(_("Antalet mottagare är större än antalet som bor i landet. Rätta det."))
    if not re.search(r"[^\W\d_]", line.source):
        raise ValidationError(
            _("Källan ”%(source)s” är inget namn. Står ett kommatecken i antalet? Skriv bara siffror.")
            % {"source": line.source}
        )
    if line.as_of > today:
        raise ValidationError(
            _("Uppgiften är hämtad %(day)s, som inte har kommit än. Skriv %(today)s eller tidigare.")
            % {"day": line.as_of, "today": today}
        )
    if line.as_of < date(line.year, 12, 31):
        raise ValidationError(
            _("Uppgiften är hämtad %(day)s, innan året %(year)s var slut. Rätta dagen eller året.")
            % {"day": line.as_of, "year": line.year}
        )
