"""A reader finds the own association in an open table, as shares by sex, and takes it home; on any screen."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from finsam.access.roles import Role
from finsam.associations.models import Association
from finsam.editions.models import Edition
from tests import factories
from tests.journeys.conftest import SignIn, axe
from tests.journeys.measures import FAULTS, READABLE
from tests.journeys.test_every_page import FAST, RULES
from tests.web import open_tables

published = open_tables.published
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

WIDTHS = (320, 820, 1280)


def test_a_reader_finds_the_own_association_and_takes_its_table_home(
    published: Edition, sign_in: SignIn, tmp_path: Path
) -> None:
    own = Association.objects.get(name="Norra")
    page = sign_in(factories.user(None, Role.READER, where=own))
    page.get_by_role("link", name="Tabeller", exact=True).click()
    fits(page)
    page.get_by_role("link", name="Hur många deltar hos oss?").click()
    assert "70 deltagare" in page.locator(".lead").inner_text().replace("\xa0", " ")
    page.get_by_label("Rader").select_option("year")
    page.get_by_label("Kolumner", exact=True).select_option("sex")
    page.get_by_role("button", name="Visa tabellen").click()
    page.get_by_label("Siffra").select_option("participants")
    page.get_by_role("button", name="Visa tabellen").click()
    page.get_by_role("link", name="Andel av raden").click()
    cells = [one.replace("\xa0", " ") for one in page.locator("tbody td").all_inner_texts()]
    assert cells == ["43 %", "57 %", "100 %"]
    assert own.number in page.url
    fits(page)
    with page.expect_download() as book:
        page.get_by_role("link", name="Excel").click()
    book.value.save_as(tmp_path / "tabell.xlsx")
    assert (tmp_path / "tabell.xlsx").read_bytes().startswith(b"PK")
    with page.expect_download() as cube:
        page.get_by_role("link", name="JSON-stat").click()
    cube.value.save_as(tmp_path / "tabell.json")
    assert json.loads((tmp_path / "tabell.json").read_text("utf-8"))["class"] == "dataset"


def fits(page: Page) -> None:
    """Nothing shuts anybody out or falls outside the page, however wide it is."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(axe())
        assert page.evaluate(RULES, FAST) == [], width
        assert page.evaluate(FAULTS, READABLE) == [], width
