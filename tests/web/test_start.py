"""The start page of each role: what to do now, and what waits."""

from datetime import date

import pytest
from django.urls import reverse

from finsam.access.roles import Role
from finsam.associations import actions as associations
from finsam.editions.models import ReportRun
from finsam.interventions import actions as interventions
from finsam.snapshots.models import Snapshot
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.participants
def test_a_registrar_registers_in_one_click(demo, visitor):
    one = factories.intervention()
    interventions.plan(actor=factories.operator(), intervention=one, year=2021, participants=20)
    page = visitor(factories.registrar(one)).get("/").content.decode()
    assert "Du är deltagaransvarig i en insats." in page
    assert f'href="/insatser/{one.pk}/registrera/"' in page
    assert "Registrera deltagare" in page
    assert ">20<" in page


@pytest.mark.participants
def test_a_registrar_gets_what_waits_among_participants_by_address(demo, visitor):
    page = visitor(factories.registrar(factories.intervention())).get("/").content.decode()
    assert 'hx-get="/deltagare/att-gora/"' in page
    assert '<a href="/deltagare/att-gora/">' in page


def test_a_lead_sees_last_years_head_count_as_overdue(demo, visitor):
    one = factories.intervention(method="numbers_only", direction="individual_assessment")
    page = visitor(factories.lead(one)).get("/").content.decode()
    assert "Fyll i antal deltagare för 2020" in page
    assert "89 dagar" in page
    assert "Antal för 2021 saknas" in page


@pytest.mark.participants
def test_a_lead_appoints_a_registrar_where_there_is_none(demo, visitor):
    one = factories.intervention()
    page = visitor(factories.lead(one)).get("/").content.decode()
    assert f'href="/insatser/{one.pk}/uppdrag/participant_registrar/"' in page


def test_someone_without_an_assignment_is_told_who_can_give_one(demo, visitor):
    page = visitor(factories.user(None, Role.INTERVENTION_LEAD)).get("/").content.decode()
    assert "kan ge dig ett" in page


def test_an_association_administrator_creates_an_intervention_and_appoints_leads(demo, visitor):
    where = factories.association()
    one = factories.intervention(where, method="numbers_only")
    page = visitor(factories.user(None, Role.ASSOCIATION_ADMIN, where=where)).get("/").content.decode()
    assert f'href="{reverse("intervention_create", args=[where.pk])}"' in page
    assert "Utse insatsansvarig" in page
    assert one.name in page


def test_an_association_administrator_sees_that_the_law_is_broken(demo, visitor):
    where = factories.association()
    agency = where.memberships.get(party=factories.agency())
    associations.end_membership(actor=factories.operator(), membership=agency, ends_before=date(2021, 1, 1))
    page = visitor(factories.user(None, Role.ASSOCIATION_ADMIN, where=where)).get("/").content.decode()
    assert "Rätta medlemmarna" in page
    assert "1 brist" in page


def test_a_reader_has_nothing_waiting(demo, visitor):
    where = factories.association()
    page = visitor(factories.user(None, Role.READER, where=where)).get("/").content.decode()
    assert "Inget väntar på dig." in page
    assert "Skapa insats" not in page


def test_a_system_administrator_sees_users_without_a_role(demo, visitor):
    idle = factories.user()
    draft = factories.association(active=False)
    page = visitor(factories.user(None, Role.SYSTEM_ADMIN)).get("/").content.decode()
    assert idle.name in page
    assert draft.name in page
    assert "Bekräfta koder" in page


def test_an_analyst_is_led_to_last_years_snapshot_and_then_to_its_report(demo, visitor):
    client = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    page = client.get("/").content.decode()
    assert "Ta ögonblicksbild för 2020" in page
    assert "59 dagar" in page
    taken = Snapshot.objects.create(
        identifier="2021-01-31-0123456789ab",
        as_of=date(2021, 1, 31),
        digest="0" * 64,
        taken_at=factories.NOW,
        rows=0,
        erased=0,
    )
    page = client.get("/").content.decode()
    assert "Ta ögonblicksbild för 2020" not in page
    assert "Ta fram årsrapporten för 2020" in page
    for report, still_due in (("national-results", True), ("national-annual", False)):
        ReportRun.objects.create(
            report=report, year=2020, snapshot=taken, state="done", folder=report, requested_at=factories.NOW
        )
        assert ("Ta fram årsrapporten för 2020" in client.get("/").content.decode()) is still_due


def test_someone_without_a_role_is_told_whom_to_ask(demo, visitor):
    page = visitor(factories.user()).get("/").content.decode()
    assert "Be systemadministratören om en." in page
