"""Row history: every tracked model keeps its rows as they were, stamped with the moment the actor registered them."""

from collections.abc import Sequence
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
