"""The background work of the room: takes ids, so that it can wait in the database."""

from datetime import timedelta
from time import monotonic

from django_tasks import TaskContext, task

from finsam.access import clock
from finsam.access import queries as access
from finsam.reporting import actions
from finsam.reporting.models import ReportRun


@task(takes_context=True)
def produce_report(context: TaskContext, run_id: int) -> None:
    """Produce the report of a run that someone asked for. The worker says when it began; no clock is read here."""
    begun, started_at = monotonic(), context.task_result.started_at
    if started_at is None:
        raise RuntimeError("A task is run by a worker, which says when it began")
    actor = access.system_actor(at=clock.moment(started_at))
    actions.perform(
        actor=actor,
        run=ReportRun.objects.get(pk=run_id),
        elapsed=lambda: timedelta(seconds=monotonic() - begun),
    )
