"""What may be done in the room: take and verify snapshots, import denominators, produce reports.

`take`, `store_linkage`, `produce` and `perform` work for seconds and therefore hold no transaction open while they
read and write files: on SQLite nobody else could save meanwhile. What they leave in the database is written in one.
"""

import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.reporting import denominators, linkage, queries, refusals, registered, rules, snapshots
from finsam.reporting.edition_models import Compilation
from finsam.reporting.models import AnsweredQuestion, Denominator, Linkage, ReportRun, SavedQuestion, Snapshot, Triangle

if TYPE_CHECKING:
    from finsam.reporting.questions.asked import Asked
    from finsam.reporting.reports import Report

Tell = Callable[[str], None]  # what is being done
Progress = Callable[[str, int, int], None]  # the file to be written, how many are done, of how many
COMPUTING = 30  # how much of a run's progress the figures are; the files are the rest


def take(*, actor: Actor, as_of: date, progress: Tell | None = None) -> Snapshot:
    """Take a snapshot as of a day; the same content gives the same snapshot, which is then not taken twice."""
    from finsam.reporting import extract  # loads what reads columns: seconds that no other command has to wait

    actor.require(Permission.TAKE_SNAPSHOT)
    rules.refuse_future(as_of, actor.today)
    with snapshots.alone():
        read = extract.read(as_of, progress or extract.silently)
        written = snapshots.write(read, as_of)
    return _register(actor, written, as_of)


@transaction.atomic
def request_snapshot(*, actor: Actor, as_of: date) -> str:
    """Ask for a snapshot to be taken in the background; gives the ID to follow it by."""
    from finsam.reporting import tasks  # which runs the actions of this module

    actor.require(Permission.TAKE_SNAPSHOT)
    rules.refuse_future(as_of, actor.today)
    return str(tasks.take_snapshot.enqueue(as_of.isoformat(), actor.user_id).id)


def verify(*, actor: Actor, snapshot: Snapshot) -> list[str]:
    """Compare every byte of a snapshot with what was taken; gives what is wrong, as sentences."""
    actor.require(Permission.SEE_SNAPSHOTS)
    return snapshots.faults(snapshot.identifier, snapshot.digest)


def store_linkage(
    *, actor: Actor, snapshot: Snapshot, rows: Sequence[linkage.Row], unknown: int, source: str = ""
) -> Linkage:
    """Store what another agency says of persons in a snapshot, whom `participants` has given their pseudonyms.

    `unknown` is how many of its rows were about nobody in this home.
    """
    actor.require(Permission.LINK)
    snapshots.refuse_damaged(snapshot.identifier, snapshot.digest)
    written = linkage.write(snapshot, rows, unknown=unknown, source=source)
    with transaction.atomic():
        found = Linkage.objects.filter(digest=written.digest).order_by("pk").first()
        if found is None:
            found = Linkage(
                snapshot=snapshot, source=source, stored_by=actor.user_id, stored_at=actor.at, **asdict(written)
            )
            audit.write(actor, "reporting.store_linkage", found)
    return found


@transaction.atomic
def import_denominators(*, actor: Actor, content: bytes) -> int:
    """Import every row of a file (columns as COLUMNS), or none; gives how many were new or changed."""
    actor.require(Permission.MANAGE_CODES)
    return sum(_import_line(actor, line) for line in denominators.read(content, actor.today))


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
    from finsam.reporting import editions, engines

    actor.require(Permission.PRODUCE_REPORT)
    writer.check_empty(folder)
    snapshots.refuse_damaged(snapshot.identifier, snapshot.digest)
    rule = rules.stricter(settings.DISCLOSURE_RULE, threshold, hide_zeros=hide_zeros)
    inputs = editions.inputs(actor=actor, report=report.key, year=year, snapshot=snapshot, language=language, rule=rule)
    place = snapshots.folder(snapshot.identifier)
    with engines.tables(place, engines.Engine(engine, master)) as tables, refusals.in_words(report.words()):
        publication = report.compute(
            tables,
            year,
            denominators.held(inputs.recipients),
            inputs.rule,
            snapshot_id=snapshot.identifier,
            as_of=snapshot.as_of,
            language=language,
            link=editions.beside(actor=actor, inputs=inputs),
            **linkage.handed(inputs.linkage, tables),
        )
    recipients = {"digest": denominators.digest(inputs.recipients), "rows": [list(row) for row in inputs.recipients]}
    made_of = {"denominators": recipients, "published_before": list(inputs.published)}
    writer.write(publication, folder, progress, made_of)


