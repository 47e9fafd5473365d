"""The table builder's page: a question in the address, its size, its answer, its files, and questions that are kept."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from finsam.access.roles import Role
from finsam.associations.models import Association
from finsam.interventions.models import Intervention
from finsam.snapshots import actions
from finsam.table_builder import queries, rules
from finsam.table_builder.models import AnsweredQuestion, SavedQuestion
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "demo")]
ASKED = "/tabeller/?figure=interventions&first=2019&last=2020&by=association"


@pytest.fixture
def place():
    return factories.association(name="Norra")


@pytest.fixture
def analyst(visitor):
    return visitor(factories.user(None, Role.NATIONAL_ANALYST))


@pytest.fixture
def taken(place):
    factories.intervention(place)
    return actions.take(actor=factories.operator(), as_of=date(2021, 3, 31))


def text(client, address):
    return client.get(address).content.decode()


def answer(client, address=ASKED):
    """Ask, and give the page of the answer."""
    sent = client.post(address)
    assert sent.status_code == 302
    return text(client, sent.headers["Location"])


def test_without_a_snapshot_the_page_says_what_to_do(analyst, visitor, place):
    assert "Ta den första ögonblicksbilden" in text(analyst, "/tabeller/")
    reader = visitor(factories.user(None, Role.READER, where=place))
    assert "Den nationella analytikern tar den första." in text(reader, "/tabeller/")


def test_the_size_is_told_and_nothing_is_counted_before_it_is_asked_for(analyst, taken):
    page = text(analyst, ASKED)
    assert "Tabellen får 4 celler." in page
    assert "Räkna tabellen" in page
    assert not AnsweredQuestion.objects.exists()


def test_htmx_gets_the_size_alone(analyst, taken):
    part = analyst.get(ASKED, headers={"HX-Request": "true", "HX-Target": "storlek"}).content.decode()
    assert part.strip().startswith('<div id="storlek"')
    assert part.strip() in text(analyst, ASKED)


def test_an_answer_is_shown_kept_and_given_again(analyst, taken):
    page = answer(analyst)
    assert "Insatser efter förbund. 2019–2020" in page
    assert "<table" in page
    assert "<svg" in page
    assert AnsweredQuestion.objects.get().number == 1
    answer(analyst)
    assert AnsweredQuestion.objects.count() == 1
    assert "Den tabellen har du redan fått." in text(analyst, ASKED)


@pytest.mark.participants
def test_an_answer_holds_no_exact_figure_that_is_hidden(analyst, taken):
    answer(analyst, "/tabeller/?figure=persons_new&by=sex&first=2020&last=2020")
    cells = json.dumps(AnsweredQuestion.objects.get().answer)
    assert "persons_new" not in cells
    assert '"persons": true' in cells


def test_an_answer_is_downloaded_as_csv_and_excel(analyst, taken):
    answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    csv = analyst.get(f"/tabeller/{pk}/filer/csv/")
    assert csv.content.decode().splitlines()[0] == "period,association,interventions,status"
    assert csv.headers["Content-Disposition"].endswith('.csv"')
    assert analyst.get(f"/tabeller/{pk}/filer/xlsx/").content.startswith(b"PK")
    assert analyst.get(f"/tabeller/{pk}/filer/pdf/").status_code == 404


def test_what_cannot_be_asked_is_said_at_its_field(analyst, taken):
    page = text(analyst, "/tabeller/?figure=interventions&by=sex&first=2020&last=2020")
    assert "kan inte delas upp efter kön" in page
    assert "Räkna tabellen" not in page


def test_a_table_that_is_too_large_says_how_to_make_it_smaller(analyst, taken):
    page = text(analyst, "/tabeller/?figure=persons_new&by=municipality&by=sex&by=age_group&first=2010&last=2020")
    assert "högst 3\u00a0000 kan skyddas på en gång" in page
    assert "Välj färre perioder" in page
    assert "Räkna tabellen" not in page


def counted_in_background():
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


def test_a_large_table_is_counted_in_the_background(analyst, visitor, taken, monkeypatch):
    monkeypatch.setattr(rules, "AT_ONCE", 3)
    waiting = analyst.post(ASKED).headers["Location"]
    assert "Väntar på sin tur." in text(analyst, waiting)
    part = analyst.get(waiting, headers={"HX-Request": "true"}).content.decode()
    assert part.strip() in text(analyst, waiting)
    assert not AnsweredQuestion.objects.exists()
    another = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    assert another.get(waiting).status_code == 404
    counted_in_background()
    done = analyst.get(waiting).headers["Location"]
    assert "Insatser efter förbund. 2019–2020" in text(analyst, done)
    assert analyst.get(waiting, headers={"HX-Request": "true"}).headers["HX-Redirect"] == done
    assert another.get(waiting).status_code == 404
    assert analyst.post(ASKED).headers["Location"].endswith("#svar")  # had already


def test_what_is_refused_in_the_background_is_said_there(analyst, taken, monkeypatch):
    monkeypatch.setattr(rules, "AT_ONCE", 3)
    waiting = analyst.post(ASKED).headers["Location"]
    monkeypatch.setattr(rules, "MOST_ANSWERS", 0)
    counted_in_background()
    assert "så många som skyddas tillsammans" in text(analyst, waiting)
    assert "så många som skyddas tillsammans" in analyst.post(ASKED).content.decode()


def test_after_so_many_answers_only_those_are_given(analyst, taken, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ANSWERS", 1)
    answer(analyst)
    other = analyst.post("/tabeller/?figure=interventions&first=2020&last=2020")
    assert "så många som skyddas tillsammans" in other.content.decode()
    assert "Insatser efter förbund" in answer(analyst)


def test_association_staff_ask_about_their_own_association_only(visitor, place, taken):
    other = factories.association(name="Södra")
    reader = visitor(factories.user(None, Role.READER, where=place))
    page = text(reader, ASKED)
    assert "Hela landet" not in page
    assert "Södra" not in page
    own = f"/tabeller/?figure=interventions&first=2020&last=2020&place={place.number}"
    assert "Insatser. Norra, 2020" in answer(reader, own)
    for beyond in ("", other.number):
        sent = reader.post(f"/tabeller/?figure=interventions&first=2020&last=2020&place={beyond}")
        assert sent.status_code in {200, 403}
    assert AnsweredQuestion.objects.count() == 1


def test_each_figure_says_where_it_comes_from(analyst, taken):
    page = answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    assert f'href="/tabeller/{pk}/siffra/table/2020/{taken_number()}/"' in page
    found = text(analyst, f"/tabeller/{pk}/siffra/table/2020/{taken_number()}/")
    assert "Insatser som pågick minst en dag i perioden." in found
    assert "samordningsförbund" in found
    assert taken.identifier in found
    assert "1–4 personer döljs" in found
    assert "Norra" in found
    assert analyst.get(f"/tabeller/{pk}/siffra/table/1999/total/").status_code == 404
    for link in part_links(page):
        assert analyst.get(link).status_code == 200


def test_where_a_figure_comes_from_is_its_owners(analyst, visitor, taken):
    answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    another = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    assert another.get(f"/tabeller/{pk}/siffra/table/2020/total/").status_code == 404


def part_links(page):
    """The addresses of the figures of an answer."""
    return [part.split('"')[0] for part in page.split('href="')[1:] if "/siffra/" in part.split('"')[0]]


def taken_number():
    return Association.objects.get().number


def test_whoever_leads_an_intervention_asks_about_its_association_only(visitor, place, taken):
    other = factories.association(name="Södra")
    idle = visitor(factories.user(None, Role.INTERVENTION_LEAD))
    assert "du har ingen än" in text(idle, "/tabeller/")
    lead = visitor(factories.lead(Intervention.objects.get()))
    page = text(lead, ASKED)
    assert "Norra" in page
    assert "Södra" not in page
    assert "Hela landet" not in page
    own = f"/tabeller/?figure=interventions&first=2020&last=2020&place={place.number}"
    assert "Insatser. Norra, 2020" in answer(lead, own)
    for asks, where in ((lead, ""), (lead, other.number), (idle, place.number)):
        asks.post(f"/tabeller/?figure=interventions&first=2020&last=2020&place={where}")
    assert AnsweredQuestion.objects.count() == 1
    with pytest.raises(PermissionDenied):
        queries.new_question(
            actor=factories.actor(factories.lead(Intervention.objects.get())),
            figure="interventions",
            by=[],
            where={"association": other.number},
            first="2020",
            last="2020",
        )


def test_whoever_administers_the_system_asks_about_all_the_country(visitor, taken):
    assert "Hela landet" in text(visitor(factories.user(None, Role.SYSTEM_ADMIN)), "/tabeller/")


def test_an_answer_is_its_owners(analyst, visitor, taken):
    answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    another = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    assert another.get(f"/tabeller/{pk}/filer/csv/").status_code == 404
    assert another.post(f"/tabeller/{pk}/spara/", {"name": "Min"}).status_code == 404


def test_a_saved_question_is_asked_of_the_newest_snapshot(analyst, taken):
    answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    saved = analyst.post(f"/tabeller/{pk}/spara/", {"name": "Förbunden"}, follow=True).content.decode()
    assert "Frågan är sparad." in saved
    factories.intervention(factories.association(name="Nya"))
    newer = actions.take(actor=factories.operator(), as_of=date(2021, 3, 31))
    page = text(analyst, "/tabeller/")
    [link] = [part.split('"')[0] for part in page.split('<li><a href="')[1:] if "Förbunden" in part.split("</a>")[0]]
    page = answer(analyst, link.replace("&amp;", "&"))
    assert newer.identifier in page.split('id="svar"')[1]
    assert AnsweredQuestion.objects.count() == 2


def test_a_name_is_used_once_and_a_saved_question_can_be_taken_away(analyst, taken):
    answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    analyst.post(f"/tabeller/{pk}/spara/", {"name": "Förbunden"})
    again = analyst.post(f"/tabeller/{pk}/spara/", {"name": "Förbunden"}, follow=True).content.decode()
    assert "Du har redan en tabell med det namnet." in again
    saved = SavedQuestion.objects.get()
    assert "Fyll i" in analyst.post(f"/tabeller/{pk}/spara/", {"name": ""}, follow=True).content.decode()
    analyst.post(f"/tabeller/{saved.pk}/ta-bort/")
    assert not SavedQuestion.objects.exists()
