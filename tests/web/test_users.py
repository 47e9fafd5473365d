"""The pages about users."""

import re

import pytest
from django.test import Client

from finsam.access import actions
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


def signed_in(user: User) -> User:
    secret = actions.invite(actor=factories.operator(), user=user)
    return actions.accept(actor=factories.operator(), secret=secret, password="fyra ord att minnas")


def test_a_role_that_leads_to_identities_waits_on_the_second_administrators_start_page(admin, visitor):
    second, lead = visitor(factories.user(None, Role.SYSTEM_ADMIN)), factories.user()
    page = admin.post(f"/anvandare/{lead.pk}/roller/ny/", {"role": "intervention_lead"}, follow=True).content.decode()
    assert "Den gäller när en annan systemadministratör har bekräftat den." in page
    assert "Väntar på bekräftelse" in page
    assert "Bekräfta rollen" not in page
    assert "Din roll gäller inte än: insatsansvarig." in visitor(lead).get("/").content.decode()
    assert "Bekräfta rollen insatsansvarig" not in admin.get("/").content.decode()
    assert "Bekräfta rollen insatsansvarig" in second.get("/").content.decode()
    assert "Bekräfta rollen" in second.get(f"/anvandare/{lead.pk}/").content.decode()
    grant = lead.grants.get()
    address = f"/anvandare/{lead.pk}/roller/{grant.pk}/bekrafta/"
    assert "själv gett rollen" in admin.post(address, follow=True).content.decode()
    assert "Rollen är bekräftad och gäller nu." in second.post(address, follow=True).content.decode()
    assert "Mina insatser" in visitor(lead).get("/").content.decode()


def test_the_only_administrator_reads_that_a_second_is_invited_first(admin):
    lead, reader = factories.user(), signed_in(factories.user(None, Role.NATIONAL_ANALYST))
    page = admin.post(f"/anvandare/{lead.pk}/roller/ny/", {"role": "intervention_lead"}, follow=True).content.decode()
    assert "Bjud in en andra först" in page
    page = admin.post(f"/anvandare/{reader.pk}/lank/", follow=True).content.decode()
    assert "Bjud in en andra först" in page
    assert "finsam user reset ADRESS" in page
    assert "/inbjudan/" not in page


def test_a_reset_is_confirmed_on_the_users_page_and_both_see_who_opened_it(admin, visitor):
    second, who = visitor(factories.user(None, Role.SYSTEM_ADMIN)), signed_in(factories.user())
    page = admin.post(f"/anvandare/{who.pk}/lank/").content.decode()
    link = re.search(r"http://testserver(/inbjudan/[^/]+/)", page)
    assert link
    assert "fungerar först när en annan systemadministratör har bekräftat den" in page
    assert "Bekräfta länken" not in admin.get(f"/anvandare/{who.pk}/").content.decode()
    assert "Bekräfta engångslänken" in second.get("/").content.decode()
    assert "Bekräfta länken" in second.get(f"/anvandare/{who.pk}/").content.decode()
    waiting = who.invitations.get(used_at=None)
    page = second.post(f"/anvandare/{who.pk}/lank/{waiting.pk}/bekrafta/", follow=True).content.decode()
    assert "Länken är bekräftad och fungerar nu. Användaren är utloggad överallt" in page
    Client().post(link[1], {"password": "fem nya ord att minnas", "again": "fem nya ord att minnas"})
    for client in (admin, second):
        assert f"Fråga {who.name} om hen har öppnat sin länk" in client.get("/").content.decode()
        page = client.get(f"/anvandare/{who.pk}/").content.decode()
        assert f"valdes ett lösenord för {who.name} med länken" in page
        assert "Öppnad" in page


def test_a_link_that_waits_is_taken_back_on_the_page(admin):
    who = factories.user()
    admin.post(f"/anvandare/{who.pk}/lank/")
    address = f"/anvandare/{who.pk}/lank/{who.invitations.get().pk}"
    assert "Länken väntar inte på att bekräftas" in admin.post(f"{address}/bekrafta/", follow=True).content.decode()
    assert "Länken är återtagen." in admin.post(f"{address}/ta-tillbaka/", follow=True).content.decode()
    assert not who.invitations.exists()


def test_another_users_link_is_not_there(admin):
    who, other = factories.user(), factories.user()
    admin.post(f"/anvandare/{other.pk}/lank/")
    assert admin.post(f"/anvandare/{who.pk}/lank/{other.invitations.get().pk}/bekrafta/").status_code == 404


def test_the_own_page_offers_nothing_that_is_refused(demo, visitor):
    me = factories.user(None, Role.SYSTEM_ADMIN)
    client = visitor(me)
    page = client.get(f"/anvandare/{me.pk}/").content.decode()
    assert "Det här är du." in page
    for offered in ("Ge en roll", "Ge en engångslänk", "Stäng av inloggningen", "Ta bort"):
        assert offered not in page
    assert "engångslänk åt dig själv" in client.post(f"/anvandare/{me.pk}/lank/", follow=True).content.decode()
    facts = {"name": me.name, "email": me.email, "employer": factories.service().pk, "language": "sv"}
    answer = client.post(f"/anvandare/{me.pk}/andra/", facts)
    assert "din egen arbetsgivare" in answer.context["form"].errors["employer"][0]


@pytest.mark.participants
def test_work_as_registrar_bars_from_the_role_of_system_administrator_on_the_page(admin):
    who = factories.registrar(factories.intervention())
    actions.revoke(actor=factories.operator(), grant=who.grants.get())
    page = admin.post(f"/anvandare/{who.pk}/roller/ny/", {"role": "system_admin"}).content.decode()
    assert "Samma person kan inte vara deltagaransvarig och systemadministratör" in page
