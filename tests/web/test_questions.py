"""The table builder's page: a question in the address, its size, its answer, its files, and questions that are kept."""

import json
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from finsam.access.roles import Reach, Role, roles
from finsam.associations.models import Association
from finsam.background import actions as background_actions
from finsam.interventions.models import Assignment, Intervention
from finsam.reports.special.question import Question
from finsam.snapshots import actions
from finsam.table_builder import actions as question_actions
from finsam.table_builder import queries, rules
from finsam.table_builder.models import AnsweredQuestion, SavedQuestion
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "demo")]
ASKED = "/fragor/?figure=interventions&first=2019&last=2020&by=association"


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


def test_without_a_snapshot_the_page_says_what_to_do(analyst, place):
    assert "Ta den första ögonblicksbilden" in text(analyst, "/fragor/")


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
    answer(analyst, "/fragor/?figure=persons_new&by=sex&first=2020&last=2020")
    cells = json.dumps(AnsweredQuestion.objects.get().answer)
    assert "persons_new" not in cells
    assert '"persons": true' in cells


def test_an_answer_is_downloaded_as_csv_and_excel(analyst, taken):
    answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    csv = analyst.get(f"/fragor/{pk}/filer/csv/")
    assert csv.content.decode().splitlines()[0] == "period,association,interventions,status"
    assert csv.headers["Content-Disposition"].endswith('.csv"')
    assert analyst.get(f"/fragor/{pk}/filer/xlsx/").content.startswith(b"PK")
    assert analyst.get(f"/fragor/{pk}/filer/pdf/").status_code == 404


def test_what_cannot_be_asked_is_said_at_its_field(analyst, taken):
    page = text(analyst, "/fragor/?figure=interventions&by=sex&first=2020&last=2020")
    assert "kan inte delas upp efter kön" in page
    assert "Räkna tabellen" not in page


def test_a_table_that_is_too_large_says_how_to_make_it_smaller(analyst, taken):
    page = text(analyst, "/fragor/?figure=persons_new&by=municipality&by=sex&by=age_group&first=2010&last=2020")
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
    other = analyst.post("/fragor/?figure=interventions&first=2020&last=2020")
    assert "så många som skyddas tillsammans" in other.content.decode()
    assert "Insatser efter förbund" in answer(analyst)


OTHERS = pytest.mark.parametrize("role", [role.value for role in roles() if role is not Role.NATIONAL_ANALYST])


def other(role, place, taken):
    """Somebody in another role than the analyst's, who works where there is something to ask about."""
    user = factories.user(None, Role(role), where=place)
    one = Intervention.objects.get()
    if Reach.ASSIGNED in roles()[Role(role)].may.values():
        Assignment.objects.create(intervention=one, user=user, role=role, first_day=one.starts_on)
    return user


@OTHERS
def test_nobody_else_has_the_page(visitor, place, taken, role):
    client = visitor(other(role, place, taken))
    assert client.get(ASKED).status_code == 403
    assert 'href="/fragor/"' not in text(client, "/")


@OTHERS
def test_nobody_else_is_answered(visitor, place, taken, role):
    who = other(role, place, taken)
    client = visitor(who)
    sent = client.post(f"/fragor/?figure=interventions&first=2020&last=2020&place={place.number}")
    assert sent.status_code == 403
    assert "nationell analytiker" in sent.content.decode()
    question, actor = (
        Question.of("interventions", (), {"association": place.number}, "2020", "2020"),
        factories.actor(who),
    )
    about = {"actor": actor, "question": question, "snapshot": taken}
    for refused in (
        lambda: queries.new_question(
            actor=actor, figure="interventions", by=[], where={"association": place.number}, first="2020", last="2020"
        ),
        lambda: queries.question_size(**about),
        lambda: question_actions.ask(**about),
        lambda: question_actions.save_question(actor=actor, question=question, name="Min"),
        lambda: background_actions.request_answer(**about),
    ):
        with pytest.raises(PermissionDenied):
            refused()
    assert not AnsweredQuestion.objects.exists()


