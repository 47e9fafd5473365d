"""Every record's page shows its history: what was, what became, when, by whom and in which role."""

import re
from datetime import timedelta

import pytest

from finsam.access import actions as access
from finsam.access.roles import Role
from finsam.access.trail import Days, LastDay, Named
from finsam.codes.models import Code
from finsam.interventions import actions as interventions
from finsam.web.history import in_words
from tests import factories

pytestmark = pytest.mark.django_db

LATER = factories.NOW + timedelta(hours=1)
WHEN = "31\N{NO-BREAK SPACE}mars\N{NO-BREAK SPACE}2021 kl. 10.30"


@pytest.fixture
def admin(demo):
    return factories.user(None, Role.SYSTEM_ADMIN)


def page(client, address):
    """A page's history as text, without its tags' spaces."""
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"[ \n]+", " ", answer.content.decode().partition('id="historik"')[2])


def test_a_users_page_shows_it(admin, visitor):
    who = factories.user()
    old = who.name
    access.change_user(
        actor=factories.actor(admin, LATER), user=who, email=who.email, name="Nytt Namn", employer=who.employer
    )
    shown = page(visitor(admin), f"/anvandare/{who.pk}/")
    assert "2 händelser, den senaste" in shown
    assert WHEN in shown
    assert "Ändrade en användares uppgifter" in shown
    assert f"{admin.name}, systemadministratör" in shown
    assert f'<td>Namn</td> <td data-label="Var">{old}</td> <td data-label="Blev">Nytt Namn</td>' in shown


def test_an_interventions_page_shows_it_to_each_as_much_as_the_page_does(demo, visitor):
    one = factories.intervention(method="numbers_only", direction="individual_assessment")
    lead = factories.lead(one)
    fresh = type(one).objects.get(pk=one.pk)
    interventions.count_heads(actor=factories.actor(lead, LATER), intervention=fresh, year=2020, women=3, men=4)
    for who, sees in ((lead, True), (factories.user(None, Role.READER, where=one.association), False)):
        shown = page(visitor(who), f"/insatser/{one.pk}/")
        assert ("kvinnor 3, män 4" in shown) is sees
        assert (lead.name in shown) is sees


def test_an_associations_page_shows_it(admin, visitor):
    one = factories.association()
    shown = page(visitor(admin), f"/forbund/{one.pk}/")
    assert "Satte förbundet i drift" in shown
    assert "Medlemskap Försäkringskassan" in shown
    assert "sedan 1\N{NO-BREAK SPACE}januari\N{NO-BREAK SPACE}2015" in shown
    assert "Driften" in shown


def test_a_code_has_a_page_that_shows_it(admin, visitor):
    client, code = visitor(admin), Code.objects.filter(verified=False).order_by("pk")[0]
    assert f'href="/kodlistor/rad/{code.pk}/"' in client.get(f"/kodlistor/{code.list}/").content.decode()
    client.post(f"/kodlistor/rad/{code.pk}/bekrafta/", {"source": "Läst källa"})
    shown = page(client, f"/kodlistor/rad/{code.pk}/")
    assert "Bekräftade en kod" in shown
    assert '<td>Bekräftad</td> <td data-label="Var">nej</td> <td data-label="Blev">ja</td>' in shown


def test_a_save_that_changed_nothing_says_so(admin, visitor):
    access.set_language(actor=factories.actor(admin, LATER), language="sv")
    assert "Ingen uppgift ändrades." in page(visitor(admin), f"/anvandare/{admin.pk}/")


def test_values_are_written_as_people_read_them():
    day, after = factories.NOW.date(), factories.NOW.date() + timedelta(days=1)
    space = "\N{NO-BREAK SPACE}"
    assert in_words(None) == in_words(()) == "–"
    assert (in_words(True), in_words(False)) == ("ja", "nej")
    assert in_words(1234) == f"1{space}234"
    assert in_words(day) == in_words(LastDay(after)) == f"31{space}mars{space}2021"
    assert in_words(Days(day, None)) == f"sedan 31{space}mars{space}2021"
    assert in_words((("Sjukpenning",), ("Studiestöd",))) == "Sjukpenning, Studiestöd"
    assert in_words(((Named("kvinnor", 3), Named("män", 4)),)) == "kvinnor 3, män 4"
    assert in_words((("Lena", "a"), ("Lova", "b"))) == "Lena, a; Lova, b"


@pytest.mark.participants
def test_a_persons_page_shows_it_and_names_nobody_in_it(demo, visitor):
    from importlib import import_module

    people = import_module("tests.participants.people")
    one = factories.intervention()
    registrar = factories.registrar(one)
    stay = people.participation(one, factories.actor(registrar))
    people.change_number(factories.actor(registrar, LATER), stay, people.identity(), name="Nytt Namn")
    shown = page(visitor(registrar), f"/deltagare/{stay.pk}/")
    assert '<td>Namn eller nummer</td> <td data-label="Var">–</td> <td data-label="Blev">ändrat</td>' in shown
    assert "Registrerade en deltagare" in shown
    assert "Sjukpenning" in shown
    for name in ("Låtsas", "Nytt Namn"):
        assert name not in shown
