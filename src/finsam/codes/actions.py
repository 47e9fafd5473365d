"""What may be done to the code lists: add, close and confirm rows, and import a file of them."""

import csv
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from finsam.access import audit, versions
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.codes import rules
from finsam.codes.models import Code
from finsam.values.codes import LISTS

COLUMNS = ("list", "code", "label", "label_en", "parent", "first_day", "ends_before", "source", "verified")
YES = {"1", "ja", "true", "yes"}


@transaction.atomic
def add(
    *,
    actor: Actor,
    list: str,
    code: str,
    label: str,
    first_day: date,
    source: str,
    label_en: str = "",
    parent: str = "",
    ends_before: date | None = None,
    verified: bool = False,
) -> Code:
    """Add a dated row to a list."""
    actor.require(Permission.MANAGE_CODES)
    if list not in LISTS:
        raise ValidationError({"list": _("Listan finns inte. Välj en av: %(lists)s.") % {"lists": ", ".join(LISTS)}})
    Code.objects.select_for_update().filter(list=list).order_by("pk").first()  # nobody else adds to it meanwhile
    held = Code.objects.filter(list=list).order_by("pk")
    rules.refuse_new(list, code, {row.code for row in held})
    rules.refuse_overlap(first_day, ends_before, ((row.first_day, row.ends_before) for row in held if row.code == code))
    row = Code(
        list=list,
        code=code,
        label=label,
        label_en=label_en,
        parent=parent,
        first_day=first_day,
        ends_before=ends_before,
        source=source,
        verified=verified,
    )
    audit.write(actor, "codes.add", row)
    return row


@transaction.atomic
def close(*, actor: Actor, row: Code, ends_before: date, seen: str | None = None) -> Code:
    """Close a row: it is in force until the day before `ends_before`."""
    actor.require(Permission.MANAGE_CODES)
    versions.require(row, seen)
    row.ends_before, row.origin = ends_before, Code.Origin.LOCAL
    audit.write(actor, "codes.close", row)
    return row


@transaction.atomic
def confirm(*, actor: Actor, row: Code, source: str, seen: str | None = None) -> Code:
    """Confirm a row against a source that was read."""
    actor.require(Permission.MANAGE_CODES)
    versions.require(row, seen)
    row.verified, row.source, row.origin = True, source, Code.Origin.LOCAL
    audit.write(actor, "codes.confirm", row)
    return row


@transaction.atomic
def import_rows(*, actor: Actor, lines: Iterable[str]) -> int:
    """Add every row of a CSV text (columns as COLUMNS), or none; returns how many were new."""
    actor.require(Permission.MANAGE_CODES)
    reader = csv.DictReader(lines)
    if set(reader.fieldnames or ()) != set(COLUMNS):
        raise ValidationError(_("Filen ska ha kolumnerna %(columns)s.") % {"columns": ", ".join(COLUMNS)})
    added = 0
    for number, line in enumerate(reader, start=2):
        try:
            added += _import_row(actor, line)
        except (ValidationError, ValueError) as fault:
            sentence = "; ".join(fault.messages) if isinstance(fault, ValidationError) else str(fault)
            raise ValidationError(
                _("Rad %(number)s: %(fault)s Ingenting är importerat.") % {"number": number, "fault": sentence}
            ) from fault
    return added


def _import_row(actor: Actor, line: dict[str, str]) -> int:
    facts = {key: (line[key] or "").strip() for key in COLUMNS}
    first_day = _day(facts.pop("first_day"))
    ends = facts.pop("ends_before")
    verified = facts.pop("verified").lower() in YES
    same = Code.objects.filter(list=facts["list"], code=facts["code"], first_day=first_day, label=facts["label"])
    if same.exists():
        return 0
    add(
        actor=actor,
        **facts,
        first_day=first_day,
        ends_before=_day(ends) if ends else None,
        verified=verified,
    )
    return 1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValidationError(_("”%(text)s” är inget datum. Skriv som 2021-03-31.") % {"text": text}) from None
