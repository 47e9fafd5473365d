"""Publishing and attacks are ordered, followed and done in the background, once, in the name of who asked."""

from datetime import date

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from finsam.access.models import AuditRow, Grant
from finsam.access.roles import Role
from finsam.background import actions as background_actions
from finsam.background import queries as background_queries
from finsam.editions import actions as edition_actions
from finsam.editions import run_queries
from finsam.editions.models import Compilation, EditionWork, ReportRun
from finsam.editions.stored import places
from finsam.interventions import actions as interventions
from finsam.publications.formats import writer
from finsam.snapshots import actions as snapshot_actions
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "demo")]
OPERATOR = factories.operator()


@pytest.fixture
def anna():
    return factories.user(None, Role.NATIONAL_ANALYST)


@pytest.fixture
def alva():
    return factories.user(None, Role.NATIONAL_ANALYST)


@pytest.fixture
def taken():
    counted = factories.intervention(method="numbers_only")
    interventions.count_heads(actor=OPERATOR, intervention=counted, year=2020, women=30, men=40)
    return snapshot_actions.take(actor=OPERATOR, as_of=date(2021, 3, 31))


@pytest.fixture
def reviewed(anna, taken, monkeypatch):
    """An edition without the slow PDF, which one has compiled and another may publish."""
    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")
    actor = factories.actor(anna)
    report = run_queries.report(actor=actor, key="national-annual")
    made = edition_actions.compile_edition(actor=actor, report=report, year=2020, snapshot=taken)
    return edition_actions.review(actor=actor, edition=made)


def text(client, address):
    return client.get(address).content.decode()


def work_off():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def ordered(user, edition, kind="publish"):
    return background_actions.request_work(actor=factories.actor(user), edition=edition, kind=kind)


def test_a_publishing_is_ordered_once_and_followed_until_it_is_out(visitor, anna, alva, reviewed):
    client, own = visitor(alva), f"/utgavor/{reviewed.identifier}/"
    address = client.post(f"{own}publicera/").headers["Location"]
    assert client.post(f"{own}publicera/").headers["Location"] == address
    assert (EditionWork.objects.count(), DBTaskResult.objects.count()) == (1, 1)
    page, part = text(client, address), client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Väntar på sin tur." in page
    assert part.strip().startswith("<section")
    assert part.strip() in page
    assert "Utgåvan håller på att publiceras." in text(visitor(anna), own)
    reviewed.refresh_from_db()
    assert reviewed.state == "reviewed"
    work_off()
    assert client.get(address).headers["Location"] == own
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Redirect"] == own
    reviewed.refresh_from_db()
    assert (reviewed.state, reviewed.published_by) == ("published", alva.pk)
    assert "Utgåvan håller på att publiceras." not in text(client, own)
    trail = AuditRow.objects.filter(user_id=alva.pk).order_by("pk").values_list("action", flat=True)
    assert list(trail) == ["reporting.request_publish", "reporting.publish"]


def test_how_far_it_has_come_is_said_in_words_and_percent(visitor, alva, reviewed):
    work = ordered(alva, reviewed)
    steps = []
    edition_actions.publish(
        actor=factories.actor(alva), edition=reviewed, progress=lambda step, percent: steps.append((percent, step))
    )
    assert steps == sorted(steps)
    assert len(steps) > 4
    work.state, (work.progress, work.step) = "running", steps[-2]
    work.save()
    shown = text(visitor(alva), f"/utgavor/{reviewed.identifier}/pagar/{work.pk}/")
    assert f"Just nu: angriper utgåvan tillsammans med det som är publicerat. {work.progress} procent klart." in shown


def test_what_is_known_at_once_is_refused_at_once(visitor, anna, reviewed):
    page = visitor(anna).post(f"/utgavor/{reviewed.identifier}/publicera/", follow=True).content.decode()
    assert "publicerar den inte" in page
    assert not EditionWork.objects.exists()


def test_an_attack_says_what_it_found_on_its_page_and_the_editions(visitor, alva, reviewed):
    client, own = visitor(alva), f"/utgavor/{reviewed.identifier}/"
    address = client.post(f"{own}angrip/").headers["Location"]
    assert "Utgåvan angrips just nu." in text(client, own)
    work_off()
    assert "Ingen dold siffra går att räkna ut." in text(client, address)
    assert "är klart: ingen dold siffra går att räkna ut." in text(client, own)
    EditionWork.objects.update(message="En dold siffra går att räkna ut i totals. Publicera inte utgåvan.")
    for page in (address, own):
        assert "En dold siffra går att räkna ut i totals." in text(client, page)
        assert 'role="alert"' in text(client, page)


