"""The background work of the room: takes ids, so that it can wait in the database."""

import logging
from collections.abc import Iterator
from contextlib import ContextDecorator, contextmanager
from dataclasses import replace
from datetime import date, timedelta
from time import monotonic
from types import TracebackType

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import TaskContext, task

from finsam.access import clock
from finsam.access import queries as access
from finsam.access.actors import Actor
from finsam.access.models import User
from finsam.editions import actions as edition_actions
from finsam.editions import rules as edition_rules
from finsam.editions import run_actions
from finsam.editions.models import Compilation, EditionWork, ReportRun
from finsam.late import actions as late_actions
from finsam.late.models import LateCounting
from finsam.snapshots import actions as snapshot_actions
from finsam.table_builder import free_actions
from finsam.table_builder.models import FreeQuestion
from finsam.values.full_disk import is_full

logger = logging.getLogger(__name__)


class TaskFailed(Exception):
    """Background work that failed, by the kind of its fault alone."""


class wordless(ContextDecorator):  # noqa: N801 - it is used as a decorator
    """Keeps what a fault says out of the database, where the worker would store it beyond the reach of an erasure.

    The log has the fault with its frames; its formatter leaves the words out.
    """

    def __enter__(self) -> None:
        """Begin the work."""

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let a fault out as its kind."""
        if kind is not None:
            logger.error("Background work failed", exc_info=fault)
            raise TaskFailed(kind.__qualname__) from None


@task(takes_context=True)
@wordless()
def produce_report(context: TaskContext, run_id: int) -> None:
    """Produce the report of a run that someone asked for, if they still may."""
    begun, run = monotonic(), ReportRun.objects.get(pk=run_id)
    with _in_the_name(context, run.requested_by) as (actor, system):
        try:
            run_actions.perform(actor=actor, run=run, elapsed=lambda: timedelta(seconds=monotonic() - begun))
        except PermissionDenied:
            run_actions.turn_down(actor=system, run=run)


@task(takes_context=True)
@wordless()
def compile_edition(context: TaskContext, run_id: int) -> None:
    """Compile the edition that someone asked for, in their name: who compiles does not publish."""
    run = Compilation.objects.get(pk=run_id)
    with _in_the_name(context, run.requested_by) as (actor, system):
        try:
            edition_actions.compile_waiting(actor=actor, run=run)
        except PermissionDenied:
            run_actions.turn_down(actor=system, run=run)


@task(takes_context=True)
@wordless()
def work_on_edition(context: TaskContext, work_id: int) -> None:
    """Publish an edition, or attack it, in the name of who asked for it, if they still may."""
    work = EditionWork.objects.select_related("edition").get(pk=work_id)
    with _in_the_name(context, work.requested_by) as (actor, system):
        try:
            run_actions.carry_out(actor=actor, work=work)
        except PermissionDenied:
            run_actions.turn_down(actor=system, run=work)


@task(takes_context=True)
@wordless()
def count_late(context: TaskContext, counting_id: int) -> None:
    """Count late registration in the name of who asked for it, if they still may."""
    counting = LateCounting.objects.get(pk=counting_id)
    with _in_the_name(context, counting.requested_by) as (actor, system):
        try:
            late_actions.carry_out(actor=actor, counting=counting)
        except PermissionDenied:
            late_actions.turn_down(actor=system, counting=counting)


@task(takes_context=True)
@wordless()
def take_snapshot(context: TaskContext, as_of: str, user_id: int | None) -> dict[str, str]:
    """Take a snapshot that a user asked for; gives its ID, or the sentence of a refusal."""
    with _in_the_name(context, user_id) as (actor, _system):
        try:
            taken = snapshot_actions.take(actor=actor, as_of=date.fromisoformat(as_of))
        except ValidationError as refusal:
            return {"refusal": " ".join(refusal.messages)}
        except PermissionDenied:
            return {"refusal": edition_rules.may_no_longer()}
        except OSError as fault:
            if not is_full(fault):
                raise
            return {"refusal": _("Disken är full. Be driften att frigöra utrymme, och ta ögonblicksbilden igen.")}
    return {"snapshot": taken.identifier}


@task(takes_context=True)
@wordless()
def examine_free_question(context: TaskContext, row_id: int) -> None:
    """Work out what would be hidden if the answer to a free question were let out, in the name of who asked it."""
    row = FreeQuestion.objects.get(pk=row_id)
    with _in_the_name(context, row.user_id) as (actor, system):
        try:
            free_actions.examine(actor=actor, row=row)
        except PermissionDenied:
            free_actions.turn_down(actor=system, row=row)


@contextmanager
def _in_the_name(context: TaskContext, user_id: int | None) -> Iterator[tuple[Actor, Actor]]:
    """Who asked, with the roles they have when their turn has come, and the operator; in the language of who asked.

    Whoever may no longer sign in has no roles.
    """
    started_at = context.task_result.started_at
    if started_at is None:
        raise RuntimeError("A task is run by a worker, which says when it began")
    system = access.system_actor(at=clock.moment(started_at))
    user = User.objects.filter(pk=user_id or 0).first()
    actor = access.actor_for(user=user, at=system.at) if user else system
    if user and not user.is_active:
        actor = replace(actor, grants={})
    with translation.override(_language(user)):
        yield actor, system


def _language(user: User | None) -> str:
    """What a refusal speaks: the language of whoever asked."""
    return user.language if user else "sv"
