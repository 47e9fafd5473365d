"""Which state of a record somebody saw, told by its newest history ids; a change built on an older one is refused."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from finsam.access.tracking import telling

NONE: Final = "0"


class Outdated(ValidationError):
    """The record was saved by somebody else after it was opened."""

    def __init__(self) -> None:
        super().__init__(_("Någon annan har sparat sedan du öppnade sidan. Läs det som står nu och försök igen."))


def version(record: Any) -> str:
    """The newest history ids of a record and of each of its kinds of value rows (the model's VALUES), as one word."""
    names = getattr(record, "VALUES", ())
    return ".".join([_newest(type(record), id=record.pk), *(version_of(record, name) for name in names)])


def version_of(record: Any, rows: str) -> str:
    """The newest history id among the rows of one kind that a record has or had."""
    relation = type(record)._meta.get_field(rows)
    return _newest(relation.related_model, **{relation.field.attname: record.pk})


def is_newer(now: str, seen: str) -> bool:
    """Whether something was saved after what somebody saw; what is no version was seen by nobody."""
    try:
        pairs = zip(map(int, now.split(".")), map(int, seen.split(".")), strict=True)
        return any(last > known for last, known in pairs)
    except ValueError:
        return True


def require(record: Any, seen: str | None) -> None:
    """Let one writer at a time at a record, and refuse a change that was built on an older state of it.

    `seen` is the version that was shown; None comes from what shows nobody a form, as the command line.
    """
    if seen is None:
        return
    type(record)._default_manager.select_for_update().filter(pk=record.pk).order_by("pk").first()
    if is_newer(version(record), seen):
        raise Outdated


def _newest(model: Any, **where: Any) -> str:
    rows = model.history.filter(**where)
    if hasattr(model, "SILENT"):
        return str(max((row.history_id for row in telling(model, rows)), default=NONE))
    return str(rows.aggregate(newest=Max("history_id"))["newest"] or NONE)
