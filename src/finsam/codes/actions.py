"""What may be done to the code lists: add, close and confirm rows, and import a file of them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from finsam.access import audit, imports, versions
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.codes import queries, rules
from finsam.codes.models import Code
from finsam.values import sheets
from finsam.values.codes import LISTS
from finsam.values.codes.rows import LAW
from finsam.values.sheets import Column, Entry

COLUMNS: Final = ("list", "code", "label", "label_en", "parent", "first_day", "ends_before", "source", "verified")
EXPLAINING: Final = ("explanation", "explanation_en")  # columns that only a file with directions needs
MAY_BE_EMPTY: Final = frozenset({"label_en", "parent", "ends_before", *EXPLAINING})
WORDS: Final = ("label", "label_en", "parent", *EXPLAINING)  # what a row says, and a file never changes
VERIFIED: Final = {"ja": True, "nej": False}


@dataclass(frozen=True)
class Imported:
    """How many rows a file has added to the code lists, closed and confirmed."""

    added: int = 0
    closed: int = 0
    confirmed: int = 0


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
    explanation: str = "",
    explanation_en: str = "",
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
    same = [row for row in held if row.code == code]
    rules.refuse_overlap(first_day, ends_before, ((row.first_day, row.ends_before) for row in same))
    rules.refuse_parent(list, parent, _parents(list), [row.parent for row in same], explanation)
    row = Code(
        list=list,
        code=code,
        label=label,
        label_en=label_en,
        parent=parent,
        explanation=explanation,
        explanation_en=explanation_en,
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
    others = Code.objects.filter(list=row.list, code=row.code).exclude(pk=row.pk)
    rules.refuse_reopened(row.first_day, ends_before, others.values_list("first_day", "ends_before"))
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
def ship(*, actor: Actor) -> int:
    """Add the rows that this version ships and the home lacks, registered now; what somebody wrote stays as it is.

    A shipped row that nobody has touched gets the last day that this version gives it. Gives how many rows are new.
    """
    actor.require(Permission.OPERATE)
    new = queries.lacking(actor=actor)
    for (list_key, code, first_day, _open), ends_before in queries.closing(actor=actor).items():
        row = Code.objects.get(list=list_key, code=code, first_day=first_day)
        row.ends_before = ends_before
        audit.write(actor, "codes.ship", row)
    for list_key, facts in new:
        audit.write(actor, "codes.ship", Code(list=list_key, origin=Code.Origin.SHIPPED, **asdict(facts)))
    return len(new)


@transaction.atomic
def import_rows(*, actor: Actor, content: bytes) -> Imported:
    """Add, close and confirm rows as a file says (columns as COLUMNS and EXPLAINING), or change nothing at all."""
    actor.require(Permission.MANAGE_CODES)
    seen: dict[tuple[str, str, date], int] = {}
    done = imports.each(content, _columns(), lambda entry: _import_row(actor, entry, seen))
    return Imported(*(sum(getattr(one, name) for one in done) for name in ("added", "closed", "confirmed")))


def _columns() -> list[Column]:
    fields = {field.name: field for field in Code._meta.concrete_fields}
    return [
        Column(
            name,
            filled=name not in MAY_BE_EMPTY,
            left_out=name in EXPLAINING,
            longest=fields[name].max_length or sheets.LONGEST,
        )
        for name in (*COLUMNS, *EXPLAINING)
    ]


def _import_row(actor: Actor, entry: Entry, seen: dict[tuple[str, str, date], int]) -> Imported:
    facts = dict(entry.fields)
    first_day = max(sheets.day(facts.pop("first_day")), LAW)  # from the beginning: nothing is registered before it
    ends, said = facts.pop("ends_before"), facts.pop("verified").lower()
    ends_before = sheets.day(ends) if ends else None
    if said not in VERIFIED:
        raise ValidationError(_("Kolumnen verified är ”%(text)s”. Skriv ja eller nej.") % {"text": said})
    key = (facts["list"], facts["code"], first_day)
    if key in seen:
        raise ValidationError(_("Samma kod och första dag står redan på rad %(row)s.") % {"row": seen[key]})
    seen[key] = entry.number
    row = Code.objects.filter(list=facts["list"], code=facts["code"], first_day=first_day).order_by("pk").first()
    if row is not None:
        return _change(actor, row, facts, ends_before, verified=VERIFIED[said])
    add(actor=actor, **facts, first_day=first_day, ends_before=ends_before, verified=VERIFIED[said])
    return Imported(added=1)


def _change(actor: Actor, row: Code, facts: dict[str, str], ends_before: date | None, *, verified: bool) -> Imported:
    """Close and confirm a row that is there, when the file says so; everything else it says must be so already."""
    others = {name: getattr(row, name) for name in WORDS if facts.get(name) and facts[name] != getattr(row, name)}
    rules.refuse_other_words(others)
    rules.refuse_undone(row.ends_before, ends_before, was_verified=row.verified, verified=verified)
    closes = ends_before is not None and ends_before != row.ends_before
    if ends_before is not None and closes:
        close(actor=actor, row=row, ends_before=ends_before)
    confirms = verified and (not row.verified or row.source != facts["source"])
    if confirms:
        confirm(actor=actor, row=row, source=facts["source"])
    elif row.source != facts["source"]:
        raise ValidationError(_("Källan ändras bara när raden bekräftas. Skriv ja i kolumnen verified."))
    return Imported(closed=int(closes), confirmed=int(confirms))


def _parents(list_key: str) -> Iterable[str]:
    """The codes of the list that codes of this one belong to."""
    return Code.objects.filter(list=rules.PARENTS.get(list_key)).order_by("code").values_list("code", flat=True)
