"""What may be asked about snapshots, denominators and report runs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.exceptions import TaskResultDoesNotExist

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.associations.models import Association
from finsam.codes import queries as codes
from finsam.interventions import queries as interventions
from finsam.publications.formats import report_page
from finsam.reporting import linkage, registered, rules
from finsam.reporting.models import AnsweredQuestion, Denominator, Linkage, ReportRun, SavedQuestion, Snapshot, Triangle
from finsam.reporting.snapshots import folder
from finsam.values.keys import parted, written

if TYPE_CHECKING:
    from finsam.publications.blocks import Publication
    from finsam.reporting.provenance import Provenance
    from finsam.reporting.questions.asked import Asked
    from finsam.reporting.questions.offered import Offered
    from finsam.reporting.registered_shown import Late
    from finsam.reporting.reports import Report


@dataclass(frozen=True)
class Answering:
    """A question that is being answered in the background: since when, and how it ended."""

    begun_at: datetime | None
    answer: int | None = None
    refusal: str = ""


@dataclass(frozen=True)
class Taking:
    """A snapshot that is being taken in the background: since when, and how it ended."""

    begun_at: datetime | None
    identifier: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class Lateness:
    """What was last counted of how late figures are registered; current when no snapshot has been taken since."""

    row: Triangle | None
    taken: list[Snapshot]
    is_current: bool


def taking(*, actor: Actor, task_id: str) -> Taking:
    """How far a snapshot asked for has come; DoesNotExist when nobody asked."""
    actor.require(Permission.TAKE_SNAPSHOT)
    try:
        found = default_task_backend.get_result(task_id)
    except TaskResultDoesNotExist as fault:
        raise Snapshot.DoesNotExist from fault
    if found.task.name != "take_snapshot":
        raise Snapshot.DoesNotExist
    if found.status == TaskResultStatus.FAILED:
        return Taking(found.started_at, refusal=_("Ögonblicksbilden gick inte att ta. Driften ser i loggen varför."))
    ended = dict(found.return_value or {}) if found.status == TaskResultStatus.SUCCESSFUL else {}
    return Taking(found.started_at, ended.get("snapshot", ""), ended.get("refusal", ""))


def snapshots(*, actor: Actor) -> QuerySet[Snapshot]:
    """Every snapshot taken, newest day first."""
    actor.require(Permission.SEE_SNAPSHOTS)
    return Snapshot.objects.order_by("-as_of", "-pk")


def snapshot(*, actor: Actor, identifier: str) -> Snapshot:
    """The snapshot with an ID; refused with a sentence when there is none."""
    found = snapshots(actor=actor).filter(identifier=identifier).first()
    if found is None:
        raise ValidationError(
            _("Det finns ingen ögonblicksbild med ID %(id)s. Se vilka som finns: finsam snapshot list"),
            params={"id": identifier},
        )
    return found


def snapshot_for(*, actor: Actor, year: int) -> Snapshot:
    """The snapshot a year's report is made from when none is named."""
    return rules.choose(list(snapshots(actor=actor)), year, actor.today)


def newest_snapshot(*, actor: Actor) -> Snapshot:
    """The snapshot of the newest day; refused with the command that takes one when there is none."""
    found = snapshots(actor=actor).first()
    if found is None:
        raise ValidationError(_("Det finns ingen ögonblicksbild. Ta en: finsam snapshot take"))
    return found


def linkages(*, actor: Actor) -> QuerySet[Linkage]:
    """Every linkage stored beside a snapshot, newest first."""
    actor.require(Permission.SEE_SNAPSHOTS)
    return Linkage.objects.select_related("snapshot").order_by("-stored_at", "-pk")