@OTHERS
def test_what_somebody_was_answered_before_is_no_longer_given(analyst, visitor, place, taken, role):
    """As when the role of analyst is taken back, or in a home from when everybody could ask."""
    answer(analyst)
    who = other(role, place, taken)
    AnsweredQuestion.objects.update(user_id=who.pk)
    pk = AnsweredQuestion.objects.get().pk
    client = visitor(who)
    for address in (f"/fragor/{pk}/filer/csv/", f"/fragor/{pk}/siffra/table/2020/{place.number}/"):
        assert client.get(address).status_code == 403
    for address in (f"/fragor/{pk}/spara/", f"/fragor/{pk}/ta-bort/"):
        assert client.post(address).status_code == 403


def test_an_analyst_asks_about_one_association_or_all(analyst, place, taken):
    factories.association(name="Södra")
    page = text(analyst, ASKED)
    assert all(f">{name}</option>" in page for name in ("Hela landet", "Norra", "Södra"))
    found = answer(analyst, f"/fragor/?figure=interventions&first=2020&last=2020&place={place.number}")
    assert "Insatser. Norra, 2020" in found


def test_each_figure_says_where_it_comes_from(analyst, taken):
    page = answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    assert f'href="/fragor/{pk}/siffra/table/2020/{taken_number()}/"' in page
    found = text(analyst, f"/fragor/{pk}/siffra/table/2020/{taken_number()}/")
    assert "Insatser som pågick minst en dag i perioden." in found
    assert "samordningsförbund" in found
    assert taken.identifier in found
    assert "1–4 personer döljs" in found
    assert "Norra" in found
    assert analyst.get(f"/fragor/{pk}/siffra/table/1999/total/").status_code == 404
    for link in part_links(page):
        assert analyst.get(link).status_code == 200


def test_where_a_figure_comes_from_is_its_owners(analyst, visitor, taken):
    answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    another = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    assert another.get(f"/fragor/{pk}/siffra/table/2020/total/").status_code == 404


def part_links(page):
    """The addresses of the figures of an answer."""
    return [part.split('"')[0] for part in page.split('href="')[1:] if "/siffra/" in part.split('"')[0]]


def taken_number():
    return Association.objects.get().number


def test_an_answer_is_its_owners(analyst, visitor, taken):
    answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    another = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    assert another.get(f"/fragor/{pk}/filer/csv/").status_code == 404
    assert another.post(f"/fragor/{pk}/spara/", {"name": "Min"}).status_code == 404


def test_a_saved_question_is_asked_of_the_newest_snapshot(analyst, taken):
    answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    saved = analyst.post(f"/fragor/{pk}/spara/", {"name": "Förbunden"}, follow=True).content.decode()
    assert "Frågan är sparad." in saved
    factories.intervention(factories.association(name="Nya"))
    newer = actions.take(actor=factories.operator(), as_of=date(2021, 3, 31))
    page = text(analyst, "/fragor/")
    [link] = [part.split('"')[0] for part in page.split('<li><a href="')[1:] if "Förbunden" in part.split("</a>")[0]]
    page = answer(analyst, link.replace("&amp;", "&"))
    assert newer.identifier in page.split('id="svar"')[1]
    assert AnsweredQuestion.objects.count() == 2


def test_a_name_is_used_once_and_a_saved_question_can_be_taken_away(analyst, taken):
    answer(analyst)
    pk = AnsweredQuestion.objects.get().pk
    analyst.post(f"/fragor/{pk}/spara/", {"name": "Förbunden"})
    again = analyst.post(f"/fragor/{pk}/spara/", {"name": "Förbunden"}, follow=True).content.decode()
    assert "Du har redan en tabell med det namnet." in again
    saved = SavedQuestion.objects.get()
    assert "Fyll i" in analyst.post(f"/fragor/{pk}/spara/", {"name": ""}, follow=True).content.decode()
    analyst.post(f"/fragor/{saved.pk}/ta-bort/")
    assert not SavedQuestion.objects.exists()
