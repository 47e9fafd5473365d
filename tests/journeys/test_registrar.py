"""A registrar takes consent, registers a participant in and later out; with scripts and without."""

from datetime import date

import pytest

from finsam.participants.models import Participation
from finsam.values.identity import shifted
from tests import factories
from tests.participants import people
from tests.web.test_dated import change

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_in_and_later_out(sign_in, scripts):
    one = factories.intervention(name="Unga in")
    page = sign_in(factories.registrar(one), scripts=scripts)
    page.get_by_role("link", name="Registrera deltagare").click()
    consent(page)
    start(page, number="19990230-2382")
    assert "30 februari finns inte. Kontrollera månad och dag i numret." in page.locator(".field__error").inner_text()
    assert page.get_by_label("Namn").input_value() == "Låtsas Exempelberg"
    page.get_by_label("Personnummer eller samordningsnummer").fill("19850101-2382")
    page.get_by_role("button", name="Fortsätt till kontrollen").click()
    assert "3 år 4 mån" in page.locator("main").inner_text()
    page.get_by_role("button", name="Registrera deltagaren").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Låtsas Exempelberg"
    assert "1985" not in page.url + page.title()
    find_again(page)
    out(page)
    stay = Participation.objects.get()
    assert (stay.ends_before, stay.end_reason, stay.extent_at_end) == (date(2021, 3, 31), "completed", 75)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_another_day_shows_its_lists_and_leaves_what_is_typed(sign_in, scripts):
    one = factories.intervention(name="Unga in")
    change("support", "social_assistance")
    page = sign_in(factories.registrar(one), scripts=scripts)
    page.get_by_role("link", name="Registrera deltagare").click()
    consent(page, "2020-06-01")
    page.get_by_label("Namn").fill("Låtsas Exempelberg")
    assert page.get_by_label("Påhittad ny").is_visible()
    page.get_by_label("Första dag i insatsen").fill("2020-06-01")
    if scripts:
        page.get_by_label("Gymnasium").check(force=True)  # while the lists are fetched
    else:
        page.get_by_role("button", name="Visa val för dagen").click()
    page.get_by_text("Valen nedan är de som gäller 1\N{NO-BREAK SPACE}juni\N{NO-BREAK SPACE}2020.").wait_for()
    assert page.get_by_label("Försörjningsstöd", exact=True).count() == 1
    assert page.get_by_label("Påhittad ny").count() == 0
    assert page.get_by_label("Namn").input_value() == "Låtsas Exempelberg"
    assert page.get_by_label("Gymnasium").is_checked() is scripts


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_changed_number_and_an_unlikely_person_are_asked_about(sign_in, scripts):
    one = factories.intervention(name="Unga in")
    user = factories.registrar(one)
    stay = people.participation(one, factories.actor(user))
    page = sign_in(user, scripts=scripts)
    page.goto(f"/deltagare/{stay.pk}/nummer/")
    page.get_by_label("Personnummer eller samordningsnummer").fill(shifted(date(2009, 1, 1), 4))
    page.get_by_role("button", name="Spara numret").click()
    page.get_by_label("Ja, personen har fått ett nytt nummer").check(force=True)
    page.get_by_label("Ja, personen var yngre än 15 år den första dagen").check(force=True)
    page.get_by_label("Ja, personen har haft offentlig försörjning").check(force=True)
    page.get_by_role("button", name="Spara numret").click()
    assert "Personen är densamma i statistiken." in page.locator("main").inner_text()
    stay.person.refresh_from_db()
    assert stay.person.birth_year == 2009


def consent(page, day="2021-03-29"):
    page.get_by_label("Deltagaren", exact=True).check(force=True)
    page.get_by_label("Datum").fill(day)
    page.get_by_role("button", name="Spara samtycket och fortsätt").click()


def start(page, number):
    page.get_by_label("Personnummer eller samordningsnummer").fill(number)
    page.get_by_label("Namn").fill("Låtsas Exempelberg")
    page.get_by_label("Bostadskommun").select_option(label="Stockholm")
    page.get_by_label("Första dag i insatsen").fill("2021-03-29")
    page.get_by_label("Aktivitetsersättning", exact=True).check(force=True)
    page.get_by_label("Tid i offentlig försörjning").fill("3 år 4 mån")
    page.get_by_label("Gymnasium").check(force=True)
    page.get_by_label("Aktivt arbetssökande").check(force=True)
    page.get_by_label("Långtidsarbetslösa").check(force=True)
    page.get_by_role("button", name="Fortsätt till kontrollen").click()


def find_again(page):
    page.get_by_role("link", name="Deltagare", exact=True).click()
    page.get_by_label("Personnummer eller samordningsnummer").fill("198501012382")
    page.get_by_role("button", name="Sök deltagare").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Låtsas Exempelberg"
    assert "1985" not in page.url


def out(page):
    page.get_by_role("link", name="Registrera ut").click()
    page.get_by_label("Sista dag i insatsen").fill("2021-03-30")
    page.get_by_label("Ingen offentlig försörjning").check(force=True)
    page.get_by_label("Förvärvsarbete").check(force=True)
    page.get_by_label("Omfattning efter").fill("75")
    page.get_by_label("Fullföljd enligt plan").check(force=True)
    page.get_by_role("button", name="Registrera ut deltagaren").click()
    assert "Förvärvsarbete, 75 procent" in page.locator("main").inner_text()
