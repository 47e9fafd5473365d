"""What may be asked about snapshots, denominators and report runs."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.exceptions import TaskResultDoesNotExist

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.reporting import linkage, rules
from finsam.reporting.documents import pages
from finsam.reporting.models import Denominator, Linkage, ReportRun, Snapshot

if TYPE_CHECKING:
    from finsam.reporting.reports import Report


@dataclass(frozen=True)
class Taking:
    """A snapshot that is being taken in the background: since when, and how it ended."""

    begun_at: datetime | None
    identifier: str = ""
    refusal: str = ""


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
    return rules.choose(list(snapshots(actor=actor)), year)


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


def linkage_faults(*, actor: Actor, stored: Linkage) -> list[str]:
    """Every way in which a linkage is not what it was when it was stored, as sentences; none when it is whole."""
    actor.require(Permission.SEE_SNAPSHOTS)
    return linkage.faults(stored)


def reports(*, actor: Actor) -> list["Report"]:
    """The reports there are."""
    from finsam.reporting.reports import REPORTS  # loads the statistics, which most pages do without

    actor.require(Permission.SEE_REPORTS)
    return list(REPORTS.values())


def report(*, actor: Actor, key: str) -> "Report":
    """The report with a key; refused with a sentence when there is none."""
    found = {one.key: one for one in reports(actor=actor)}
    if key not in found:
        raise ValidationError(_("Rapporten finns inte. Välj en av: %(keys)s.") % {"keys": ", ".join(found)})
    return found[key]


def runs(*, actor: Actor) -> QuerySet[ReportRun]:
    """Every production of a report, newest first."""
    actor.require(Permission.SEE_REPORTS)
    return ReportRun.objects.select_related("snapshot").order_by("-requested_at", "-pk")


def run(*, actor: Actor, pk: int) -> ReportRun:
    """One production of a report."""
    return runs(actor=actor).get(pk=pk)


def finished(*, actor: Actor, report: str, year: int) -> ReportRun | None:
    """The newest finished production of a year's report."""
    return runs(actor=actor).filter(report=report, year=year, state=ReportRun.State.DONE).first()


def run_folder(*, actor: Actor, run: ReportRun) -> Path:
    """The folder with the files of a finished run."""
    actor.require(Permission.SEE_REPORTS)
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


def page(*, actor: Actor, run: ReportRun) -> pages.Parts:
    """The parts of a finished report for a page."""
    return pages.parts(run_folder(actor=actor, run=run))


def files(*, actor: Actor, run: ReportRun) -> dict[str, str]:
    """The files of a finished report, each with its SHA-256."""
    return dict(pages.digests(run_folder(actor=actor, run=run)))


def csv_archive(*, actor: Actor, run: ReportRun) -> bytes:
    """Every CSV file of a finished report in one archive."""
    return pages.zipped(run_folder(actor=actor, run=run))


def file(*, actor: Actor, run: ReportRun, name: str) -> bytes:
    """One file of a finished report, by its name in the manifest."""
    folder = run_folder(actor=actor, run=run)
    if name not in pages.digests(folder):
        raise ReportRun.DoesNotExist
    return (folder / name).read_bytes()
