"""The pages about users."""

import re

import pytest
from django.test import Client

from finsam.access.models import User
from finsam.access.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(demo, visitor):
    return visitor(factories.user(None, Role.SYSTEM_ADMIN))


def test_the_list_names_roles_and_narrows_by_name(admin):
    where = factories.association()
    reader = factories.user(None, Role.READER, where=where)
    idle = factories.user()
    page = admin.get("/anvandare/").content.decode()
    assert f"Läsare (styrelse, medlem), {where.name}" in page
    assert "Ingen roll" in page
    narrowed = admin.get("/anvandare/", {"namn": reader.email}).content.decode()
    assert reader.name in narrowed
    assert idle.email not in narrowed
    assert idle.email in admin.get("/anvandare/?namn=%00").content.decode()
    assert "Ingen användare har ”finns inte”" in admin.get("/anvandare/", {"namn": "finns inte"}).content.decode()


def test_a_user_is_added_given_a_role_and_a_link(admin):
    facts = {
        "name": "Testa Provsson",
        "email": "ny@example.invalid",
        "employer": factories.agency().pk,
        "language": "sv",
    }
    made = admin.post("/anvandare/ny/", facts, follow=True).context["person"]
    answer = admin.post(f"/anvandare/{made.pk}/roller/ny/", {"role": "national_analyst"}, follow=True)
    assert "Nationell analytiker" in answer.content.decode()
    page = admin.post(f"/anvandare/{made.pk}/lank/").content.decode()
    link = re.search(r"http://testserver(/inbjudan/[^/]+/)", page)
    assert link
    assert "ny@example.invalid" in Client().get(link[1]).content.decode()


def test_an_address_in_use_is_told_at_its_field(admin):
    taken = factories.user()
    facts = {"name": "Testa", "email": taken.email, "employer": taken.employer.pk, "language": "sv"}
    answer = admin.post("/anvandare/ny/", facts)
    assert answer.context["form"].errors == {"email": ["Det finns redan en användare med den adressen."]}


@pytest.mark.participants
def test_roles_that_may_not_be_combined_are_refused_with_the_reason(admin):
    where = factories.association()
    who = factories.user(None, Role.PARTICIPANT_REGISTRAR)
    grant = {"role": "association_admin", "organisation": where.organisation.pk}
    page = admin.post(f"/anvandare/{who.pk}/roller/ny/", grant).content.decode()
    assert "Samma person kan inte vara" in page
    assert who.grants.count() == 1


def test_a_role_is_taken_away(admin):
    who = factories.user(None, Role.NATIONAL_ANALYST)
    grant = who.grants.get()
    page = admin.post(f"/anvandare/{who.pk}/roller/{grant.pk}/ta-bort/", follow=True).content.decode()
    assert "Rollen är borttagen." in page
    assert not who.grants.exists()


def test_another_users_role_is_not_there(admin):
    who, other = factories.user(None, Role.NATIONAL_ANALYST), factories.user(None, Role.NATIONAL_ANALYST)
    assert admin.post(f"/anvandare/{who.pk}/roller/{other.grants.get().pk}/ta-bort/").status_code == 404


def test_facts_are_changed_on_the_page(admin):
    who = factories.user()
    facts = {"name": "Nytt Namn", "email": who.email, "employer": who.employer.pk, "language": "en"}
    page = admin.post(f"/anvandare/{who.pk}/andra/", facts, follow=True).content.decode()
    assert "Nytt Namn" in page
    assert "English" in page


def test_sign_in_is_closed_and_opened(admin):
    who = factories.user()
    admin.post(f"/anvandare/{who.pk}/inloggning/", {"active": "0"})
    assert not User.objects.get(pk=who.pk).is_active
    page = admin.post(f"/anvandare/{who.pk}/inloggning/", {"active": "1"}, follow=True).content.decode()
    assert "Användaren får logga in." in page


def test_an_association_administrator_sees_no_list_of_everyones_staff(demo, visitor):
    where = factories.association()
    client = visitor(factories.user(None, Role.ASSOCIATION_ADMIN, where=where))
    other = factories.user()
    assert client.get("/anvandare/").status_code == 403
    assert client.get(f"/anvandare/{other.pk}/").status_code == 403
    assert client.post(f"/anvandare/{other.pk}/lank/").status_code == 403
