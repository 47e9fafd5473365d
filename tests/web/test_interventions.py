"""The pages about interventions."""

import importlib
import re
from datetime import date

import pytest

from finsam.access.roles import Role
from finsam.interventions.models import Assignment, HeadCount, Intervention, Plan
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def association():
    return factories.association(codes=("0180", "0182"))


@pytest.fixture
def admin(association, visitor):
    return visitor(factories.user(association.organisation, Role.ASSOCIATION_ADMIN, where=association))


@pytest.fixture
def foreign():
    return factories.intervention(factories.association(codes=("0114",)), performers=[factories.agency(), town("0114")])


def town(code):
    return factories.party("municipality", code)


def wanted(association, **facts):
    """A whole form of an intervention."""
    return {
        "name": "Påhittad insats",
        "description": "Det som deltagarna får",
        "starts_on": "2021-01-01",
        "direction": "preparatory",
        "need_groups": ["long_term_sick", "newly_arrived"],
        "performers": [factories.agency().pk, town("0180").pk],
        "method": "numbers_only",
    } | facts


def test_the_list_shows_what_runs_and_leads_to_the_rest(association, admin):
    runs = factories.intervention(association)
    ended = factories.intervention(association, ends_before=date(2020, 7, 1))
    page = admin.get("/insatser/").content.decode()
    assert runs.name in page
    assert ended.name not in page
    assert f"/insatser/ny/{association.pk}/" in page
    assert ended.name in admin.get("/insatser/?visa=avslutade").content.decode()
    assert runs.name in admin.get("/insatser/?visa=okänt").content.decode()


def test_an_empty_list_says_what_to_do_next(admin):
    assert "Skapa den första" in admin.get("/insatser/").content.decode()


def test_an_associations_list_holds_its_own_only(association, admin, foreign):
    one = factories.intervention(association)
    page = admin.get(f"/forbund/{association.pk}/insatser/").content.decode()
    assert one.name in page
    assert foreign.name not in page
    assert admin.get(f"/forbund/{foreign.association_id}/insatser/").status_code == 404


def test_an_intervention_shows_facts_numbers_people_and_what_is_lacking(association, admin):
    one = factories.intervention(association, method="numbers_only", name="Kartläggning")
    page = admin.get(f"/insatser/{one.pk}/").content.decode()
    assert "Individinriktad · Förberedande insatser · från 1 januari 2018" in page.replace("\xa0", " ")
    assert "Långtidssjukskrivna" in page
    assert "Ingen är insatsansvarig" in page
    assert "Planerat antal för 2021 saknas" in page
    assert "Antalet deltagare för 2020 saknas" in page


def test_creating_leads_to_the_page_and_reads_the_kind_from_the_direction(association, admin):
    answer = admin.post(f"/insatser/ny/{association.pk}/", wanted(association, direction="mapping"), follow=True)
    one = answer.context["intervention"]
    assert (one.kind, one.direction, one.method) == ("structural", "mapping", "numbers_only")
    assert "Insatsen är skapad." in answer.content.decode()


def test_two_towns_are_one_party_and_nothing_typed_is_lost(association, admin):
    towns = [town("0180").pk, town("0182").pk]
    page = admin.post(f"/insatser/ny/{association.pk}/", wanted(association, performers=towns)).content.decode()
    assert "Välj minst två parter. Två kommuner räknas som en part" in page
    assert 'value="Påhittad insats"' in page
    assert "Det som deltagarna får</textarea>" in page
    assert page.count(" checked") == 5
    assert not Intervention.objects.exists()


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"ends_before": "2020-12-01"}, "ends_before", "Sista dagen ligger före första dagen. Rätta en av dem."),
        ({"starts_on": "2014-12-31"}, "starts_on", None),
        ({"starts_on": "2021-13-01"}, "starts_on", "2021-13-01 finns inte. Kontrollera månad och dag."),
        ({"direction": "invented"}, "direction", "Valet finns inte i listan. Välj ett av alternativen."),
        ({"need_groups": []}, "need_groups", "Välj ”Behovsgrupper”."),
        pytest.param(
            {"method": "identified"},
            "controller",
            "Välj vilken part som är personuppgiftsansvarig.",
            marks=pytest.mark.participants,
        ),
        pytest.param(
            {"method": "identified"},
            "method",
            "Valet finns inte i listan. Välj ett av alternativen.",
            marks=pytest.mark.without_participants,
        ),
    ],
)
def test_what_is_wrong_stands_at_its_field(association, admin, facts, field, sentence):
    answer = admin.post(f"/insatser/ny/{association.pk}/", wanted(association, **facts))
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert sentence is None or errors[field] == [sentence]
    assert 'class="field__error"' in answer.content.decode()
    assert not Intervention.objects.exists()


