"""Reads the file of recipients of benefits: one row a year and support, from a published source."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

COLUMNS = ("year", "support", "recipients", "source", "as_of")


@dataclass(frozen=True)
class Line:
    """One row of the file."""

    year: int
    support: str
    recipients: int
    source: str
    as_of: date


def read(lines: Iterable[str]) -> Iterator[Line]:
    """Give the rows of the file; refused with the row's number when one is wrong."""
    reader = csv.DictReader(lines)
    if set(reader.fieldnames or ()) != set(COLUMNS):
        raise ValidationError(_("Filen ska ha kolumnerna %(columns)s.") % {"columns": ", ".join(COLUMNS)})
    for number, row in enumerate(reader, start=2):
        try:
            yield _line({name: (row[name] or "").strip() for name in COLUMNS})
        except ValueError:
            raise ValidationError(
                _(
                    "Rad %(number)s går inte att läsa. Skriv år och antal med siffror och datum som 2021-03-31. "
                    "Ingenting är importerat."
                )
                % {"number": number}
            ) from None


def _line(row: dict[str, str]) -> Line:
    from finsam.statistics.participation import SUPPORT_GROUPS

    if row["support"] not in SUPPORT_GROUPS:
        groups = ", ".join(SUPPORT_GROUPS)
        raise ValidationError(
            _("”%(support)s” är ingen av rapportens förmåner: %(groups)s. Ingenting är importerat.")
            % {"support": row["support"], "groups": groups}
        )
    return Line(
        int(row["year"]), row["support"], int(row["recipients"]), row["source"], date.fromisoformat(row["as_of"])
    )
