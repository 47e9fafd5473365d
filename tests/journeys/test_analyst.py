"""An analyst takes a snapshot, produces the report of 2020 and opens the PDF."""

from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import expect

from finsam.access.roles import Role
from finsam.editions.models import ReportRun
from finsam.snapshots.models import Snapshot
from tests import factories
from tests.journeys.conftest import work
from tests.participants import people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def test_from_records_to_a_report_one_can_hold_in_ones_hand(sign_in):
    one = factories.intervention()
    registrar = factories.actor(factories.registrar(one))
    for serial in range(1, 13):
        who = people.IdentityNumber(people.shifted(people.date(1985, 1, 1), serial))
        people.participation(one, registrar, who=who)
    page = sign_in(factories.user(None, Role.NATIONAL_ANALYST))
    take(page)
    order(page)
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Insatser finansierade genom samordningsförbund 2020", timeout=30_000)
    assert "12" in page.locator("main").inner_text()
    link = page.get_by_role("link", name="Öppna PDF").get_attribute("href")
    answer = page.context.request.get(link)
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(BytesIO(answer.body())) as document:
        assert document.Root.Lang == "sv-SE" or str(document.Root.Lang).startswith("sv")
        assert len(document.pages) > 1
    page.get_by_role("link", name="Varifrån kommer siffrorna?").click()
    assert Snapshot.objects.get().digest in page.locator("main").inner_text()


def take(page):
    page.get_by_role("link", name="Ögonblicksbilder", exact=True).click()
    page.get_by_role("link", name="Ta ögonblicksbild").click()
    assert page.get_by_label("Per dag").input_value() == "2021-03-31"
    page.get_by_role("button", name="Ta ögonblicksbilden").click()
    expect(page.get_by_text("Väntar på sin tur.")).to_be_visible()
    work()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ögonblicksbild per 31", timeout=30_000)
    page.get_by_role("button", name="Kontrollera att den är hel").click()
    expect(page.get_by_text("Ögonblicksbilden är hel.")).to_be_visible()


def order(page):
    page.get_by_role("link", name="Rapporter", exact=True).click()
    page.get_by_role("link", name="Ta fram nationell årsrapport").click()
    page.get_by_label("År", exact=True).select_option("2020")
    page.get_by_role("button", name="Ta fram rapporten").click()
    expect(page.get_by_text("Väntar på sin tur.")).to_be_visible()
    work()
    assert ReportRun.objects.get().state == "done"