def test_another_associations_intervention_is_not_there(association, admin, foreign):
    before = list(Intervention.objects.values())
    for path in ("", "andra/", "plan/", "antal/", "uppdrag/intervention_lead/"):
        for answer in (admin.get(f"/insatser/{foreign.pk}/{path}"), admin.post(f"/insatser/{foreign.pk}/{path}")):
            assert answer.status_code in {403, 404, 405}
    assert admin.post(f"/insatser/ny/{foreign.association_id}/", wanted(association)).status_code == 404
    assert list(Intervention.objects.values()) == before


def test_an_intervention_is_changed_and_what_is_locked_stays(association, admin):
    one = factories.intervention(association)
    facts = wanted(association, method="identified", controller=factories.agency().pk, ends_before="2021-12-31")
    admin.post(f"/insatser/{one.pk}/andra/", facts)
    one.refresh_from_db()
    assert (one.name, one.ends_before) == ("Påhittad insats", date(2022, 1, 1))
    factories.interventions.count_heads(actor=factories.operator(), intervention=one, year=2021, women=1, men=1)
    one.refresh_from_db()
    page = admin.get(f"/insatser/{one.pk}/andra/").content.decode()
    assert "Något är registrerat." in page
    assert 'value="2021-12-31"' in page
    starts = one.starts_on.isoformat()
    admin.post(f"/insatser/{one.pk}/andra/", facts | {"direction": "mapping", "name": "Nytt", "starts_on": starts})
    one.refresh_from_db()
    assert (one.name, one.direction) == ("Nytt", "preparatory")


def test_a_plan_is_said_first_and_anew(association, admin):
    one = factories.intervention(association)
    for number in ("25", "30"):
        admin.post(f"/insatser/{one.pk}/plan/", {"year": "2021", "participants": number})
    assert list(Plan.objects.values_list("year", "participants")) == [(2021, 30)]
    answer = admin.post(f"/insatser/{one.pk}/plan/", {"year": "1999", "participants": "25"})
    assert answer.context["form"].errors["year"] == ["Välj ett av åren i listan."]
    answer = admin.post(f"/insatser/{one.pk}/plan/", {"year": "2021", "participants": "många"})
    assert "Skriv ett helt tal" in answer.context["form"].errors["participants"][0]
    assert 'value="många"' in answer.content.decode()


def test_heads_are_counted_by_those_who_work_there(association, admin, visitor):
    one = factories.intervention(association, method="numbers_only")
    assert admin.post(f"/insatser/{one.pk}/antal/", {"year": "2020", "women": "3", "men": "2"}).status_code == 403
    lead = visitor(factories.lead(one))
    answer = lead.post(f"/insatser/{one.pk}/antal/", {"year": "2020", "women": "3", "men": "2"}, follow=True)
    assert "Antalet för 2020 är sparat." in answer.content.decode()
    assert list(HeadCount.objects.values_list("source", "women", "men")) == [("volume", 3, 2)]


def test_the_lead_is_chosen_by_the_association_and_ended_again(association, admin):
    one = factories.intervention(association)
    who = factories.user(None, Role.INTERVENTION_LEAD)
    without_role = factories.user()
    answer = admin.post(f"/insatser/{one.pk}/uppdrag/intervention_lead/", {"user": without_role.pk})
    assert answer.context["form"].errors
    answer = admin.post(f"/insatser/{one.pk}/uppdrag/intervention_lead/", {"user": who.pk}, follow=True)
    assert f"{who.name} har fått uppdraget." in answer.content.decode()
    row = Assignment.objects.get()
    admin.post(f"/insatser/{one.pk}/uppdrag/{row.pk}/avsluta/")
    row.refresh_from_db()
    assert row.ends_before == date(2021, 3, 31)


def test_unknown_work_is_not_there(association, admin):
    one = factories.intervention(association)
    assert admin.get(f"/insatser/{one.pk}/uppdrag/reader/").status_code == 404


def test_work_is_given_for_days_to_come_and_the_page_says_which(association, admin, visitor):
    one = factories.intervention(association)
    who = factories.user(None, Role.INTERVENTION_LEAD)
    days = {"user": who.pk, "first_day": "2021-04-10", "ends_before": "2021-04-20"}
    answer = admin.post(f"/insatser/{one.pk}/uppdrag/intervention_lead/", days, follow=True)
    page = answer.content.decode().replace("\xa0", " ")
    assert "Från och med 10 april 2021, till och med 20 april 2021" in page
    assert "Ingen är insatsansvarig" in page
    assert visitor(who).get(f"/insatser/{one.pk}/").status_code == 404
    admin.post(f"/insatser/{one.pk}/uppdrag/{Assignment.objects.get().pk}/avsluta/")
    page = admin.get(f"/insatser/{one.pk}/").content.decode().replace("\xa0", " ")
    assert "10 april" not in page.partition('id="historik"')[0]
    assert "10 april 2021, togs tillbaka" in page