def late(*, actor: Actor) -> Lateness:
    """What was last counted of how late figures are registered, and the snapshots it could be counted from now."""
    actor.require(Permission.SEE_REPORTS)
    taken = list(Snapshot.objects.order_by("taken_at", "pk"))
    row = Triangle.objects.order_by("counted_at", "pk").last()
    return Lateness(
        row, taken, is_current=row is not None and row.key == registered.key(taken, settings.DISCLOSURE_RULE)
    )


def late_figures(*, actor: Actor) -> dict[str, str]:
    """The figures whose late registration is counted, and what they are called."""
    from finsam.reporting import registered_shown

    actor.require(Permission.SEE_REPORTS)
    return registered_shown.names()


def late_shown(*, actor: Actor, row: Triangle, figure: str, language: str) -> "Publication":
    """One figure of what was counted, ready to be shown."""
    from finsam.reporting import registered_shown

    return registered_shown.publication(_late(actor, row, figure), language)


def late_lines(*, actor: Actor, row: Triangle, figure: str) -> list[str]:
    """The same as lines of text, the sentences last."""
    from finsam.reporting import registered_shown

    found = _late(actor, row, figure)
    return [*registered_shown.lines(found), "", *registered_shown.sentences(found)]


def linkage_faults(*, actor: Actor, stored: Linkage) -> list[str]:
    """Every way in which a linkage is not what it was when it was stored, as sentences; none when it is whole."""
    actor.require(Permission.SEE_SNAPSHOTS)
    return linkage.faults(stored)


def reports(*, actor: Actor) -> list["Report"]:
    """The reports there are; one about linked persons only where the room of persons is."""
    from finsam.reporting.reports import REPORTS  # loads the statistics, which most pages do without

    actor.require(Permission.SEE_REPORTS)
    with_persons = apps.is_installed("finsam.participants")
    return [one for one in REPORTS.values() if with_persons or not one.needs_linkage]


def report(*, actor: Actor, key: str) -> "Report":
    """The report with a key; refused with a sentence when there is none."""
    found = {one.key: one for one in reports(actor=actor)}
    if key not in found:
        raise ValidationError(_("Rapporten finns inte. Välj en av: %(keys)s.") % {"keys": ", ".join(found)})
    return found[key]


def runs(*, actor: Actor) -> QuerySet[ReportRun]:
    """Every production of a report, newest first; for those who make them, others read what is published."""
    actor.require(Permission.PRODUCE_REPORT)
    return ReportRun.objects.select_related("snapshot").order_by("-requested_at", "-pk")


def run(*, actor: Actor, pk: int) -> ReportRun:
    """One production of a report."""
    return runs(actor=actor).get(pk=pk)


def finished(*, actor: Actor, report: str, year: int) -> ReportRun | None:
    """The newest finished production of a year's report."""
    return runs(actor=actor).filter(report=report, year=year, state=ReportRun.State.DONE).first()


def run_folder(*, actor: Actor, run: ReportRun) -> Path:
    """The folder with the files of a finished run."""
    actor.require(Permission.PRODUCE_REPORT)
    if run.state != ReportRun.State.DONE:
        raise ValidationError(_("Rapporten är inte klar än. Vänta eller beställ den en gång till."))
    return Path(settings.FINSAM_HOME) / "reports" / run.folder


def denominators(*, actor: Actor) -> QuerySet[Denominator]:
    """How many received each benefit each year, as published elsewhere."""
    actor.require(Permission.SEE_REPORTS)
    return Denominator.objects.order_by("year", "support", "pk")


def report_years(*, actor: Actor) -> list[int]:
    """The years a report can be about: those that have ended, newest first, back to the law's first."""
    actor.require(Permission.SEE_REPORTS)
    return list(range(actor.today.year - 1, 2003, -1))


def page(*, actor: Actor, run: ReportRun) -> report_page.Parts:
    """The parts of a finished report for a page."""
    return report_page.parts(run_folder(actor=actor, run=run))


def files(*, actor: Actor, run: ReportRun) -> dict[str, str]:
    """The files of a finished report, each with its SHA-256."""
    return dict(report_page.digests(run_folder(actor=actor, run=run)))


