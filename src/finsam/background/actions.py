"""Asks for work to be done in the background, and ends what was under way when the worker was stopped."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.background import tasks
from finsam.editions import actions as edition_actions
from finsam.editions import queries as edition_queries
from finsam.editions import run_actions, run_queries
from finsam.editions.models import Compilation, Edition, EditionWork, ReportRun
from finsam.late import actions as late_actions
from finsam.late import queries as late_queries
from finsam.late.models import LateCounting
from finsam.reports.commission import ORDINARY, Commission
from finsam.snapshots import rules as snapshot_rules
from finsam.snapshots.models import Snapshot
from finsam.table_builder import free_actions, free_queries
from finsam.table_builder import rules as question_rules
from finsam.table_builder.models import FreeQuestion

if TYPE_CHECKING:
    from finsam.reports.registry import Report
    from finsam.reports.special.question import Question


@transaction.atomic
def request_snapshot(*, actor: Actor, as_of: date) -> str:
    """Ask for a snapshot to be taken in the background; gives the ID to follow it by."""
    actor.require(Permission.TAKE_SNAPSHOT)
    snapshot_rules.refuse_future(as_of, actor.today)
    return str(tasks.take_snapshot.enqueue(as_of.isoformat(), actor.user_id).id)


@transaction.atomic
def request_report(*, actor: Actor, report: "Report", year: int, snapshot: Snapshot, language: str = "sv") -> ReportRun:
    """Ask for a report to be produced in the background, in Swedish (sv) or English (en)."""
    run = run_actions.order(actor=actor, report=report, year=year, snapshot=snapshot, language=language)
    tasks.produce_report.enqueue(run.pk)
    return run


@transaction.atomic
def request_edition(
    *,
    actor: Actor,
    report: "Report",
    year: int,
    snapshot: Snapshot,
    language: str = "sv",
    replaces: Edition | None = None,
    reason: str = "",
    commission: Commission = ORDINARY,
    **chosen: Any,
) -> Compilation:
    """Ask for an edition to be compiled in the background."""
    run = edition_actions.order(
        actor=actor,
        report=report,
        year=year,
        snapshot=snapshot,
        language=language,
        replaces=replaces,
        reason=reason,
        commission=commission,
        **chosen,
    )
    tasks.compile_edition.enqueue(run.pk)
    return run


@transaction.atomic
def request_work(*, actor: Actor, edition: Edition, kind: str) -> EditionWork:
    """Ask for an edition to be published or attacked in the background; what is under way already is followed.

    It stands in the queue as soon as it is written down: it can't be left waiting for a turn that never comes.
    """
    if found := run_queries.under_way(actor=actor, edition=edition, kind=kind):
        return found
    work = run_actions.order_work(actor=actor, edition=edition, kind=kind)
    tasks.work_on_edition.enqueue(work.pk)
    return work


@transaction.atomic
def request_late(*, actor: Actor) -> LateCounting:
    """Ask for late registration to be counted in the background; what is under way already is followed."""
    found = late_queries.last_ordered(actor=actor)
    if found and found.is_under_way:
        return found
    counting = late_actions.order(actor=actor)
    tasks.count_late.enqueue(counting.pk)
    return counting


def request_free_answer(*, actor: Actor, question: "Question", snapshot: Snapshot) -> FreeQuestion:
    """Ask a question freely; what would be hidden is worked out at once, or in the background when it takes long.

    Beside what is out it does, however small the table is.
    """
    row = free_actions.count_freely(actor=actor, question=question, snapshot=snapshot)
    _asked, together = free_queries.free_sizes(actor=actor, question=question, snapshot=snapshot)
    if together <= question_rules.AT_ONCE and not edition_queries.published(actor=actor):
        return free_actions.examine(actor=actor, row=row)
    if row.is_waiting:
        tasks.examine_free_question.enqueue(row.pk)
    return row


@transaction.atomic
def request_special(
    *, actor: Actor, row: FreeQuestion, title: str, purpose: str, recipient: str, language: str = "sv"
) -> Compilation:
    """Ask for a special edition of a free question's answer to be compiled: why it is made, and for whom."""
    free_queries.refuse_not_to_be_let_out(actor=actor, row=row)
    return request_edition(
        actor=actor,
        report=run_queries.report(actor=actor, key=edition_queries.SPECIAL),
        year=free_queries.free_asked(actor=actor, row=row).year,
        snapshot=row.snapshot,
        language=language,
        commission=Commission(row.question, title, purpose, recipient),
    )


@transaction.atomic
def give_up(*, actor: Actor) -> int:
    """End the runs and snapshots that were under way when the worker was stopped; gives how many runs."""
    actor.require(Permission.OPERATE)
    free_actions.interrupt(actor=actor)
    late_actions.interrupt(actor=actor, queued=_queued(tasks.count_late))
    for task in DBTaskResult.objects.running().order_by("pk"):
        task.set_failed(InterruptedError())
    queued = {
        ReportRun: _queued(tasks.produce_report),
        Compilation: _queued(tasks.compile_edition),
        EditionWork: _queued(tasks.work_on_edition),
    }
    return run_actions.interrupt(actor=actor, queued=queued)


def _queued(task: Any) -> set[int]:
    """The keys that a task still waits in the queue for; no older worker's path counts, which nothing carries out."""
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task.module_path)
    return {row.args_kwargs["args"][0] for row in waiting.order_by("pk")}
