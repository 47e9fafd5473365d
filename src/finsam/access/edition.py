"""The first edition of shipped rows (codes, parties, municipalities), written by migrations without touching others."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

# Shipped rows count as registered when the law came into force, so that every snapshot of a later day has them.
SHIPPED_AT = datetime(2004, 1, 1, tzinfo=ZoneInfo("Europe/Stockholm"))


def ship(apps: Any, room: str, model: str, keys: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> None:
    """Add the rows that are not there yet, told apart by `keys`, with their history; never change one that is."""
    current, historical = apps.get_model(room, model), apps.get_model(room, f"Historical{model}")
    there = set(current.objects.order_by("pk").values_list(*keys))
    new = [current(**row) for row in rows if tuple(row[key] for key in keys) not in there]
    current.objects.bulk_create(new)
    names = [field.attname for field in current._meta.concrete_fields]
    historical.objects.bulk_create(
        historical(
            **{name: getattr(row, name) for name in names},
            history_date=SHIPPED_AT,
            history_type="+",
            history_user_id=None,
        )
        for row in new
    )
