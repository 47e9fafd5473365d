"""A form in the browser: its errors get the focus, and a field appears when another answer makes it necessary."""

import pytest

from finsam.access.roles import Role
from tests import factories
from tests.house import world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture
def administrator(demo):
    return factories.user(None, Role.SYSTEM_ADMIN)


@pytest.mark.parametrize("scripts", [True, False])
def test_after_a_refused_form_the_list_of_errors_has_the_focus(administrator, sign_in, scripts):
    page = sign_in(administrator, scripts=scripts)
    page.goto("/anvandare/ny/")
    page.get_by_role("button", name="Lägg till användaren").click()
    focused = page.locator(".errors:focus")
    focused.wait_for()
    assert "Rätta det här och försök igen" in focused.inner_text()
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "#id_name"


def test_a_field_appears_when_another_answer_makes_it_necessary(administrator, sign_in):
    page = sign_in(administrator)
    page.goto(f"/anvandare/{administrator.pk}/roller/ny/")
    where = page.locator("#id_organisation")
    assert not where.is_visible()
    page.locator("#id_role").select_option("association_admin")
    assert where.is_visible()
    assert "valfritt" not in page.locator("form.form").inner_text()
    page.locator("#id_role").select_option("national_analyst")
    assert not where.is_visible()


def test_without_scripts_the_label_changes_at_the_first_refusal(administrator, sign_in):
    page = sign_in(administrator, scripts=False)
    page.goto(f"/anvandare/{administrator.pk}/roller/ny/")
    assert "Förbund (för roller i ett förbund)" in page.locator("form.form").inner_text()
    page.locator("#id_role").select_option("association_admin")
    page.get_by_role("button", name="Ge rollen").click()
    page.locator(".errors").wait_for()
    text = page.locator("form.form").inner_text()
    assert "för roller i ett förbund" not in text
    assert "valfritt" not in text


@pytest.mark.participants
def test_a_hidden_answer_is_not_sent(demo, sign_in, home):
    made = world.place()
    page = sign_in(made.users["participant_registrar"])
    page.goto(f"/deltagare/{made.records['participation'].pk}/avsluta/")
    page.get_by_text("Förvärvsarbete", exact=True).click()
    extent = page.get_by_label("Omfattning efter, procent")
    extent.fill("50")
    page.get_by_text("Övrigt", exact=True).click()
    assert not extent.is_visible()
    assert extent.is_disabled()
    page.get_by_text("Förvärvsarbete", exact=True).click()
    assert extent.input_value() == "50"
