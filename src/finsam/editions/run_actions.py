"""Produces reports for work, and publishes and attacks what was ordered to be.

They work for seconds and hold no transaction open meanwhile.
"""

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.editions import actions as edition_actions
from finsam.editions import queries as edition_queries
from finsam.editions import refusals, rules, run_queries
from finsam.editions.choices import Choices, refuse_unasked
from finsam.editions.models import Compilation, Edition, EditionWork, ReportRun
from finsam.editions.telling import attacking
from finsam.snapshots import denominators, linkage, storage
from finsam.snapshots.models import Snapshot
from finsam.values.full_disk import is_full

if TYPE_CHECKING:
    from finsam.reports.registry import Report


M = TypeVar("M", ReportRun, Compilation, EditionWork)
Queued = Mapping[type[Model], Collection[int]]  # the keys of each model's rows whose task waits in the queue
EMPTY: Final[Queued] = MappingProxyType({})
NEEDED: Final[Mapping[str, Permission]] = {
    EditionWork.Kind.PUBLISH.value: Permission.PUBLISH_EDITION,
    EditionWork.Kind.ATTACK.value: Permission.REVIEW_EDITION,
}
Progress = Callable[[str, int, int], None]  # the file to be written, how many are done, of how many


COMPUTING = 30  # how much of a run's progress the figures are; the files are the rest


def produce(
    *,
    actor: Actor,
    report: "Report",
    year: int,
    snapshot: Snapshot,
    folder: Path,
    language: str = "sv",
    engine: str = "duckdb",
    master: str = "",
    threshold: int | None = None,
    hide_zeros: bool = False,
    progress: Progress | None = None,
) -> None:
    """Write a year's report from a snapshot into a new or empty folder; all of its files or none.

    It is protected together with every edition that is out, since whoever reads it can read them too.
    """
    from finsam.publications.formats import writer
    from finsam.snapshots import engines

    actor.require(Permission.PRODUCE_REPORT)
    refuse_unasked(report)
    writer.check_empty(folder)
    storage.refuse_damaged(snapshot.identifier, snapshot.digest)
    choices = Choices(threshold=threshold, hide_zeros=hide_zeros)
    inputs = edition_queries.inputs(
        actor=actor, report=report, year=year, snapshot=snapshot, language=language, choices=choices
    )
    place = storage.folder(snapshot.identifier)
    with engines.tables(place, engines.Engine(engine, master)) as tables, refusals.in_words(report.tables.words()):
        source = edition_queries.source_of(actor=actor, inputs=inputs, tables=tables, repeats=False)
        publication = report.compute(source)
    recipients = {"digest": denominators.digest(inputs.recipients), "rows": [list(row) for row in inputs.recipients]}
    made_of = {"denominators": recipients, "published_before": list(inputs.published)}
    writer.write(publication, folder, progress, made_of)


@transaction.atomic
def order(*, actor: Actor, report: "Report", year: int, snapshot: Snapshot, language: str = "sv") -> ReportRun:
    """Order a report, in Swedish (sv) or English (en); it waits until somebody performs the run."""
    actor.require(Permission.PRODUCE_REPORT)
    refuse_unasked(report)
    if report.needs_linkage:
        linkage.needed(snapshot)
    run = ReportRun(report=report.key, year=year, language=language, snapshot=snapshot)
    run.requested_by, run.requested_at = actor.user_id, actor.at
    audit.write(actor, "reporting.request_report", run)
    return run


@transaction.atomic
def order_work(*, actor: Actor, edition: Edition, kind: str) -> EditionWork:
    """Order that an edition is published or attacked; it waits until somebody carries it out.

    What is known at once is refused at once. Of what is under way already no second is made: that is a refusal too.
    """
    actor.require(NEEDED[kind])
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    work = EditionWork(edition=edition, kind=kind, requested_by=actor.user_id, requested_at=actor.at)
    if kind == EditionWork.Kind.PUBLISH:
        edition_actions.refuse_unready(actor=actor, edition=edition)
        audit.write(actor, "reporting.request_publish", work)
    else:
        edition_queries.made_of(actor=actor, edition=edition)  # refuses a damaged one
        audit.write(actor, "reporting.request_attack", work)
    return work


def carry_out(*, actor: Actor, work: EditionWork) -> EditionWork:
    """Publish or attack the edition as was ordered, noting how far it has come; a refusal ends as a sentence."""
    actor.require(NEEDED[work.kind])
    _move(work, EditionWork.State.RUNNING)
    ended, message = EditionWork.State.FAILED, _("Något gick fel. Driften ser i loggen vad.")
    try:
        message = _done(actor, work)
        ended = EditionWork.State.DONE
    except ValidationError as refusal:
        message = " ".join(refusal.messages)
    finally:
        _move(work, ended, step="", message=message[:1000])
    return work