def csv_archive(*, actor: Actor, run: ReportRun) -> bytes:
    """Every CSV file of a finished report in one archive."""
    return report_page.zipped(run_folder(actor=actor, run=run))


def file(*, actor: Actor, run: ReportRun, name: str) -> bytes:
    """One file of a finished report, by its name in the manifest."""
    folder = run_folder(actor=actor, run=run)
    if name not in report_page.digests(folder):
        raise ReportRun.DoesNotExist
    return (folder / name).read_bytes()


def question_places(*, actor: Actor) -> list[tuple[str, str]]:
    """What part of the country an actor may ask about: all of it, or associations by number.

    Whoever works in interventions asks about the associations that those are in.
    """
    actor.require_some(Permission.ASK_TABLES)
    where = actor.associations(Permission.ASK_TABLES)
    found = Association.objects.order_by("name", "pk")
    if where is None:
        return [("", _("Hela landet")), *((one.number, one.name) for one in found)]
    assigned = interventions.visible(actor=actor, permission=Permission.ASK_TABLES).order_by("pk")
    own = found.filter(Q(organisation_id__in=where) | Q(pk__in=assigned.values("association")))
    return [(one.number, one.name) for one in own]


def require_question(*, actor: Actor, asked: "Asked") -> None:
    """Refuse a question about an association, or about all the country, that the actor may not ask about."""
    number = dict(asked.where).get("association", "")
    if number not in dict(question_places(actor=actor)):
        actor.require(Permission.ASK_TABLES, Association.objects.get(number=number) if number else None)


def question_snapshots(*, actor: Actor) -> QuerySet[Snapshot]:
    """The snapshots that questions can be asked of, newest day first."""
    actor.require_some(Permission.ASK_TABLES)
    return Snapshot.objects.order_by("-as_of", "-pk")


def question_snapshot(*, actor: Actor) -> Snapshot | None:
    """The snapshot a question is asked of when none is chosen; None before the first is taken."""
    return rules.newest_complete(list(question_snapshots(actor=actor)))


def offered(*, actor: Actor, snapshot: Snapshot) -> "Offered":
    """What can be chosen in a question to a snapshot."""
    from finsam.reporting.questions import offered as choices  # loads the statistics

    actor.require_some(Permission.ASK_TABLES)
    return choices.offered(snapshot.as_of, codes.labels)


def asked(*, actor: Actor, figure: str, by: Iterable[str], where: Mapping[str, str], first: str, last: str) -> "Asked":
    """A question as it is asked; refused at its field when it can't be, or when it is about somebody else's."""
    from finsam.reporting.questions.asked import Asked

    question = Asked.of(figure, tuple(by), where, first, last)
    require_question(actor=actor, asked=question)
    return question


def question_size(*, actor: Actor, asked: "Asked", snapshot: Snapshot) -> tuple[int, int]:
    """How many cells a question's table will have, and how many are protected with them; refused when too many."""
    from finsam.reporting import engines
    from finsam.reporting.questions.answers import Inquiry
    from finsam.reporting.questions.asked import MOST_CELLS

    require_question(actor=actor, asked=asked)
    with engines.tables(folder(snapshot.identifier)) as tables:
        inquiry = Inquiry(asked, tables)
        rules.refuse_large(inquiry.cells, MOST_CELLS)
        return inquiry.shown_cells, inquiry.cells


def answered(*, actor: Actor) -> QuerySet[AnsweredQuestion]:
    """What the actor has asked and been answered, newest first."""
    actor.require_some(Permission.ASK_TABLES)
    return (
        AnsweredQuestion.objects.filter(user_id=actor.user_id or 0)
        .select_related("snapshot")
        .order_by("-asked_at", "-pk")
    )


