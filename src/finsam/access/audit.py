"""The only way to write: validates, stamps row history with the actor's moment, saves, and leaves an audit row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction

from finsam.access import bulk
from finsam.access.actors import Actor
from finsam.access.models import AuditRow, ReadRow, full_name

BATCH = 2_000
STAMPS = ("history_date", "history_type", "history_user_id")
M = TypeVar("M", bound=models.Model)


def write(actor: Actor, action: str, row: models.Model) -> None:
    """Validate a row, save it with its history stamped `actor.at`, and note who did what."""
    row.full_clean()
    _stamp(actor, row)
    row.save()
    record(actor, action, row)


def remove(actor: Actor, action: str, row: models.Model) -> None:
    """Delete a row; its history keeps what it was and says when and by whom it was taken away."""
    _stamp(actor, row)
    key = row.pk
    row.delete()
    record(actor, action, row, record_id=key)


def record(actor: Actor, action: str, row: models.Model, *, record_id: int | None = None, rows: int = 1) -> None:
    """Note that the actor did something to a record."""
    AuditRow.objects.create(
        at=actor.at,
        user_id=actor.user_id,
        role=actor.capacity,
        action=action,
        model=full_name(row),
        record_id=record_id if record_id is not None else row.pk,
        rows=rows,
    )


def read(actor: Actor, what: ReadRow.What, record_id: int | None = None) -> None:
    """Note a reading; called before the answer is given."""
    ReadRow.objects.create(at=actor.at, user_id=actor.user_id, role=actor.capacity, what=what, record_id=record_id)


def erase(actor: Actor, action: str, model: Any, **where: Any) -> int:
    """Delete the rows that are or ever were so, with all they ever were; returns how many. Erasure wins over history.

    A row that was taken away before, as a support that was corrected, is left in the history alone: found there too.
    """
    there = model.objects.filter(**where).order_by("pk").values_list("pk", flat=True)
    were = model.history.filter(**where).order_by("id").values_list("id", flat=True)
    keys = sorted({*there, *were})
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        model.objects.filter(pk__in=batch)._raw_delete(using=model.objects.db)
        model.history.filter(id__in=batch)._raw_delete(using=model.objects.db)
    _together(actor, action, model, len(keys))
    return len(keys)


def repoint(actor: Actor, action: str, row: Any, field: str, away_from: int) -> None:
    """Let what a row once was point where the row points now, when what it pointed at is to be erased."""
    past = type(row).history.filter(id=row.pk, **{field: away_from})
    changed = past.update(**{field: getattr(row, field)})
    record(actor, action, row, rows=changed)


def reword(model: Any, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Put in rows, after their keys, other values that say the same: no history, for nothing has happened to them.

    `names` are the columns. Whoever asks for it notes the whole of it in the trail.
    """
    bulk.change(model, names, rows)


def registered(row: M, at: datetime, *earlier: tuple[datetime, M]) -> M:
    """Say when a row of `write_many` was registered, and which states (oldest first) it had before that."""
    row._registered_at = at  # type: ignore[attr-defined]
    row._earlier = earlier  # type: ignore[attr-defined]
    return row


@transaction.atomic
def write_many(actor: Actor, action: str, rows: Sequence[M]) -> Sequence[M]:
    """Validate and write many new rows of one model, its history if it keeps one, and an audit row; all or nothing.

    Leaves the same history as `write` would, row by row. A row passed through `registered` keeps that moment
    and its earlier states. Links to other rows are checked by the database, not one by one.
    """
    if not rows:
        return rows
    model: Any = type(rows[0])
    check = checker(model)
    for row in rows:
        check(row)
    fields = [field.attname for field in model._meta.concrete_fields]
    _insert(model, fields, rows)
    if hasattr(model, "history"):
        kept = [field.attname for field in model.history.model.tracked_fields]
        past = (version for row in rows for version in _versions(actor, kept, row))
        bulk.insert(model.history.model, [*STAMPS, *kept], past)
    _together(actor, action, model, len(rows))
    return rows


def _together(actor: Actor, action: str, model: Any, rows: int) -> None:
    """Note in one row that the actor did something to many records of a model."""
    AuditRow.objects.create(
        at=actor.at, user_id=actor.user_id, role=actor.capacity, action=action, model=full_name(model), rows=rows
    )


def checker(model: type[models.Model]) -> Callable[[models.Model], None]:
    """A function that checks a row's own fields as `clean_fields` does, prepared once for many rows."""
    fields = [f for f in model._meta.concrete_fields if not f.primary_key and not f.is_relation]
    known: dict[Any, dict[Any, Any]] = {field: {} for field in fields}  # what a value seen before was cleaned to

    def check(row: models.Model) -> None:
        faults: dict[str, list[Any]] = defaultdict(list)
        for field in fields:
            value = getattr(row, field.attname)
            if field.blank and value in field.empty_values:
                continue
            try:
                setattr(row, field.attname, _cleaned(field, value, row, known[field]))
            except ValidationError as fault:
                faults[field.name] += fault.error_list
        if faults:
            raise ValidationError(dict(faults))
        row.clean()

    return check


def _cleaned(field: Any, value: Any, row: models.Model, known: dict[Any, Any]) -> Any:
    key = type(value), value  # 1 and True are equal, and not the same
    if key not in known:
        if len(known) == BATCH:  # values that seldom come again are not worth remembering
            return field.clean(value, row)
        known[key] = field.clean(value, row)
    return known[key]


def _insert(model: Any, fields: Sequence[str], rows: Sequence[Any]) -> None:
    for row, key in zip(rows, bulk.new_keys(model, len(rows)), strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, "default"
    bulk.insert(model, fields, ([getattr(row, name) for name in fields] for row in rows))


def _versions(actor: Actor, fields: Sequence[str], row: Any) -> Iterable[tuple[Any, ...]]:
    states = [*getattr(row, "_earlier", ()), (getattr(row, "_registered_at", actor.at), row)]
    for number, (at, state) in enumerate(states):
        values = [getattr(row if name == "id" else state, name) for name in fields]
        yield at, "~" if number else "+", actor.user_id, *values


def _stamp(actor: Actor, row: Any) -> None:
    row._history_date = actor.at
    row._history_user = actor.user_id
