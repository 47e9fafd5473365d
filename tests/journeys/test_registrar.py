"""A registrar takes consent, registers a participant in and later out; with scripts and without."""

from datetime import date

import pytest

from finsam.participants.models import Participation
from tests import factories

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


def consent(page):
    page.get_by_label("Deltagaren", exact=True).check(force=True)
    page.get_by_label("Datum").fill("2021-03-29")
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
