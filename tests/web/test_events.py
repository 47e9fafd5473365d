"""The page of events: who did what, in which role, narrowed and paged, and never about whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from finsam.access import actions, audit, queries
from finsam.access.models import AuditRow, ReadRow
from finsam.access.roles import Role
from finsam.web.events import NEWEST
from finsam.web.paging import page_of
from tests import factories

pytestmark = pytest.mark.django_db
EVENTS, READINGS = "/handelser/", "/handelser/lasningar/"


@pytest.fixture
def user(demo):
    return factories.user(None, Role.SYSTEM_ADMIN)


@pytest.fixture
def admin(user, visitor):
    return visitor(user)


def text(client, address, **chosen):
    answer = client.get(address, chosen)
    assert answer.status_code == 200
    return answer.content.decode()


def listed(client, **chosen):
    """The events that a page lists: what was done, by whom."""
    return [(line.done, line.name) for line in client.get(EVENTS, chosen).context["lines"]]


def test_the_administrator_finds_the_page_in_the_menu_and_nobody_else_does(admin, visitor):
    assert f'href="{EVENTS}"' in text(admin, "/")
    reader = visitor(factories.user(None, Role.READER, where=factories.association()))
    assert EVENTS not in text(reader, "/")
    assert reader.get(EVENTS).status_code == reader.get(READINGS).status_code == 403


def test_an_event_tells_who_what_when_and_in_which_role(admin, user):
    who = factories.user()
    actions.grant(actor=factories.actor(user), user=who, role=Role.NATIONAL_ANALYST)
    page = text(admin, EVENTS)
    assert "Gav en roll" in page
    assert "31\N{NO-BREAK SPACE}mars\N{NO-BREAK SPACE}2021 kl. 09.30" in page
    assert f'{user.name}<span class="small">Systemadministratör</span>' in page
    assert f'href="/anvandare/{who.pk}/"' in page
    assert "access." not in page.partition("<tbody>")[2]


def test_an_action_of_another_version_stands_by_its_own_name(admin):
    audit.record(factories.operator(), "later.invented", AuditRow(pk=1))
    assert "later.invented" in text(admin, EVENTS)


def test_events_are_narrowed_by_user_action_kind_and_days(admin, user):
    who = factories.user(None, Role.SYSTEM_ADMIN)
    early = factories.actor(who, factories.NOW - timedelta(days=9))
    actions.set_language(actor=early, language="sv")
    actions.grant(actor=factories.actor(user), user=who, role=Role.NATIONAL_ANALYST)
    assert listed(admin, user=who.pk) == [("Valde språk", who.name)]
    assert listed(admin, action="access.grant", user=user.pk) == [("Gav en roll", user.name)]
    assert listed(admin, model="access.grant", user=user.pk) == [("Gav en roll", user.name)]
    assert listed(admin, last_day="2021-03-29") == [("Valde språk", who.name)]
    assert ("Valde språk", who.name) not in listed(admin, first_day="2021-03-30")
    assert {name for _done, name in listed(admin, user=0)} == {""}
    assert "Ingen händelse stämmer med urvalet." in text(admin, EVENTS, action="codes.close")


def test_a_day_that_cannot_be_read_is_told_at_its_field(admin):
    page = text(admin, EVENTS, first_day="trettionde februari")
    assert "field--error" in page
    assert "Gjorde i ordning installationen" in page


def test_the_choices_follow_to_the_next_page(admin, user):
    for number in range(60):
        at = factories.NOW - timedelta(minutes=number)
        actions.set_language(actor=factories.actor(user, at), language="sv")
    first = admin.get(EVENTS, {"action": "access.set_language"})
    second = admin.get(f"{EVENTS}?{first.context['page'].next}")
    rows = [*first.context["lines"], *second.context["lines"]]
    assert len({line.row.pk for line in rows}) == 60
    assert {line.done for line in rows} == {"Valde språk"}


@pytest.mark.parametrize(
    ("narrowed", "index"),
    [
        (queries.Narrowed(), "audit_by_moment"),
        (queries.Narrowed(user=7), "audit_by_user"),
        (queries.Narrowed(action="access.grant"), "audit_by_action"),
        (queries.Narrowed(model="access.grant"), "audit_by_model"),
    ],
)
def test_a_page_far_back_begins_in_an_index_at_its_mark(user, narrowed, index):
    """However many events there are, a page reads those that it shows: the database searches, and sorts nothing."""
    rows = queries.events(actor=factories.actor(user), narrowed=narrowed)
    for number in range(3):
        AuditRow.objects.create(
            at=factories.NOW - timedelta(days=number), user_id=7, action="access.grant", model="access.grant"
        )
    first = page_of(rows, RequestFactory().get("/"), by=NEWEST, size=1)
    with CaptureQueriesContext(connection) as asked:
        page_of(rows, RequestFactory().get(f"/?{first.next}"), by=NEWEST, size=1)
    plan = explained(asked[-1]["sql"])
    assert index in plan
    assert "sort" not in plan.lower()
    assert "temp b-tree" not in plan.lower()


def explained(sql):
    """How the database goes about a query, when its tables are large."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{how} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_the_administrator_reads_who_has_looked_and_never_at_whom(admin, user):
    assert "Ingen har öppnat eller sökt en deltagare än." in text(admin, READINGS)
    who = factories.user()
    for what in ("opened", "searched"):
        ReadRow.objects.create(
            at=factories.NOW, user_id=who.pk, what=what, record_id=987654, role="participant_registrar"
        )
    page = text(admin, READINGS)
    assert "Öppnade personen" in page
    assert "Sökte på personnummer" in page
    assert f'{who.name}<span class="small">Deltagaransvarig</span>' in page
    assert "987654" not in page
    assert "Ingen läsning stämmer med urvalet." in text(admin, READINGS, user=user.pk)


def test_a_user_page_leads_to_what_the_user_has_done(admin, user):
    page = text(admin, f"/anvandare/{user.pk}/")
    assert f'href="{EVENTS}?user={user.pk}"' in page