def test_a_refusal_in_the_background_stands_where_it_is_followed_and_on_the_editions_page(visitor, alva, reviewed):
    work = ordered(alva, reviewed)
    (places.folder(reviewed.identifier) / "edition.json").write_bytes(b"{}")
    work_off()
    for page in ("", f"pagar/{work.pk}/"):
        assert "edition.json är ändrad" in text(visitor(alva), f"/utgavor/{reviewed.identifier}/{page}")
    reviewed.refresh_from_db()
    assert reviewed.state == "reviewed"


@pytest.mark.parametrize("lost", ["the role", "the account"])
def test_who_may_no_longer_do_it_when_its_turn_comes_has_not_done_it(alva, taken, reviewed, lost):
    report = run_queries.report(actor=factories.actor(alva), key="national-annual")
    actor = factories.actor(alva)
    compiling = background_actions.request_edition(actor=actor, report=report, year=2019, snapshot=taken)
    works = [ordered(alva, reviewed, kind) for kind in ("publish", "attack")]
    producing = background_actions.request_report(actor=actor, report=report, year=2019, snapshot=taken)
    taking = background_actions.request_snapshot(actor=actor, as_of=factories.NOW.date())
    counting = background_actions.request_late(actor=actor) if second() else None
    if lost == "the role":
        Grant.objects.filter(user=alva).update(role=Role.SYSTEM_ADMIN)
    else:
        alva.is_active = False
        alva.save()
    work_off()
    snapshots = background_queries.snapshot_progress(actor=factories.operator(), task_id=taking)
    assert (snapshots.identifier, "får inte längre göra det" in snapshots.refusal) == ("", True)
    for order in filter(None, (compiling, *works, producing, counting)):
        order.refresh_from_db()
        assert order.state == "failed"
        assert "får inte längre göra det" in order.message
    reviewed.refresh_from_db()
    assert reviewed.state == "reviewed"


def second():
    """A snapshot more, so that there is something to compare."""
    return snapshot_actions.take(actor=OPERATOR, as_of=date(2021, 3, 30))


def test_a_dead_workers_order_says_so_and_is_made_anew(visitor, alva, reviewed):
    work = ordered(alva, reviewed)
    DBTaskResult.objects.get().claim("a worker that was stopped")
    EditionWork.objects.update(state="running", progress=40, step="angriper")
    background_actions.give_up(actor=OPERATOR)
    work.refresh_from_db()
    assert work.state == "failed"
    assert "Avbröts när servern stoppades." in text(visitor(alva), f"/utgavor/{reviewed.identifier}/")
    anew = ordered(alva, reviewed)
    assert anew != work
    work_off()
    reviewed.refresh_from_db()
    assert reviewed.state == "published"


def test_what_was_let_out_just_before_the_worker_died_is_done(alva, reviewed):
    work = ordered(alva, reviewed)
    EditionWork.objects.update(state="running")
    edition_actions.publish(actor=factories.actor(alva), edition=reviewed)
    background_actions.give_up(actor=OPERATOR)
    work.refresh_from_db()
    assert (work.state, work.message) == ("done", "")


def test_what_waits_in_the_queue_keeps_its_turn_and_what_waits_for_nothing_is_ended(alva, taken, reviewed):
    actor = factories.actor(alva)
    report = run_queries.report(actor=actor, key="national-annual")
    second()
    orders = [
        ordered(alva, reviewed),
        background_actions.request_report(actor=actor, report=report, year=2020, snapshot=taken),
        background_actions.request_edition(actor=actor, report=report, year=2019, snapshot=taken),
        background_actions.request_late(actor=actor),
    ]
    background_actions.give_up(actor=OPERATOR)
    assert [type(one).objects.get().state for one in orders] == ["waiting"] * 4
    DBTaskResult.objects.all().delete()
    background_actions.give_up(actor=OPERATOR)
    assert [type(one).objects.get().state for one in orders] == ["failed"] * 4
    assert [model.objects.get().message.split()[0] for model in (ReportRun, Compilation)] == ["Avbröts"] * 2
