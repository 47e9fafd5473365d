"""Reports produced: all files or none, and a run that says how it went."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import OperationalError

from finsam.access.roles import Role
from finsam.background import actions as background_actions
from finsam.editions import actions as edition_actions
from finsam.editions import rules, run_actions, run_queries
from finsam.editions.models import ReportRun
from finsam.publications.formats import writer
from finsam.reports.registry import REPORTS
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots import storage
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


def perform(run: ReportRun) -> ReportRun:
    return run_actions.perform(actor=OPERATOR, run=run, elapsed=lambda: timedelta(seconds=7))


def test_two_reports_of_one_snapshot_are_equal_to_the_byte(snapshot: Snapshot, tmp_path: Path) -> None:
    for name in "AB":
        run_actions.produce(actor=OPERATOR, report=REPORT, year=2020, snapshot=snapshot, folder=tmp_path / name)
    one, other = ({p.relative_to(tmp_path / n): p.read_bytes() for p in files(tmp_path / n)} for n in "AB")
    assert one == other
    assert {"report.html", "report.pdf", "report.xlsx", "manifest.json"} <= {str(path) for path in one}


def test_the_manifest_names_the_denominators_and_the_editions_the_report_stood_beside(
    snapshot: Snapshot, quick: None, tmp_path: Path
) -> None:
    manifests = []
    for recipients in (679631, 679632):
        row = f"2020,sickness_benefit,{recipients},Provet,2021-01-31"
        content = f"year,support,recipients,source,as_of\n{row}\n".encode()
        snapshot_actions.import_denominators(actor=OPERATOR, content=content)
        folder = tmp_path / str(recipients)
        run_actions.produce(actor=OPERATOR, report=REPORT, year=2020, snapshot=snapshot, folder=folder)
        manifests.append(json.loads((folder / "manifest.json").read_text("utf-8")))
        assert manifests[-1]["denominators"]["rows"] == [[2020, "sickness_benefit", recipients, "Provet", "2021-01-31"]]
        assert manifests[-1]["published_before"] == []
    assert len({one["denominators"]["digest"] for one in manifests}) == 2
    anna, alva = (factories.actor(factories.user(None, Role.NATIONAL_ANALYST)) for _ in range(2))
    one = edition_actions.compile_edition(actor=anna, report=REPORT, year=2020, snapshot=snapshot)
    edition_actions.publish(actor=alva, edition=edition_actions.review(actor=alva, edition=one))
    run_actions.produce(actor=OPERATOR, report=REPORT, year=2019, snapshot=snapshot, folder=tmp_path / "beside")
    beside = json.loads((tmp_path / "beside" / "manifest.json").read_text("utf-8"))
    assert beside["published_before"] == [one.identifier]
    assert beside["denominators"] == manifests[-1]["denominators"]


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_who_may_not_produce_is_refused(snapshot: Snapshot, tmp_path: Path) -> None:
    reader = factories.actor(factories.user(None, Role.INTERVENTION_LEAD))
    with pytest.raises(PermissionDenied):
        background_actions.request_report(actor=reader, report=REPORT, year=2020, snapshot=snapshot)
    with pytest.raises(PermissionDenied):
        run_actions.produce(actor=reader, report=REPORT, year=2020, snapshot=snapshot, folder=tmp_path / "A")
    assert not ReportRun.objects.exists()


def test_a_folder_with_something_in_it_is_refused(snapshot: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(ValidationError, match="inte en tom mapp"):
        run_actions.produce(actor=OPERATOR, report=REPORT, year=2020, snapshot=snapshot, folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["mine"]


def test_a_damaged_snapshot_ends_the_run_with_a_sentence(snapshot: Snapshot, quick: None) -> None:
    (storage.folder(snapshot.identifier) / "plans.parquet").write_bytes(b"")
    run = perform(begin(snapshot))
    assert run.state == "failed"
    assert "plans.parquet är ändrad" in run.message
    assert run.finished_at == factories.NOW + timedelta(seconds=7)


def test_a_full_disk_ends_the_run_with_a_sentence_and_leaves_nothing(
    snapshot: Snapshot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(publication: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "pdf_bytes", full)
    run = perform(begin(snapshot))
    assert (run.state, run.folder) == ("failed", "")
    assert run.message == "Disken är full. Be driften att frigöra utrymme, och beställ rapporten igen."
    assert list((home / "reports").iterdir()) == []
    with pytest.raises(ValidationError, match="inte klar"):
        run_queries.run_folder(actor=OPERATOR, run=run)


def test_a_bug_ends_the_run_and_stays_a_bug(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(publication: object) -> bytes:
        raise OperationalError

    monkeypatch.setattr(writer, "pdf_bytes", broken)
    run = begin(snapshot)
    with pytest.raises(OperationalError):
        perform(run)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "Driften ser i loggen" in run.message


def test_the_run_says_how_far_it_has_come(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    run, seen = begin(snapshot), []

    def look(publication: object) -> bytes:
        now = ReportRun.objects.get(pk=run.pk)
        seen.append((now.state, now.step, now.progress))
        return b"%PDF"

    monkeypatch.setattr(writer, "pdf_bytes", look)
    perform(run)
    ((state, step, progress),) = seen
    assert (state, step) == ("running", "report.pdf")
    assert 30 < progress < 100


def test_an_ended_run_does_not_start_again() -> None:
    for ended in ("done", "failed"):
        assert not rules.TRANSITIONS[ended]
        with pytest.raises(ValidationError):
            rules.move(ended, "running")
    assert set().union(*rules.TRANSITIONS.values()) <= set(rules.TRANSITIONS)
    assert set(rules.TRANSITIONS) == set(ReportRun.State.values)


def test_an_unknown_report_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValidationError, match="national-annual"):
        run_queries.report(actor=OPERATOR, key="annual")
