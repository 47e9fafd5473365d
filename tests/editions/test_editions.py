"""Editions: the same inputs give the same bytes, two people let one out, and what is out never changes."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from finsam.access.actors import Actor
from finsam.access.roles import Role
from finsam.background import actions as background_actions
from finsam.disclosure.cells import TOTAL, Rule
from finsam.editions import actions as edition_actions
from finsam.editions import queries, rules
from finsam.editions.choices import Choices
from finsam.editions.models import Compilation, Edition
from finsam.editions.stored import places
from finsam.interventions import actions as interventions
from finsam.interventions.models import Intervention
from finsam.publications.formats import writer
from finsam.reports.registry import REPORTS
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots.models import Snapshot
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "quick")]

REPORT = REPORTS["national-annual"]
OPERATOR = factories.operator()


@pytest.fixture
def snapshot() -> Snapshot:
    """A snapshot with an intervention that counts heads."""
    counted = factories.intervention(method="numbers_only")
    interventions.count_heads(actor=OPERATOR, intervention=counted, year=2020, women=30, men=40)
    return snapshot_actions.take(actor=OPERATOR, as_of=date(2021, 3, 31))


def later(women: int) -> Snapshot:
    """A snapshot of a day after, when the heads had been put right."""
    actor = factories.operator(factories.NOW.replace(month=4, day=1))
    counted = Intervention.objects.get()
    interventions.count_heads(actor=actor, intervention=counted, year=2020, women=women, men=40)
    return snapshot_actions.take(actor=actor, as_of=date(2021, 4, 1))


def compiled(actor: Actor, snapshot: Snapshot, year: int = 2020, **more: Any) -> Edition:
    if "replaces" in more:
        more.setdefault("corrects", ["totals"])
    return edition_actions.compile_edition(actor=actor, report=REPORT, year=year, snapshot=snapshot, **more)


def published(by: Actor, other: Actor, snapshot: Snapshot, year: int = 2020, **more: Any) -> Edition:
    one = edition_actions.review(actor=other, edition=compiled(by, snapshot, year, **more))
    return edition_actions.publish(actor=other, edition=one)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_inputs_give_the_same_bytes_also_after_publishing(
    anna: Actor, alva: Actor, snapshot: Snapshot, tmp_path: Path
) -> None:
    first = compiled(anna, snapshot)
    edition_actions.copy(actor=anna, edition=first, folder=tmp_path / "A")
    edition_actions.publish(actor=alva, edition=edition_actions.review(actor=anna, edition=first))
    again = compiled(alva, snapshot)
    edition_actions.copy(actor=anna, edition=again, folder=tmp_path / "B")
    assert (again.pk, again.state, again.compiled_by) == (first.pk, "published", anna.user_id)
    assert contents(tmp_path / "A") == contents(tmp_path / "B")
    assert {"edition.json", "manifest.json", "report.html", "csv/totals.csv"} <= contents(tmp_path / "A").keys()


def test_the_files_hold_what_the_stored_content_holds(anna: Actor, snapshot: Snapshot) -> None:
    one = compiled(anna, snapshot)
    content = queries.content(actor=anna, edition=one)
    totals = next(table for table in content.tables if table.name == "totals")
    assert totals.cells["2020", "volume", TOTAL][0].value == 70
    assert b"2020,volume,total,70,ok" in queries.file(actor=anna, edition=one, name="csv/totals.csv")
    assert not content.log["leaks"]
    assert not queries.findings(actor=anna, edition=one)
    assert queries.leaks(actor=anna, edition=one) == ()


def test_who_compiled_does_not_publish_and_is_told_who_can(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    one = compiled(anna, snapshot)
    with pytest.raises(ValidationError, match="Granska utgåvan först"):
        edition_actions.publish(actor=alva, edition=one)
    one = edition_actions.review(actor=anna, edition=one)
    with pytest.raises(ValidationError, match=f"publicerar den inte.*{alva.name}") as refusal:
        edition_actions.publish(actor=anna, edition=one)
    assert anna.name not in str(refusal.value)
    with pytest.raises(ValidationError, match="namngiven person"):
        edition_actions.publish(actor=OPERATOR, edition=one)
    one = edition_actions.publish(actor=alva, edition=one)
    assert (one.state, one.published_by, one.published_at) == ("published", alva.user_id, alva.at)
    with pytest.raises(ValidationError, match="ändras aldrig"):
        edition_actions.publish(actor=alva, edition=one)


def test_who_lacks_the_right_is_refused(anna: Actor, snapshot: Snapshot) -> None:
    lead = factories.actor(factories.user(None, Role.INTERVENTION_LEAD))
    one = compiled(anna, snapshot)
    for act in (edition_actions.review, edition_actions.publish):
        with pytest.raises(PermissionDenied):
            act(actor=lead, edition=one)
    with pytest.raises(PermissionDenied):
        compiled(lead, snapshot)
    with pytest.raises(ValidationError, match="Det finns ingen utgåva"):
        queries.edition(actor=lead, identifier=one.identifier)
    assert not queries.editions(actor=lead)


def test_a_published_edition_never_changes(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    one = published(anna, alva, snapshot)
    for change in ("state = 'drafted'", "digest = 'other'", "compiled_by = NULL", "reason = 'x'", "year = 2019"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE editions_edition SET {change} WHERE id = %s", [one.pk])
    one.reviewed_by = (one.reviewed_by or 0) + 1
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()
    assert rules.EDITION_TRANSITIONS["published"] == {"replaced"}
    assert not rules.EDITION_TRANSITIONS["replaced"]
    assert set(rules.EDITION_TRANSITIONS) == set(Edition.State.values)


def test_a_correction_says_what_it_replaces_and_why(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    old = published(anna, alva, snapshot)
    newer = later(women=41)
    with pytest.raises(ValidationError, match=f"redan publicerad: {old.identifier}"):
        compiled(anna, newer)
    with pytest.raises(ValidationError, match="Skriv varför"):
        compiled(anna, newer, replaces=old)
    new = compiled(anna, newer, replaces=old, reason="Ett antal var fel.")
    found = queries.differences(actor=alva, edition=new)
    assert found is not None
    changed = {change.row: (change.before.value, change.after.value) for _, change in found.changed}
    assert changed["totals 2020,volume,total persons"] == (70, 81)
    assert found.later
    assert b"totals,2020/volume/total,persons,70,81,ok" in queries.file(actor=alva, edition=new, name="csv/changes.csv")
    page = queries.file(actor=alva, edition=new, name="report.html").decode()
    assert "Orsak: Ett antal var fel." in page
    assert "Ändrat sedan en tidigare utgåva" in page
    new = edition_actions.publish(actor=alva, edition=edition_actions.review(actor=anna, edition=new))
    old.refresh_from_db()
    assert (old.state, new.state, new.replaces) == ("replaced", "published", old)
    with pytest.raises(ValidationError, match="Bara en publicerad utgåva rättas"):
        compiled(anna, newer, replaces=old, reason="En gång till.")


def test_what_was_published_meanwhile_must_be_in_what_it_is_protected_with(
    anna: Actor, alva: Actor, snapshot: Snapshot
) -> None:
    early = edition_actions.review(actor=anna, edition=compiled(anna, snapshot, 2019))
    other = published(anna, alva, snapshot, 2020)
    with pytest.raises(ValidationError, match=f"har {other.identifier} publicerats"):
        edition_actions.publish(actor=alva, edition=early)
    again = compiled(anna, snapshot, 2019)
    assert queries.content(actor=anna, edition=again).inputs.published == (other.identifier,)
    assert (
        edition_actions.publish(actor=alva, edition=edition_actions.review(actor=anna, edition=again)).state
        == "published"
    )


def test_figures_that_changed_without_later_registration_stop_it(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    newer = later(women=41)
    old = published(anna, alva, newer, 2020)
    older = compiled(anna, snapshot, 2020, replaces=old, reason="Tillbaka.")
    found = queries.findings(actor=anna, edition=older)
    assert {one.kind for one in found} == {"revision"}
    with pytest.raises(ValidationError, match="håller inte ihop"):
        edition_actions.publish(actor=alva, edition=edition_actions.review(actor=anna, edition=older))


def test_a_figure_from_elsewhere_is_shown_and_stops_nothing(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    one = compiled(anna, snapshot)
    edition_actions.compare(
        actor=anna,
        edition=one,
        table="totals",
        key="2020/volume/total",
        figure="persons",
        number=Decimal(72),
        source="Någon",
    )
    (found,) = queries.findings(actor=anna, edition=one)
    assert found.sentence == "Någon har 72, här är det 70."
    assert (
        edition_actions.publish(actor=alva, edition=edition_actions.review(actor=anna, edition=one)).state
        == "published"
    )


def test_a_damaged_edition_is_neither_read_nor_published(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    one = edition_actions.review(actor=anna, edition=compiled(anna, snapshot))
    file = places.folder(one.identifier) / "csv" / "totals.csv"
    file.write_bytes(file.read_bytes().replace(b"70", b"71"))
    for ask in (queries.content, queries.files, queries.findings):
        with pytest.raises(ValidationError, match=r"csv/totals\.csv är ändrad"):
            ask(actor=anna, edition=one)
    with pytest.raises(ValidationError, match="är skadad"):
        edition_actions.publish(actor=alva, edition=one)
    again = compiled(anna, snapshot)  # the same inputs mend it
    assert again.pk == one.pk
    assert queries.content(actor=anna, edition=one)


def test_a_damaged_snapshot_gives_no_edition(anna: Actor, snapshot: Snapshot, home: Path) -> None:
    (home / "snapshots" / snapshot.identifier / "plans.parquet").write_bytes(b"")
    with pytest.raises(ValidationError, match=r"plans\.parquet är ändrad"):
        compiled(anna, snapshot)
    assert not Edition.objects.exists()


def test_a_full_disk_leaves_nothing_behind(
    anna: Actor, snapshot: Snapshot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(publication: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "pdf_bytes", full)
    run = background_actions.request_edition(actor=anna, report=REPORT, year=2020, snapshot=snapshot)
    edition_actions.compile_waiting(actor=anna, run=run)
    assert (run.state, run.edition) == ("failed", None)
    assert run.message == "Disken är full. Be driften att frigöra utrymme, och sammanställ utgåvan igen."
    assert not Edition.objects.exists()
    assert list((home / "editions").iterdir()) == []


def test_an_edition_is_compiled_in_the_background_in_the_name_of_whoever_asked(anna: Actor, snapshot: Snapshot) -> None:
    run = background_actions.request_edition(actor=anna, report=REPORT, year=2020, snapshot=snapshot)
    assert run.state == "waiting"
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    run = queries.compilation(actor=anna, pk=run.pk)
    assert (run.state, run.progress, run.message) == ("done", 100, "")
    assert run.edition is not None
    assert run.edition.compiled_by == anna.user_id


def test_a_compiling_that_was_interrupted_says_so(anna: Actor, snapshot: Snapshot) -> None:
    run = background_actions.request_edition(actor=anna, report=REPORT, year=2020, snapshot=snapshot)
    Compilation.objects.filter(pk=run.pk).update(state="running")
    background_actions.give_up(actor=OPERATOR)
    assert "Avbröts" in queries.compilation(actor=anna, pk=run.pk).message


def test_an_unknown_edition_is_refused_with_a_sentence(anna: Actor) -> None:
    for name in ("national-annual-2020-000000000000", "../secrets", ""):
        with pytest.raises(ValidationError, match="Det finns ingen utgåva"):
            queries.edition(actor=anna, identifier=name)
    with pytest.raises(ValidationError, match="Det finns ingen utgåva"):
        places.folder("../secrets")


def test_a_publication_can_hide_more_than_the_installation_and_says_so(
    anna: Actor, alva: Actor, snapshot: Snapshot
) -> None:
    one = published(anna, alva, snapshot, threshold=31, hide_zeros=True)
    assert one.rule == Rule(31, zeros_published=False)
    totals = queries.file(actor=anna, edition=one, name="csv/totals.csv").decode().splitlines()
    assert "2020,volume,women,,suppressed" in totals
    assert "0–30 personer är dolda" in queries.file(actor=anna, edition=one, name="report.html").decode()
    correction = queries.inputs(
        actor=anna, report=REPORT, year=2020, snapshot=later(women=31), replaces=one, reason="Prov.",
        choices=Choices(corrects=["totals"]),
    )  # fmt: skip
    assert correction.rule == one.rule


def test_a_publication_never_hides_less_than_the_installation(anna: Actor, snapshot: Snapshot, settings: Any) -> None:
    with pytest.raises(ValidationError, match="alltid antal under 5"):
        compiled(anna, snapshot, threshold=4)
    settings.DISCLOSURE_RULE = Rule(31, zeros_published=True)
    one = compiled(anna, snapshot)
    assert b"2020,volume,women,,suppressed" in queries.file(actor=anna, edition=one, name="csv/totals.csv")
    assert one.rule == settings.DISCLOSURE_RULE
