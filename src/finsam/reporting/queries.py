"""What may be asked about snapshots, denominators and report runs."""

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.reporting import rules
from finsam.reporting.models import Denominator, ReportRun, Snapshot

if TYPE_CHECKING:
    from finsam.reporting.reports import Report


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
