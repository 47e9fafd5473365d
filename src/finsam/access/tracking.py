"""Row history: every tracked model keeps its rows as they were, stamped with the moment the actor registered them."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import models
from simple_history.models import HistoricalRecords

SWEDISH: Final = "swedish"  # the Swedish alphabet; a copy of sv-x-icu on PostgreSQL, config.sqlite on SQLite


def _user_id(historical: Any) -> int | None:
    user_id: int | None = historical.history_user_id
    return user_id


def _set_user_id(historical: Any, user_id: int | None) -> None:
    historical.history_user_id = user_id


def tracked(*, but: Sequence[str] = ()) -> HistoricalRecords:
    """Row history for a model, but for some fields; `access.audit` puts the stamp on each row, never the clock."""
    return HistoricalRecords(
        excluded_fields=[*but],
        history_user_id_field=models.BigIntegerField(null=True),
        history_user_getter=_user_id,
        history_user_setter=_set_user_id,
        history_change_reason_field=models.CharField(max_length=100, null=True),
    )


def telling(model: Any, rows: Any) -> Iterator[Any]:
    """The history rows of records of a model, oldest first, that differ from the one before in what may be told.

    Fields that a model names SILENT change by what somebody does who is not to be known of here.
    """
    silent = getattr(model, "SILENT", ())
    names = [field.attname for field in model._meta.concrete_fields if field.name not in silent]
    last: dict[Any, list[Any]] = {}
    for row in rows.order_by("history_date", "history_id"):
        now = [row.history_type, *(_plain(getattr(row, name, None)) for name in names)]
        if not silent or row.history_type != "~" or last.get(row.id, [])[1:] != now[1:]:
            yield row
        last[row.id] = now


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
