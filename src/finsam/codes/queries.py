"""What may be asked of the code lists."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from finsam.access import queries as access
from finsam.access import trail
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.codes import rules
from finsam.codes.models import Code
from finsam.values.codes import LISTS, CodeRow


def lists() -> dict[str, str]:
    """The lists there are: key and Swedish name."""
    return {key: one.name for key, one in LISTS.items()}


def rows(*, actor: Actor, list_key: str | None = None) -> QuerySet[Code]:
    """Every dated row of one list, or of all."""
    actor.require(Permission.SEE_CODES)
    found = Code.objects.order_by("list", "first_day", "pk")
    return found.filter(list=list_key) if list_key else found


def row(*, actor: Actor, pk: int) -> Code:
    """One dated row."""
    return rows(actor=actor).get(pk=pk)


def history(*, actor: Actor, row: Code) -> list[trail.Event]:
    """What was done to a dated row, newest first."""
    actor.require(Permission.SEE_CODES)
    names = {key: _(name) for key, name in lists().items()}
    reader = trail.Reader(lambda key: names if key == trail.LIST else labels(key), access.nameable(actor=actor))
    return trail.events([trail.Whole(Code, row.pk)], reader)


def valid_on(list_key: str, day: date, *, parent: str | None = None) -> list[Code]:
    """The codes of a list in force on a day, in the list's own order."""
    running = Code.objects.filter(Q(ends_before=None) | Q(ends_before__gt=day), list=list_key, first_day__lte=day)
    if parent is not None:
        running = running.filter(parent=parent)
    return list(running.order_by("pk"))


def choices(list_key: str, day: date, *, parent: str | None = None) -> list[tuple[str, str]]:
    """The codes in force on a day as choices for a form: code and words."""
    return [(code.code, str(code)) for code in valid_on(list_key, day, parent=parent)]


def labels(list_key: str) -> dict[str, str]:
    """Every code of a list, in force or not, with its newest words."""
    rows = Code.objects.filter(list=list_key).order_by("first_day", "pk")
    return {code: rules.words(*said) for code, *said in rows.values_list("code", "label", "label_en")}


def parents(list_key: str) -> dict[str, str]:
    """Which code of another list each code of a list narrows, as a direction its kind."""
    return dict(Code.objects.filter(list=list_key).order_by("first_day", "pk").values_list("code", "parent"))


def closing(*, actor: Actor) -> dict[rules.Dated, date]:
    """The rows that this version ships with a last day, and the home has as they were shipped before, without one."""
    actor.require(Permission.SEE_CODES)
    last = {(key, row.code, row.first_day, None): row.ends_before for key, row in _shipped() if row.ends_before}
    return {row: last[row] for row in _there(origin=Code.Origin.SHIPPED) if row in last}


def lacking(*, actor: Actor) -> list[tuple[str, CodeRow]]:
    """The rows that this version ships and the home lacks, when what it has been shipped has the days it has now."""
    closed = closing(actor=actor)
    there = [(*row[:3], closed.get(row, row[3])) for row in _there()]
    wanted = {(key, row.code, row.first_day, row.ends_before): (key, row) for key, row in _shipped()}
    return [wanted[row] for row in rules.lacking(wanted, there)]


def _shipped() -> Iterator[tuple[str, CodeRow]]:
    return ((key, row) for key, codes in LISTS.items() for row in codes.rows)


def _there(**which: str) -> Iterable[rules.Dated]:
    rows = Code.objects.filter(**which).order_by("pk")
    return rows.values_list("list", "code", "first_day", "ends_before")


def check(field: str, list_key: str, codes: Iterable[str], day: date, *, parent: str | None = None) -> None:
    """Refuse, at a field, every code that is unknown or not in force on the day."""
    valid = {code.code for code in valid_on(list_key, day, parent=parent)}
    known = set(Code.objects.filter(list=list_key).values_list("code", flat=True))
    for code in codes:
        rules.refuse_unknown(field, code, valid, known, day)