def _done(actor: Actor, work: EditionWork) -> str:
    """Do what was ordered; gives what the attack found."""
    edition = work.edition

    def tell(step: str, percent: int) -> None:
        work.step, work.progress = step, percent
        work.save(update_fields=["step", "progress"])

    if work.kind == EditionWork.Kind.PUBLISH:
        edition_actions.publish(actor=actor, edition=edition, progress=tell)
        return ""
    found = edition_queries.leaks(actor=actor, edition=edition, progress=attacking(tell, 0))
    sentence = _("En dold siffra går att räkna ut i %(tables)s. Publicera inte utgåvan.")
    return sentence % {"tables": ", ".join(found)} if found else ""


@transaction.atomic
def turn_down(*, actor: Actor, run: Compilation | EditionWork | ReportRun) -> None:
    """End what was ordered by somebody who may do it no longer when its turn comes."""
    actor.require(Permission.OPERATE)
    _move(run, ReportRun.State.FAILED, step="", message=rules.may_no_longer())


@transaction.atomic
def interrupt(*, actor: Actor, queued: Queued = EMPTY) -> int:
    """End what was under way when the worker was stopped, or waits for a task that is in no queue; gives how many runs.

    `queued` are the keys of those that still have their turn coming. What was let out just before is done.
    """
    actor.require(Permission.OPERATE)
    stopped = list(_lost(ReportRun, queued))
    for run in stopped:
        sentence = _("Avbröts när servern stoppades. Beställ rapporten en gång till.")
        _move(run, ReportRun.State.FAILED, step="", message=sentence, finished_at=actor.at)
    for compiling in _lost(Compilation, queued):
        sentence = _("Avbröts när servern stoppades. Sammanställ utgåvan en gång till.")
        _move(compiling, ReportRun.State.FAILED, step="", message=sentence)
    for work in _lost(EditionWork, queued):
        if work.kind == EditionWork.Kind.PUBLISH and work.edition.state == Edition.State.PUBLISHED:
            _move(work, EditionWork.State.DONE, step="")
        else:
            sentence = _("Avbröts när servern stoppades. Inget är ändrat. Beställ det en gång till.")
            _move(work, EditionWork.State.FAILED, step="", message=sentence)
    return len(stopped)


def _lost(model: type[M], queued: Queued) -> Iterator[M]:
    """What began and did not end, and what waits for nothing."""
    under_way = model._default_manager.filter(state__in=EditionWork.UNDER_WAY).order_by("pk")
    yield from under_way.exclude(state=ReportRun.State.WAITING, pk__in=queued.get(model, ()))


def perform(*, actor: Actor, run: ReportRun, elapsed: Callable[[], timedelta]) -> ReportRun:
    """Produce the report of a run, noting how far it has come; a refusal ends as a sentence in the run."""
    actor.require(Permission.PRODUCE_REPORT)
    _move(run, ReportRun.State.RUNNING)
    folder = f"{run.report}-{run.year}-{run.pk}-{secrets.token_hex(4)}"
    ended, message = ReportRun.State.FAILED, _("Något gick fel. Driften ser i loggen vad.")
    try:
        produce(
            actor=actor,
            report=run_queries.report(actor=actor, key=run.report),
            year=run.year,
            snapshot=run.snapshot,
            language=run.language,
            folder=Path(settings.FINSAM_HOME) / "reports" / folder,
            progress=lambda step, done, total: _advance(run, step, done, total),
        )
        ended, message = ReportRun.State.DONE, ""
    except ValidationError as refusal:
        message = " ".join(refusal.messages)
    except OSError as fault:
        message = _("Rapporten gick inte att skriva (fel %(number)s). Be driften att se efter.") % {
            "number": fault.errno
        }
        if is_full(fault):
            message = _("Disken är full. Be driften att frigöra utrymme, och beställ rapporten igen.")
    finally:
        done = folder if ended == ReportRun.State.DONE else ""
        _move(run, ended, step="", message=message[:500], folder=done, finished_at=actor.at + elapsed())
    return run


def _move(run: ReportRun | Compilation | EditionWork, to: str, **facts: object) -> None:
    run.state = rules.move(run.state, to)
    run.progress = 100 if to == ReportRun.State.DONE else run.progress
    for name, value in facts.items():
        setattr(run, name, value)
    run.save()


def _advance(run: ReportRun, step: str, done: int, total: int) -> None:
    run.progress, run.step = COMPUTING + (100 - COMPUTING) * done // max(total, 1), step
    run.save(update_fields=["progress", "step"])
