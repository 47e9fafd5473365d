"""What may be asked about reports: which there are, and the runs that produce them for work."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.editions.models import Edition, EditionWork, ReportRun
from finsam.publications.formats import report_page

if TYPE_CHECKING:
    from finsam.reports.registry import Report


def reports(*, actor: Actor) -> list["Report"]:
    """The reports that can be ordered; one about linked persons only where the room of persons is."""
    from finsam.reports.registry import REPORTS  # loads the statistics, which most pages do without

    actor.require(Permission.SEE_REPORTS)
    with_persons = apps.is_installed("finsam.participants")
    return [one for one in REPORTS.values() if one.is_offered and (with_persons or not one.needs_linkage)]


def report(*, actor: Actor, key: str) -> "Report":
    """The report with a key, one that answers a question too; refused with a sentence when there is none."""
    from finsam.reports.registry import REPORTS

    offered = {one.key: one for one in reports(actor=actor)}
    found = offered | {one.key: one for one in REPORTS.values() if not one.is_offered}
    if key not in found:
        raise ValidationError(_("Rapporten finns inte. Välj en av: %(keys)s.") % {"keys": ", ".join(offered)})
    return found[key]


def name(*, actor: Actor, key: str) -> str:
    """What a report is called; one that there is no longer by its key."""
    from finsam.reports.registry import REPORTS

    actor.require(Permission.SEE_REPORTS)
    return str(REPORTS[key].name) if key in REPORTS else key


def runs(*, actor: Actor) -> QuerySet[ReportRun]:
    """Every production of a report, newest first; for those who make them, others read what is published."""
    actor.require(Permission.PRODUCE_REPORT)
    return ReportRun.objects.select_related("snapshot").order_by("-requested_at", "-pk")


def run(*, actor: Actor, pk: int) -> ReportRun:
    """One production of a report."""
    return runs(actor=actor).get(pk=pk)


def run_folder(*, actor: Actor, run: ReportRun) -> Path:
    """The folder with the files of a finished run."""
    actor.require(Permission.PRODUCE_REPORT)
    if run.state != ReportRun.State.DONE:
        raise ValidationError(_("Rapporten är inte klar än. Vänta eller beställ den en gång till."))
    return Path(settings.FINSAM_HOME) / "reports" / run.folder


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


def works(*, actor: Actor, edition: Edition) -> QuerySet[EditionWork]:
    """What has been ordered to be done with an edition, the newest first."""
    actor.require(Permission.REVIEW_EDITION)
    return EditionWork.objects.filter(edition=edition).select_related("edition").order_by("-requested_at", "-pk")


def under_way(*, actor: Actor, edition: Edition, kind: str) -> EditionWork | None:
    """What is being done with an edition already, if it is."""
    return works(actor=actor, edition=edition).filter(kind=kind, state__in=EditionWork.UNDER_WAY).first()


def latest(*, actor: Actor, edition: Edition) -> list[EditionWork]:
    """What was last ordered of each kind with an edition: what is under way, and how the others ended."""
    every = works(actor=actor, edition=edition)
    found = (every.filter(kind=kind).first() for kind in EditionWork.Kind)
    return [one for one in found if one is not None]
