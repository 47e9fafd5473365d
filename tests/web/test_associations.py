"""The pages about associations."""

from datetime import date

import pytest

from finsam.access.roles import Role
from finsam.associations.models import Association, Municipality
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(demo, visitor):
    return visitor(factories.user(None, Role.SYSTEM_ADMIN))


def test_the_list_shows_members_municipalities_and_state(admin):
    one = factories.association(codes=("0114", "0115"))
    page = admin.get("/forbund/").content.decode()
    assert one.name in page
    assert "i drift" in page
    assert 'data-label="Medlemmar">5<' in page
    assert 'data-label="Kommuner">2<' in page


def test_whoever_sees_one_association_goes_straight_to_it(demo, visitor):
    one = factories.association()
    client = visitor(factories.user(None, Role.READER, where=one))
    assert client.get("/forbund/").headers["Location"] == f"/forbund/{one.pk}/"


def test_an_association_shows_members_map_and_facts(admin):
    one = factories.association(codes=("0114", "0115"))
    page = admin.get(f"/forbund/{one.pk}/").content.decode()
    assert "Fem medlemmar." in page
    assert "Två kommuner i ett län" in page
    assert page.count('class="map__own"') == 2
    assert "är ifyllda: Upplands Väsby, Vallentuna." in page
    assert page.index("Försäkringskassan</th>") < page.index("Region Stockholm</th>") < page.index("Vallentuna</th>")


def test_what_the_law_asks_for_stands_with_its_paragraph(admin):
    one = factories.association(active=False)
    one.memberships.get(party=factories.agency()).delete()
    page = admin.get(f"/forbund/{one.pk}/").content.decode()
    assert "Försäkringskassan är inte medlem." in page
    assert "3 § lag (2003:1210)" in page
    answer = admin.post(f"/forbund/{one.pk}/aktivera/", follow=True)
    assert "message--error" in answer.content.decode()
    one.refresh_from_db()
    assert one.state == "draft"


def test_an_association_is_registered_given_members_and_put_to_work(admin):
    facts = {"name": "Påhittade förbundet", "number": factories.organisation_number(), "first_day": "2021-01-01"}
    one = admin.post("/forbund/nytt/", facts, follow=True).context["association"]
    place = Municipality.objects.get(code="0114")
    for party in filter(None, (factories.agency(), factories.service(), place.region, place.party)):
        admin.post(f"/forbund/{one.pk}/medlemmar/ny/", {"party": party.pk, "first_day": "2021-01-01"})
    admin.post(f"/forbund/{one.pk}/kommuner/ny/", {"municipality": place.pk, "first_day": "2021-01-01"})
    answer = admin.post(f"/forbund/{one.pk}/aktivera/", follow=True)
    assert "Förbundet är i drift." in answer.content.decode()
    assert answer.context["association"].state == "active"


def test_a_wrong_organisation_number_is_told_at_its_field_and_nothing_typed_is_lost(admin):
    facts = {"name": "Påhittade förbundet", "number": "222000-0001", "first_day": "2021-02-30", "description": "Mål"}
    page = admin.post("/forbund/nytt/", facts).content.decode()
    assert "2021-02-30 finns inte. Kontrollera månad och dag." in page
    assert 'value="Påhittade förbundet"' in page
    assert "Mål</textarea>" in page
    answer = admin.post("/forbund/nytt/", facts | {"first_day": "2021-02-03"})
    assert answer.context["form"].errors.keys() == {"number"}
    assert not Association.objects.exists()


def test_facts_are_changed_on_the_page(admin):
    one = factories.association()
    page = admin.get(f"/forbund/{one.pk}/andra/").content.decode()
    assert 'value="2015-01-01"' in page
    facts = {"name": "Nya namnet", "number": one.number, "first_day": "2015-01-01"}
    assert "Nya namnet" in admin.post(f"/forbund/{one.pk}/andra/", facts, follow=True).content.decode()


def test_a_membership_ends_on_its_last_day(admin):
    one = factories.association()
    row = one.memberships.order_by("pk")[0]
    admin.post(f"/forbund/{one.pk}/medlemmar/{row.pk}/avsluta/", {"ends_before": "2020-12-31"})
    row.refresh_from_db()
    assert row.ends_before == date(2021, 1, 1)
    assert "2020-12-31" in admin.get(f"/forbund/{one.pk}/").content.decode()


def test_a_municipality_leaves_on_its_last_day(admin):
    one = factories.association()
    row = one.coverages.order_by("pk")[0]
    admin.post(f"/forbund/{one.pk}/kommuner/{row.pk}/avsluta/", {"ends_before": "2020-12-31"})
    row.refresh_from_db()
    assert row.ends_before == date(2021, 1, 1)


def test_another_associations_membership_is_not_there(admin):
    one, other = factories.association(codes=("0114",)), factories.association(codes=("0115",))
    row = other.memberships.order_by("pk")[0]
    assert admin.get(f"/forbund/{one.pk}/medlemmar/{row.pk}/avsluta/").status_code == 404


def test_an_association_merges_into_another(admin):
    one, other = factories.association(codes=("0114",)), factories.association(codes=("0115",))
    wanted = {"ends_before": "2020-12-31", "merged_into": other.pk}
    page = admin.post(f"/forbund/{one.pk}/avsluta/", wanted).content.decode()
    assert "Utanför de nya dagarna ligger 1 kommun." in page
    assert f'<a href="/forbund/{one.pk}/">Medlemmar och kommuner</a>' in page
    row = one.coverages.get()
    admin.post(f"/forbund/{one.pk}/kommuner/{row.pk}/avsluta/", {"ends_before": "2020-12-31"})
    page = admin.post(f"/forbund/{one.pk}/avsluta/", wanted, follow=True).content.decode()
    assert "Förbundet avslutades" in page
    assert other.name in page


def test_a_reader_is_offered_no_change(demo, visitor):
    one = factories.association()
    client = visitor(factories.user(None, Role.READER, where=one))
    assert "Lägg till medlem" not in client.get(f"/forbund/{one.pk}/").content.decode()
    refused = client.post(f"/forbund/{one.pk}/andra/", {"name": "X"})
    assert refused.status_code == 403
    assert "Det här kan bara göras av: förbundsadministratör" in refused.content.decode()


def test_a_member_to_come_is_not_yet_counted(admin):
    association = factories.association()
    factories.associations.add_member(
        actor=factories.operator(),
        association=association,
        party=factories.party("region", "14"),
        first_day=date(2021, 4, 1),
    )
    assert "Fyra medlemmar." in admin.get(f"/forbund/{association.pk}/").content.decode()