@transaction.atomic
def request_report(*, actor: Actor, report: "Report", year: int, snapshot: Snapshot, language: str = "sv") -> ReportRun:
    """Ask for a report to be produced in the background, in Swedish (sv) or English (en)."""
    from finsam.reporting import tasks  # which runs the actions of this module

    actor.require(Permission.PRODUCE_REPORT)
    if report.needs_linkage:
        linkage.needed(snapshot)
    run = ReportRun(report=report.key, year=year, language=language, snapshot=snapshot)
    run.requested_by, run.requested_at = actor.user_id, actor.at
    audit.write(actor, "reporting.request_report", run)
    transaction.on_commit(lambda: tasks.produce_report.enqueue(run.pk) and None)
    return run


def perform(*, actor: Actor, run: ReportRun, elapsed: Callable[[], timedelta]) -> ReportRun:
    """Produce the report of a run, noting how far it has come; a refusal ends as a sentence in the run."""
    actor.require(Permission.PRODUCE_REPORT)
    _move(run, ReportRun.State.RUNNING)
    folder = f"{run.report}-{run.year}-{run.pk}-{secrets.token_hex(4)}"
    ended, message = ReportRun.State.FAILED, _("Något gick fel. Driften ser i loggen vad.")
    try:
        produce(
            actor=actor,
            report=queries.report(actor=actor, key=run.report),
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
        message = _("Rapporten gick inte att skriva: %(fault)s.") % {"fault": fault.strerror}
    finally:
        done = folder if ended == ReportRun.State.DONE else ""
        _move(run, ended, step="", message=message[:500], folder=done, finished_at=actor.at + elapsed())
    return run


def ask(*, actor: Actor, asked: "Asked", snapshot: Snapshot) -> AnsweredQuestion:
    """Answer a question, protected beside the same user's answers and the editions that are out.

    A question twice is one answer.
    """
    queries.require_question(actor=actor, asked=asked)
    found = queries.answer_to(actor=actor, asked=asked, snapshot=snapshot)
    if found is not None:
        return found
    before = list(queries.answered(actor=actor).filter(snapshot=snapshot))
    rules.refuse_beyond(len(before))
    queries.question_size(actor=actor, asked=asked, snapshot=snapshot)
    older = queries.answered(actor=actor).filter(question=asked.key).exclude(snapshot=snapshot).first()
    title, facts = _answer(actor, asked, snapshot, before, older)
    row = AnsweredQuestion(
        user_id=actor.user_id or 0,
        snapshot=snapshot,
        number=len(before) + 1,
        question=asked.key,
        title=title[:500],
        answer=facts,
        asked_at=actor.at,
    )
    with transaction.atomic():
        audit.write(actor, "reporting.ask", row)
    return row


@transaction.atomic
def request_answer(*, actor: Actor, asked: "Asked", snapshot: Snapshot) -> str:
    """Ask for a question to be answered in the background; gives the ID to follow it by."""
    from finsam.reporting import tasks  # which runs the actions of this module

    queries.require_question(actor=actor, asked=asked)
    rules.refuse_beyond(queries.answered(actor=actor).filter(snapshot=snapshot).count())
    return str(tasks.answer_question.enqueue(asked.key, snapshot.identifier, actor.user_id or 0).id)


@transaction.atomic
def save_question(*, actor: Actor, asked: "Asked", name: str) -> SavedQuestion:
    """Keep a question under a name, to ask it again of a newer snapshot."""
    queries.require_question(actor=actor, asked=asked)
    row = SavedQuestion(user_id=actor.user_id or 0, name=name, question=asked.key, saved_at=actor.at)
    audit.write(actor, "reporting.save_question", row)
    return row


@transaction.atomic
def discard_question(*, actor: Actor, pk: int) -> None:
    """Take away a saved question; the answers it has had are kept."""
    row = queries.saved_questions(actor=actor).get(pk=pk)
    audit.remove(actor, "reporting.discard_question", row)


def count_late(*, actor: Actor) -> Triangle:
    """Count the years that are over in every snapshot, protected together; the same snapshots are counted once."""
    from finsam.reporting import editions

    actor.require(Permission.PRODUCE_REPORT)
    late, rule = queries.late(actor=actor), settings.DISCLOSURE_RULE
    if late.row is not None and late.is_current:
        return late.row
    out = editions.held(actor=actor, identifiers=[one.identifier for one in editions.published(actor=actor)])
    answer, key = registered.counted(late.taken, out, rule), registered.key(late.taken, rule)
    found = Triangle(
        key=key,
        answer=answer,
        counted_by=actor.user_id,
        counted_at=actor.at,
    )
    with transaction.atomic():
        audit.write(actor, "reporting.count_late", found)
    return found


@transaction.atomic
def give_up(*, actor: Actor) -> int:
    """End the runs and snapshots that were under way when the worker was stopped; gives how many runs."""
    actor.require(Permission.OPERATE)
    for task in DBTaskResult.objects.running().order_by("pk"):
        task.set_failed(InterruptedError())
    stopped = list(ReportRun.objects.filter(state=ReportRun.State.RUNNING).order_by("pk"))
    for run in stopped:
        sentence = _("Avbröts när servern stoppades. Beställ rapporten en gång till.")
        _move(run, ReportRun.State.FAILED, step="", message=sentence, finished_at=actor.at)
    for compiling in Compilation.objects.filter(state=ReportRun.State.RUNNING).order_by("pk"):
        compiling.state = rules.move(compiling.state, ReportRun.State.FAILED)
        compiling.message = _("Avbröts när servern stoppades. Sammanställ utgåvan en gång till.")
        compiling.save()
    return len(stopped)


def _answer(
    actor: Actor,
    asked: "Asked",
    snapshot: Snapshot,
    before: Sequence[AnsweredQuestion],
    older: AnsweredQuestion | None,
) -> tuple[str, dict[str, Any]]:
    """Give the title and the answer, protected beside what the same user has had and what is published."""
    from finsam.reporting import editions, engines
    from finsam.reporting.questions import builder, shown
    from finsam.reporting.questions.answers import Answer
    from finsam.reporting.questions.asked import Asked

    had = [Answer.read(Asked.read(json.loads(row.question)), row.answer) for row in before]
    from_older = (older.snapshot.digest, Answer.read(asked, older.answer)) if older else None
    beside = builder.Beside(snapshot.digest, had, from_older, editions.out(actor=actor))
    with engines.tables(snapshots.folder(snapshot.identifier)) as tables:
        answer = builder.answered(asked, tables, beside, settings.DISCLOSURE_RULE)
    return shown.titled(answer), answer.facts()


@transaction.atomic
def _register(actor: Actor, written: snapshots.Written, as_of: date) -> Snapshot:
    found = Snapshot.objects.filter(digest=written.digest).order_by("pk").first()
    if found is None:
        found = Snapshot(
            identifier=written.identifier,
            as_of=as_of,
            digest=written.digest,
            taken_by=actor.user_id,
            taken_at=actor.at,
            rows=written.rows,
            erased=written.erased,
        )
        audit.write(actor, "reporting.take", found)
    return found


def _import_line(actor: Actor, line: denominators.Line) -> int:
    row = Denominator.objects.filter(year=line.year, support=line.support).order_by("pk").first() or Denominator()
    if row.pk and (row.recipients, row.source, row.as_of) == (line.recipients, line.source, line.as_of):
        return 0
    row.year, row.support, row.recipients = line.year, line.support, line.recipients
    row.source, row.as_of = line.source, line.as_of
    audit.write(actor, "reporting.import_denominators", row)
    return 1


def _move(run: ReportRun, to: str, **facts: object) -> None:
    run.state = rules.move(run.state, to)
    run.progress = 100 if to == ReportRun.State.DONE else run.progress
    for name, value in facts.items():
        setattr(run, name, value)
    run.save()


def _advance(run: ReportRun, step: str, done: int, total: int) -> None:
    run.progress, run.step = COMPUTING + (100 - COMPUTING) * done // max(total, 1), step
    run.save(update_fields=["progress", "step"])
