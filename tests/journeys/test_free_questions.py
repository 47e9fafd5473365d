"""An analyst counts freely, sees what would be hidden, and lets the table out with a second person; on any screen."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from finsam.access.roles import Role
from finsam.interventions import actions as interventions
from finsam.snapshots import actions as snapshots
from tests import factories
from tests.journeys.conftest import SignIn, work
from tests.journeys.test_reader import fits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

TITLE = "Deltagare räknade utan personuppgifter i två förbund"


def test_an_exact_table_is_let_out_by_two(sign_in: SignIn) -> None:
    operator = factories.operator()
    for women, men in ((14, 16), (3, 0)):
        one = factories.intervention(method="numbers_only")
        interventions.count_heads(actor=operator, intervention=one, year=2020, women=women, men=men)
    snapshots.take(actor=operator, as_of=date(2021, 3, 31))
    page = sign_in(factories.user(None, Role.NATIONAL_ANALYST))
    page.get_by_role("link", name="Fria frågor", exact=True).click()
    page.get_by_label("Siffra").select_option("heads")
    page.locator("label", has_text="förbund").first.click()
    for name in ("Från och med", "Till och med"):
        page.get_by_label(name).select_option("2020")
    fits(page)
    page.get_by_role("button", name="Räkna tabellen").click()
    expect(page.get_by_text("Får inte lämnas ut").first).to_be_visible()
    assert {"3 ·· skulle döljas", "30 ·· skulle döljas", "33"} <= set(cells(page))
    fits(page)
    page.get_by_role("link", name="Gör en särskild utgåva").click()
    page.get_by_label("Titel").fill(TITLE)
    page.get_by_label("Varför").fill("Länsstyrelsen har frågat.")
    page.get_by_label("För vem").fill("Länsstyrelsen")
    fits(page)
    page.get_by_role("button", name="Sammanställ utgåvan").click()
    work()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text(f"{TITLE} 2020", timeout=30_000)
    page.get_by_role("button", name="Godkänn granskningen").click()
    expect(page.get_by_role("button", name="Publicera utgåvan")).to_have_count(0)
    edition = page.url
    other = sign_in(factories.user(None, Role.NATIONAL_ANALYST))
    other.goto(edition)
    other.get_by_role("button", name="Publicera utgåvan").click()
    work()
    fits(other)
    reader = sign_in(factories.user(None, Role.READER, where=one.association))
    reader.get_by_role("link", name="Statistik", exact=True).click()
    reader.get_by_role("link", name=TITLE).first.click()
    reader.get_by_role("link", name="Läs rapporten").click()
    assert "3" not in [text.strip() for text in reader.locator("td").all_inner_texts()]


def cells(page: Page) -> list[str]:
    """What the cells of numbers on a page say."""
    return [" ".join(one.split()) for one in page.locator("td.number").all_inner_texts()]
