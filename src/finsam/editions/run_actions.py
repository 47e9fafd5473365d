"""Produces reports for work; they work for seconds and hold no transaction open meanwhile."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.editions import queries as edition_queries
from finsam.editions import refusals, rules, run_queries
from finsam.editions.choices import Choices, refuse_unasked
from finsam.editions.models import Compilation, ReportRun
from finsam.snapshots import denominators, linkage, storage
from finsam.snapshots.models import Snapshot
from finsam.values.full_disk import is_full

if TYPE_CHECKING:
    from finsam.reports.registry import Report


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
def interrupt(*, actor: Actor) -> int:
    """End the runs and compilations that were under way when the worker was stopped; gives how many runs."""
    actor.require(Permission.OPERATE)
    stopped = list(ReportRun.objects.filter(state=ReportRun.State.RUNNING).order_by("pk"))
    for run in stopped:
        sentence = _("Avbröts när servern stoppades. Beställ rapporten en gång till.")
        _move(run, ReportRun.State.FAILED, step="", message=sentence, finished_at=actor.at)
    for compiling in Compilation.objects.filter(state=ReportRun.State.RUNNING).order_by("pk"):
        compiling.state = rules.move(compiling.state, ReportRun.State.FAILED)
        compiling.message = _("Avbröts när servern stoppades. Sammanställ utgåvan en gång till.")
        compiling.save()
    return len(stopped)


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


def _move(run: ReportRun, to: str, **facts: object) -> None:
    run.state = rules.move(run.state, to)
    run.progress = 100 if to == ReportRun.State.DONE else run.progress
    for name, value in facts.items():
        setattr(run, name, value)
    run.save()


def _advance(run: ReportRun, step: str, done: int, total: int) -> None:
    run.progress, run.step = COMPUTING + (100 - COMPUTING) * done // max(total, 1), step
    run.save(update_fields=["progress", "step"])