def answer(*, actor: Actor, pk: int) -> AnsweredQuestion:
    """One answer the actor has had and may still have."""
    found = answered(actor=actor).get(pk=pk)
    require_question(actor=actor, asked=question_of(actor=actor, row=found))
    return found


def answer_to(*, actor: Actor, asked: "Asked", snapshot: Snapshot) -> AnsweredQuestion | None:
    """The answer the actor has had to a question; None when it has not been asked."""
    require_question(actor=actor, asked=asked)
    return answered(actor=actor).filter(snapshot=snapshot, question=asked.key).first()


def answering(*, actor: Actor, task_id: str) -> Answering:
    """How far a question has come that the actor asked; DoesNotExist when it is somebody else's, or nobody's."""
    actor.require_some(Permission.ASK_TABLES)
    try:
        found = default_task_backend.get_result(task_id)
    except TaskResultDoesNotExist as fault:
        raise AnsweredQuestion.DoesNotExist from fault
    if found.task.name != "answer_question" or found.args[-1] != actor.user_id:
        raise AnsweredQuestion.DoesNotExist
    if found.status == TaskResultStatus.FAILED:
        return Answering(found.started_at, refusal=_("Tabellen gick inte att räkna. Driften ser i loggen varför."))
    ended = dict(found.return_value or {}) if found.status == TaskResultStatus.SUCCESSFUL else {}
    return Answering(found.started_at, ended.get("answer"), ended.get("refusal", ""))


def question_of(*, actor: Actor, row: AnsweredQuestion | SavedQuestion) -> "Asked":
    """The question of an answer or of one that is saved."""
    from finsam.reporting.questions.asked import Asked

    actor.require_some(Permission.ASK_TABLES)
    return Asked.read(json.loads(row.question))


def answer_shown(*, actor: Actor, row: AnsweredQuestion, language: str) -> "Publication":
    """An answer ready to be shown or written to a file."""
    from finsam.reporting.questions.answers import Answer
    from finsam.reporting.questions.shown import publication

    question = question_of(actor=actor, row=row)
    kept = Answer.read(question, row.answer)
    return publication(kept, row.snapshot.identifier, row.snapshot.as_of, language)


def answer_figure(*, actor: Actor, row: AnsweredQuestion, key: str) -> "Provenance":
    """Where a row of an answer comes from; DoesNotExist when there is no such row."""
    from finsam.reporting.questions.answers import Answer
    from finsam.reporting.questions.origins import provenance

    question = question_of(actor=actor, row=row)
    found = provenance(Answer.read(question, row.answer), parted(key), row.snapshot.as_of)
    if found is None:
        raise AnsweredQuestion.DoesNotExist
    return found


def saved_questions(*, actor: Actor) -> QuerySet[SavedQuestion]:
    """The questions the actor keeps, by name."""
    actor.require_some(Permission.ASK_TABLES)
    return SavedQuestion.objects.filter(user_id=actor.user_id or 0).order_by("name", "pk")


def question_address(*, actor: Actor, row: AnsweredQuestion | SavedQuestion) -> str:
    """A question as it stands in an address; of a saved one without a snapshot, so that the newest is asked."""
    asked = question_of(actor=actor, row=row)
    where = dict(asked.where)
    number = written(where.pop("association", ""))
    parts = [f"{name}:{written(code)}" for name, code in where.items()]
    found = [
        ("figure", asked.figure),
        *(("by", name) for name in asked.by),
        *zip(("part", "part_too"), parts, strict=False),
    ]
    found += [("first", asked.first), ("last", asked.last), ("place", number)]
    if isinstance(row, AnsweredQuestion):
        found.append(("snapshot", row.snapshot.identifier))
    return urlencode(found)


def _late(actor: Actor, row: Triangle, figure: str) -> "Late":
    from finsam.reporting.registered_shown import Late

    if figure not in late_figures(actor=actor):
        raise ValidationError(_("Siffran finns inte. Välj en i listan."))
    return Late(registered.read(row.answer), figure)
