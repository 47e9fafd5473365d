"""Wherever a number is typed: the same answer whoever else knows it, a note that stays, and so many tries a day."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from finsam.access.models import AuditRow, ReadRow, User
from finsam.interventions.models import Intervention
from finsam.participants import ciphers, rules
from finsam.participants.models import Participation, Person
from finsam.values.identity import IdentityNumber, shifted
from tests import factories
from tests.participants import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

OLD = IdentityNumber(shifted(date(1985, 1, 1), 2, coordination=True))
NEW = IdentityNumber(shifted(date(1985, 1, 1), 4))
ANOTHER_EACH_TIME = re.compile(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"')
START = {
    "name": "Låtsas Nyberg",
    "starts_on": "2020-03-20",
    "supports": ["social_assistance"],
    "months_in_support": "1 år 2 mån",
    "education": "upper_secondary",
    "occupation": "job_seeking",
    "need_groups": ["none_specific"],
}
Fields = dict[str, Any]


@pytest.fixture
def one() -> Intervention:
    return factories.intervention(factories.association(codes=("0180",)), name="Unga in")


@pytest.fixture
def user(one: Intervention) -> User:
    return factories.registrar(one)


@pytest.fixture
def registrar(user: User, visitor: Callable[[User], Client]) -> Client:
    return visitor(user)


@pytest.fixture
def stay(one: Intervention, user: User) -> Participation:
    return people.participation(one, factories.actor(user), who=OLD)


def nobody(one: Intervention) -> None:
    """Nobody has the number."""


def another_controller(one: Intervention) -> None:
    """Somebody at another controller has the number."""
    people.participation(factories.intervention(one.association, controller=factories.service()), who=NEW)


def the_same_controller(one: Intervention) -> None:
    """Somebody at the same controller has it, in an intervention that the registrar does not work in."""
    people.participation(factories.intervention(one.association), who=NEW)


def answer(client: Client, address: str, fields: Fields) -> tuple[Any, ...]:
    """All that a browser can tell of an answer: where it led, what it showed, and how much was asked to make it."""
    with CaptureQueriesContext(connection) as asked:
        given = client.post(address, fields, follow=True)
    page = ANOTHER_EACH_TIME.sub("", given.content.decode())
    return given.status_code, given.redirect_chain, page, len(asked), sorted(given.cookies)


def answers(one: Intervention, stay: Participation, client: Client, knower: Callable[[Intervention], None]) -> Any:
    """What every form in which a number can be typed answers, when somebody has it or nobody; nothing is kept."""
    kept = transaction.savepoint()
    knower(one)
    given = people.consent(factories.actor(factories.registrar(one)), one)
    enrol, change = f"/insatser/{one.pk}/registrera/{given.pk}/", f"/deltagare/{stay.pk}/nummer/"
    town = stay.municipality_id
    typed = {"number": NEW.number}
    found = [
        answer(client, "/deltagare/", typed),
        answer(client, enrol, {**typed, **START, "municipality": town, "step": "check"}),
        answer(client, enrol, {**typed, **START, "municipality": town, "months_in_support": "40 år", "step": "check"}),
        answer(client, change, {**typed, "name": "Låtsas Nyberg"}),
        answer(client, change, {**typed, "name": "Låtsas Nyberg", "same": "other"}),
        answer(client, change, {"number": "1", "name": "Låtsas Nyberg"}),
    ]
    transaction.savepoint_rollback(kept)
    return [tuple(str(part).replace(f"/{given.pk}/", "//") for part in parts) for parts in found]


@pytest.mark.parametrize("knower", [another_controller, the_same_controller])
def test_no_form_answers_otherwise_when_somebody_one_may_not_see_has_the_number(one, stay, registrar, knower):
    registrar.get("/")
    unknown, known = (answers(one, stay, registrar, who) for who in (nobody, knower))
    for before, after in zip(unknown, known, strict=True):
        assert before == after
    pages = [parts[2] for parts in unknown]
    assert "Är det samma person?" in pages[3]
    assert "kontrollera" in pages[1].lower()


def test_registering_is_answered_the_same_when_another_controller_has_the_number(one, stay, user, registrar):
    """The page that follows holds what the own controller knows: registering is what the consent is for."""
    shown = []
    for knower in (nobody, another_controller):
        kept = transaction.savepoint()
        knower(one)
        given = people.consent(factories.actor(user), one)
        fields = {"number": NEW.number, **START, "municipality": stay.municipality_id, "step": "save"}
        made = registrar.post(f"/insatser/{one.pk}/registrera/{given.pk}/", fields)
        page = registrar.get(made["Location"]).content.decode().replace(made["Location"], "")
        shown.append((made.status_code, ANOTHER_EACH_TIME.sub("", page).replace(f"/{given.pk}/", "//")))
        transaction.savepoint_rollback(kept)
    assert re.sub(r"/\d+/", "//", shown[0][1]) == re.sub(r"/\d+/", "//", shown[1][1])
    assert shown[0][0] == shown[1][0] == 302


def test_a_number_that_cannot_be_saved_is_refused_when_it_is_to_be_saved_and_not_why(one, stay, registrar):
    the_same_controller(one)
    given = registrar.post(f"/deltagare/{stay.pk}/nummer/", {"number": NEW.number, "name": "Låtsas", "same": "new"})
    (sentence,) = given.context["form"].errors["number"]
    assert sentence.startswith("Numret kan inte sparas på den här personen.")
    assert "annan person" not in sentence
    assert Person.objects.get(pk=stay.person_id).open_number() == OLD.number


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("knower", [nobody, another_controller, the_same_controller])
@pytest.mark.parametrize("same", ["", "other"])
def test_the_notes_of_a_try_stay_when_the_change_is_refused(one, stay, user, knower, same):
    """With real transactions, as a server has them."""
    knower(one)
    actor = factories.actor(user)
    AuditRow.objects.all().delete()
    with pytest.raises(ValidationError):
        people.change_number(actor, stay, NEW, same=same)
    known = Person.objects.filter(controller=one.controller_id, blind_index=_index()).first()
    assert list(ReadRow.objects.values_list("what", "user_id", "record_id")) == [
        ("searched", actor.user_id, known and known.pk)
    ]
    assert list(AuditRow.objects.values_list("action", "record_id")) == [("participants.try_number", stay.person_id)]


def _index() -> str:
    return ciphers.blind_index(NEW.number)


def numbers(count: int) -> list[IdentityNumber]:
    return [IdentityNumber(shifted(date(1985, 2, 1), 2 * serial)) for serial in range(1, count + 1)]


def test_so_many_numbers_a_day_and_then_a_sentence_and_a_note(one, stay, user, registrar, monkeypatch):
    monkeypatch.setattr(rules, "NUMBER_TRIES", ((date(2026, 12, 1), 3),))
    address = f"/deltagare/{stay.pk}/nummer/"
    pages = [registrar.post(address, {"number": who.number, "name": "Låtsas"}) for who in numbers(4)]
    assert [bool(page.context["form"].errors) for page in pages] == [False, False, False, True]
    (sentence,) = pages[3].context["form"].errors["number"]
    assert sentence.startswith("Du har prövat så många nummer som man får på en dag. Vänta till i morgon")
    noted = AuditRow.objects.filter(action__startswith="participants.try").order_by("pk")
    assert list(noted.values_list("action", "user_id")) == [
        *[("participants.try_number", user.pk)] * 3,
        ("participants.try_too_many", user.pk),
    ]
    assert ReadRow.objects.count() == 3
    registrar.post(address, {"number": OLD.number, "name": "Låtsas Nyberg"})  # a name alone tries nothing
    assert Person.objects.get(pk=stay.person_id).open_name() == "Låtsas Nyberg"


def test_over_the_limit_nothing_tells_who_knows_the_number(one, stay, registrar, monkeypatch):
    monkeypatch.setattr(rules, "NUMBER_TRIES", ((date(2026, 12, 1), 0),))
    people.participation(one, factories.actor(factories.registrar(one)), who=NEW)
    address = f"/deltagare/{stay.pk}/nummer/"
    (unknown,), known = numbers(1), NEW
    one_page, other = (answer(registrar, address, {"number": who.number, "name": "L"}) for who in (unknown, known))
    assert one_page[2].replace(unknown.number, "") == other[2].replace(known.number, "")
    assert not ReadRow.objects.exists()


def test_the_count_is_of_each_user_and_each_day(one, stay, user, monkeypatch):
    monkeypatch.setattr(rules, "NUMBER_TRIES", ((date(2026, 12, 1), 1),))
    colleague = factories.registrar(one)
    later = factories.NOW + timedelta(days=1)
    told: list[str] = []
    for who, at in ((user, factories.NOW), (user, factories.NOW), (colleague, factories.NOW), (user, later)):
        with pytest.raises(ValidationError) as refused:
            people.change_number(factories.actor(who, at), stay, NEW, same="")
        told.append(*refused.value.message_dict)
    assert told == ["same", "number", "same", "same"]


@pytest.mark.parametrize(("day", "tries"), [(date(2021, 3, 31), 30), (date(2026, 12, 1), 30), (date(2030, 1, 1), 30)])
def test_the_limit_has_a_day_from_which_it_holds(day, tries):
    assert rules.number_tries(day) == tries
