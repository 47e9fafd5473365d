"""How far what was asked for in the background has come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.exceptions import TaskResultDoesNotExist

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.snapshots.models import Snapshot


@dataclass(frozen=True)
class SnapshotProgress:
    """A snapshot that is being taken in the background: since when, and how it ended."""

    begun_at: datetime | None
    identifier: str = ""
    refusal: str = ""


def snapshot_progress(*, actor: Actor, task_id: str) -> SnapshotProgress:
    """How far a snapshot asked for has come; DoesNotExist when nobody asked."""
    actor.require(Permission.TAKE_SNAPSHOT)
    try:
        found = default_task_backend.get_result(task_id)
    except TaskResultDoesNotExist as fault:
        raise Snapshot.DoesNotExist from fault
    if found.task.name != "take_snapshot":
        raise Snapshot.DoesNotExist
    if found.status == TaskResultStatus.FAILED:
        return SnapshotProgress(
            found.started_at, refusal=_("Ögonblicksbilden gick inte att ta. Driften ser i loggen varför.")
        )
    ended = dict(found.return_value or {}) if found.status == TaskResultStatus.SUCCESSFUL else {}
    return SnapshotProgress(found.started_at, ended.get("snapshot", ""), ended.get("refusal", ""))
