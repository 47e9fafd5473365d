"""What is asked for waits in the queue, is worked off as its run or task says, and is ended when the worker stops."""

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from finsam.access.roles import Role
from finsam.background import actions as background_actions
from finsam.background import queries, tasks
from finsam.config.logs import Impersonal
from finsam.editions import run_queries
from finsam.editions.models import ReportRun
from finsam.publications.formats import writer
from finsam.reports.registry import REPORTS
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots.models import Snapshot
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]

REPORT = REPORTS["national-annual"]
OPERATOR = factories.operator()


@pytest.fixture
def snapshot() -> Snapshot:
    """A snapshot of the shipped rows."""
    return snapshot_actions.take(actor=OPERATOR, as_of=factories.NOW.date())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports without the slow PDF."""
    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")


def begin(snapshot: Snapshot) -> ReportRun:
    run = ReportRun(report="national-annual", year=2020, snapshot=snapshot, requested_at=factories.NOW)
    run.save()
    return run


def test_a_run_is_worked_off_in_the_background(snapshot: Snapshot, quick: None) -> None:
    analyst = factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
    run = background_actions.request_report(actor=analyst, report=REPORT, year=2020, snapshot=snapshot)
    assert run.state == "waiting"
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    run.refresh_from_db()
    assert (run.state, run.progress, run.message, run.requested_by) == ("done", 100, "", analyst.user_id)
    assert run.finished_at is not None
    assert (run_queries.run_folder(actor=analyst, run=run) / "report.html").is_file()


def test_what_a_bug_says_is_stored_nowhere(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    number, name = "19850101-2384", "Anna Exempel"

    def broken(publication: object) -> bytes:
        raise OperationalError(f"Key (number)=({number}) already exists") from ValueError(name)

    monkeypatch.setattr(writer, "pdf_bytes", broken)
    caplog.handler.setFormatter(Impersonal())
    analyst = factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
    run = background_actions.request_report(actor=analyst, report=REPORT, year=2020, snapshot=snapshot)
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    run.refresh_from_db()
    assert run.state == "failed"
    (kept,) = DBTaskResult.objects.order_by("pk").values()
    assert "TaskFailed: OperationalError" in kept["traceback"]
    assert "in broken" in caplog.text
    for place in (str(kept), run.message, caplog.text):
        assert number not in place
        assert name not in place


def test_runs_that_were_interrupted_say_so(snapshot: Snapshot) -> None:
    run = begin(snapshot)
    run.state = "running"
    run.save()
    assert background_actions.give_up(actor=OPERATOR) == 1
    run.refresh_from_db()
    assert (run.state, run.finished_at) == ("failed", factories.NOW)
    assert "Avbröts" in run.message


def test_a_snapshot_that_was_interrupted_says_so() -> None:
    analyst = factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
    asked = background_actions.request_snapshot(actor=analyst, as_of=analyst.today)
    DBTaskResult.objects.get().claim("a worker that was stopped")
    assert not queries.snapshot_progress(actor=analyst, task_id=asked).refusal
    background_actions.give_up(actor=OPERATOR)
    assert "gick inte att ta" in queries.snapshot_progress(actor=analyst, task_id=asked).refusal


def test_the_task_is_known_by_its_path() -> None:
    assert tasks.produce_report.module_path == "finsam.background.tasks.produce_report"
