"""Ändra nummer: everyone meets the same page and the same question, and it tells nothing of other controllers."""

import re
from datetime import date

import pytest
from django.db import transaction

from finsam.access.models import AuditRow, ReadRow
from finsam.participants.models import Person
from finsam.values.identity import shifted
from finsam.values.organisation import check_digit
from tests import factories
from tests.participants import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

YES = {"same": "new"}
NEW = people.IdentityNumber(shifted(date(1985, 1, 1), 4))


@pytest.fixture
def one():
    return factories.intervention(factories.association(codes=("0180",)), name="Unga in")


@pytest.fixture
def user(one):
    return factories.registrar(one)


@pytest.fixture
def registrar(user, visitor):
    return visitor(user)


@pytest.fixture
def stay(one, user):
    old = people.IdentityNumber(shifted(date(1985, 1, 1), 2, coordination=True))
    return people.participation(one, factories.actor(user), who=old)


def known_elsewhere(one, who):
    """Somebody with the number at another controller."""
    other = factories.intervention(one.association, controller=factories.service())
    return people.participation(other, who=who)


def typed(**facts):
    return {"number": NEW.number, "name": "Låtsas Nyberg"} | facts


def shown(answer):
    """The lines of a page as its reader sees it: without what is another each time."""
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", answer.content.decode()).splitlines()


def trail():
    """What those who share the intervention can be shown of what was done and read."""
    done = AuditRow.objects.exclude(model="participants.pseudonym").exclude(action="participants.join_pseudonyms")
    return [
        *done.order_by("pk").values_list("action", "model", "record_id", "rows"),
        *ReadRow.objects.order_by("pk").values_list("what", "record_id"),
    ]


def met(registrar, stay):
    """The pages somebody meets who changes the number, and the trail it leaves."""
    AuditRow.objects.all().delete()
    ReadRow.objects.all().delete()
    address = f"/deltagare/{stay.pk}/nummer/"
    pages = [registrar.post(address, typed(**answer), follow=True) for answer in ({}, {"same": "other"}, YES)]
    return [line for page in pages for line in shown(page)], trail()


def test_the_answer_is_the_same_whoever_knows_the_new_number(one, stay, registrar):
    """Twice the same change from the same state; the second time another controller knows the number."""
    undone = transaction.savepoint()
    unknown = met(registrar, stay)
    transaction.savepoint_rollback(undone)
    other = known_elsewhere(one, NEW)
    assert met(registrar, stay) == unknown
    assert "Är det samma person?" in "".join(unknown[0])
    assert "Personen är densamma i statistiken" in "".join(unknown[0])
    names = Person.objects.filter(pk__in=[stay.person_id, other.person_id]).values_list("pseudonym", flat=True)
    assert len({*names}) == 1


def test_every_change_of_a_number_asks_whether_it_is_the_same_person(stay, registrar):
    answer = registrar.post(f"/deltagare/{stay.pk}/nummer/", typed())
    form = answer.context["form"]
    assert not form.errors
    assert [field.name for field in form.visible_fields()] == ["same"]
    assert [field.name for field in form.hidden_fields()] == ["number", "name"]
    assert " checked" not in answer.content.decode()
    assert Person.objects.get(pk=stay.person_id).open_number() != NEW.number


def test_yes_changes_the_number_and_keeps_the_person(stay, registrar):
    registrar.post(f"/deltagare/{stay.pk}/nummer/", typed(same="new"))
    page = registrar.get(f"/deltagare/{stay.pk}/").content.decode()
    assert f"{NEW.number[:8]}-{NEW.number[8:]}" in page
    assert "Låtsas Nyberg" in page


def test_no_says_what_to_do_and_changes_nothing(stay, registrar):
    answer = registrar.post(f"/deltagare/{stay.pk}/nummer/", typed(same="other"))
    assert "registrera den andra personen för sig" in answer.context["form"].errors["same"][0]
    assert Person.objects.get(pk=stay.person_id).open_number() != NEW.number


def test_a_name_alone_is_saved_without_a_question(stay, registrar):
    own = stay.person.open_number()
    registrar.post(f"/deltagare/{stay.pk}/nummer/", typed(number=own))
    assert Person.objects.get(pk=stay.person_id).open_name() == "Låtsas Nyberg"
    assert not ReadRow.objects.exists()


def test_a_number_known_at_the_own_controller_is_told_at_its_field_after_a_row_in_the_read_log(one, stay, registrar):
    known = people.participation(one, factories.actor(factories.registrar(one)), who=NEW)
    answer = registrar.post(f"/deltagare/{stay.pk}/nummer/", typed())
    assert "hos samma personuppgiftsansvarige" in answer.context["form"].errors["number"][0]
    assert list(ReadRow.objects.values_list("what", "record_id")) == [("searched", known.person_id)]


def test_a_number_of_somebody_born_after_a_first_day_is_refused(stay, registrar):
    late = people.IdentityNumber(shifted(date(2020, 11, 3), 2))
    answer = registrar.post(f"/deltagare/{stay.pk}/nummer/", typed(number=late.number, same="new"))
    assert "före den dag då personen föddes" in answer.context["form"].errors["number"][0]


def test_a_number_of_somebody_very_young_is_asked_about_beside_the_question(stay, registrar):
    young = people.IdentityNumber(shifted(date(2010, 1, 3), 2))
    facts = typed(number=young.number, same="new")
    answer = registrar.post(f"/deltagare/{stay.pk}/nummer/", facts)
    page = answer.content.decode()
    assert "Enligt numret var personen 10 år den första dagen." in page
    assert 'value="young"' in page
    registrar.post(f"/deltagare/{stay.pk}/nummer/", facts | {"confirmed": ["young", "support"]})
    assert Person.objects.get(pk=stay.person_id).birth_year == 2010


@pytest.mark.parametrize(
    ("eight", "words"),
    [("19850072", "1985, månaden är inte känd"), ("19850360", "mars 1985, dagen är inte känd")],
)
def test_a_birth_partly_known_is_taken_and_shown_as_far_as_it_is_known(one, user, registrar, eight, words):
    number = f"{eight}239{check_digit(f'{eight[2:]}239')}"
    stay = people.participation(one, factories.actor(user), who=people.IdentityNumber(number))
    page = registrar.get(f"/deltagare/{stay.pk}/").content.decode().replace("\xa0", " ")
    assert words in page
    assert Person.objects.get().birth_year == 1985
