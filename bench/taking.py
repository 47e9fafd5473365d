"""Taking a snapshot of a filled home, and its peer: the same columns, as they are now, by Django's own way."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.utils import timezone

from finsam.access import queries
from finsam.access.clock import moment
from finsam.participants.models import Need, Participation, Person, Support
from finsam.snapshots import actions
from finsam.snapshots.folders import PARQUET

MODELS: Final = (Person, Participation, Support, Need)


def take(day: str) -> int:
    """Take the snapshot of a day as `finsam snapshot take` does; gives its rows."""
    actor = queries.system_actor(at=moment(timezone.now()))
    return actions.take(actor=actor, as_of=date.fromisoformat(day)).rows


def by_hand() -> int:
    """Write the rows as they are now to Parquet: no history, no numbering, no sorting; gives how many."""
    with TemporaryDirectory(dir=settings.FINSAM_HOME) as place:
        return sum(_write(model, Path(place)) for model in MODELS)


def _write(model: Any, place: Path) -> int:
    names = ["pk", *(field.attname for field in map(model._meta.get_field, model.Privacy.statistics))]
    columns = zip(*model.objects.order_by("pk").values_list(*names).iterator(chunk_size=10_000), strict=True)
    table = pa.table(dict(zip(names, map(list, columns), strict=True)))
    pq.write_table(table, place / f"{model._meta.model_name}.parquet", **PARQUET)
    return len(table)