def test_days_narrowed_past_a_plan_are_refused_with_the_way_to_it(association, admin):
    one = factories.intervention(association, method="numbers_only")
    factories.interventions.plan(actor=factories.operator(), intervention=one, year=2021, participants=9)
    facts = wanted(association, starts_on="2018-01-01", ends_before="2020-12-31")
    page = admin.post(f"/insatser/{one.pk}/andra/", facts).content.decode()
    assert "Utanför de nya dagarna ligger 1 planerat antal (2021). Ändra de antalen till 0 först." in page
    assert f'<a href="/insatser/{one.pk}/">Antal och uppdrag</a>' in page
    assert "/deltagare/" not in page
    assert admin.post(f"/insatser/{one.pk}/andra/", facts | {"ends_before": "2021-01-01"}).status_code == 302


@pytest.mark.participants
def test_a_lead_is_shown_the_way_to_the_stays_outside_new_days(association, visitor):
    one = factories.intervention(association)
    people = importlib.import_module("tests.participants.people")
    people.participation(one, starts_on=date(2020, 3, 2))
    facts = wanted(association, starts_on="2018-01-01", ends_before="2020-12-31", method="identified")
    facts["controller"] = factories.agency().pk
    page = visitor(factories.lead(one)).post(f"/insatser/{one.pk}/andra/", facts).content.decode()
    assert "Utanför de nya dagarna ligger 1 deltagande som pågår." in page
    assert f'<a href="/insatser/{one.pk}/deltagare/">Visa deltagarna i insatsen</a>' in page


@pytest.mark.participants
def test_personal_data_are_not_offered_where_the_direction_is_structural(association, admin):
    """With htmx when the direction is chosen; without it when the form comes back."""
    address, persons = f"/insatser/ny/{association.pk}/", 'name="method" value="identified"'
    page = admin.get(address).content.decode()
    assert persons in page
    assert re.search(r'<select name="direction"[^>]*hx-select-oob="[^"]*#id_method', page)
    looks = wanted(association, step="day")
    lists = admin.post(address, looks | {"direction": "mapping"}, headers={"HX-Request": "true"}).content.decode()
    assert persons not in lists
    assert 'value="numbers_only"' in lists
    chosen = admin.post(address, looks | {"direction": "preparatory", "method": "identified"}).content.decode()
    assert re.search(f"<input[^>]*{persons}[^>]* checked", chosen)
    facts = wanted(association, direction="mapping", method="identified", controller=factories.agency().pk)
    answer = admin.post(address, facts)
    assert answer.context["form"].errors["method"] == [
        "En strukturövergripande insats har inga deltagare. Välj att räkna antal."
    ]
    assert persons not in answer.content.decode()


@pytest.mark.participants
def test_a_structural_intervention_with_participants_is_named_where_it_is_seen_to(association, admin, visitor):
    one = factories.intervention(association, kind="structural", direction="mapping", method="numbers_only")
    Intervention.objects.update(method="identified", controller=factories.agency())
    registrar = visitor(factories.registrar(one))
    for page in (admin.get("/"), admin.get(f"/forbund/{association.pk}/")):
        assert "fast den är strukturövergripande" in page.content.decode()
        assert f"/insatser/{one.pk}/" in page.content.decode()
    for page in (registrar.get("/"), registrar.get(f"/insatser/{one.pk}/")):
        assert f"/insatser/{one.pk}/registrera/" not in page.content.decode()


def test_heads_far_above_the_plan_are_asked_about_once_more_and_nothing_typed_is_lost(association, visitor):
    one = factories.intervention(association, method="numbers_only")
    factories.interventions.plan(actor=factories.operator(), intervention=one, year=2020, participants=20)
    lead, address = visitor(factories.lead(one)), f"/insatser/{one.pk}/antal/"
    typed = {"year": "2020", "women": "30", "men": "20"}
    assert 'name="confirmed"' not in lead.get(address).content.decode()
    page = lead.post(address, typed).content.decode()
    assert "50 är mer än dubbelt så många som de 20 som är planerade. Stämmer antalet?" in page
    assert 'name="confirmed"' in page
    assert 'value="30"' in page
    assert not HeadCount.objects.exists()
    assert 'name="confirmed"' in lead.post(address, typed).content.decode()
    assert lead.post(address, typed | {"confirmed": "on"}).status_code == 302
    assert HeadCount.objects.get().women == 30


def test_a_number_pasted_by_mistake_is_refused_at_its_field(association, admin, visitor):
    one = factories.intervention(association, method="numbers_only")
    typed = {"year": "2020", "women": "198501019876", "men": "2", "confirmed": "on"}
    answer = visitor(factories.lead(one)).post(f"/insatser/{one.pk}/antal/", typed)
    sentence = "Talet är för stort. Kontrollera att inget annat än antalet har klistrats in."
    assert answer.context["form"].errors["women"] == [sentence]
    typed = {"year": "2020", "participants": "100000", "confirmed": "on"}
    answer = admin.post(f"/insatser/{one.pk}/plan/", typed)
    assert answer.context["form"].errors["participants"] == ["Talet är för stort. Skriv högst 99 999."]
