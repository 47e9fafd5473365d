"""Pages that only an answer shows: forms sent back with errors, the last look before saving, refusals and faults."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from finsam.access import actions as access
from finsam.access.roles import Role
from finsam.codes import queries as codes
from tests import factories
from tests.journeys.test_every_page import WIDE, looked_at, opened, pages, place, shown

__all__ = ["place"]  # the fixture
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

FORM = "main form[method=post]:has(.field)"
EMPTY = """form => {
    for (const field of form.elements) {
        if (field.type === 'radio' || field.type === 'checkbox') field.checked = false;
        else if (field.tagName === 'SELECT') field.selectedIndex = -1;
        else if (field.type !== 'hidden' && field.tagName !== 'BUTTON') field.value = '';
    }
}"""
FILL = """(form, facts) => {
    for (const [name, values] of Object.entries(facts)) {
        for (const field of form.querySelectorAll(`[name="${name}"]`)) {
            if (field.type === 'radio' || field.type === 'checkbox') field.checked = values.includes(field.value);
            else if (field.tagName !== 'BUTTON') field.value = values[0];
        }
    }
}"""


def browse(browser, live_server, user):
    """A browser's page, signed in."""
    client = Client()
    client.force_login(user)
    return opened(browser, live_server, client)


def send(page):
    """Send the form of the page by its own first button."""
    with page.expect_navigation():
        page.locator(FORM).locator("button[type=submit]").first.click()


def sent_back(page, address):
    """The faults of the page that an empty form comes back as; None where the address has no form to fill in."""
    page.set_viewport_size(WIDE)
    page.goto(address)
    if not page.locator(FORM).count():
        return None
    page.locator(FORM).evaluate(EMPTY)
    send(page)
    assert page.locator(".field--error, .error-list, [role=alert]").count(), address
    return looked_at(page, address)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_form_that_is_sent_back_shuts_nobody_out(browser, live_server, place, role):
    client = Client()
    client.force_login(place.users[role])
    page = opened(browser, live_server, client)
    looked = {address: sent_back(page, address) for address in pages(client, shown(place, role))}
    assert not [fault for found in looked.values() for fault in found or ()]
    page.context.close()


def test_the_last_look_before_a_participant_is_saved_shuts_nobody_out(browser, live_server, place):
    from tests.web.test_participants import typed

    page = browse(browser, live_server, place.users["participant_registrar"])
    records = place.records
    page.goto(reverse("enrol_person", args=[records["intervention"].pk, records["consent"].pk]))
    facts = {name: value if isinstance(value, list) else [str(value)] for name, value in typed().items()}
    page.locator(FORM).evaluate(FILL, {name: values for name, values in facts.items() if name != "step"})
    send(page)
    assert page.get_by_text("Låtsas Exempelberg").first.is_visible()
    assert not looked_at(page, "check")
    page.context.close()


def test_refusals_and_faults_shut_nobody_out(browser, live_server, place, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("a fault on purpose")

    monkeypatch.setattr(codes, "lists", broken)
    addresses = {403: reverse("codes"), 404: reverse("association", args=[999_999]), 500: reverse("codes")}
    found = []
    for status, address in addresses.items():
        page = browse(browser, live_server, place.users["reader" if status == 403 else "system_admin"])
        page.set_viewport_size(WIDE)
        assert page.goto(address).status == status
        found += looked_at(page, status)
        page.context.close()
    assert not found


def test_a_form_whose_time_is_out_shuts_nobody_out(browser, live_server, place):
    page = browse(browser, live_server, place.users["system_admin"])
    page.goto(reverse("association_create"))
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    send(page)
    assert page.get_by_role("heading", name="Sidan har varit öppen för länge").is_visible()
    assert not looked_at(page, "too late")
    page.context.close()


def test_the_choice_between_what_two_have_written_shuts_nobody_out(browser, live_server, place):
    page, who = browse(browser, live_server, place.users["system_admin"]), place.users["reader"]
    page.goto(reverse("user_edit", args=[who.pk]))
    facts = {"email": who.email, "employer": who.employer, "language": who.language}
    access.change_user(actor=factories.operator(), user=who, name="Testa Andra", **facts)
    page.get_by_label("Namn").fill("Testa Jag")
    send(page)
    assert page.get_by_role("heading", name="Någon annan har sparat under tiden").is_visible()
    assert not looked_at(page, "conflict")
    page.get_by_role("button", name="Spara det jag har valt").click()
    page.get_by_role("link", name="Namn").click()
    page.get_by_text("Du skrev: Testa Jag").click()
    page.get_by_role("button", name="Spara det jag har valt").click()
    assert page.get_by_role("heading", name="Testa Jag").is_visible()
    page.context.close()
