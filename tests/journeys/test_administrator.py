"""An association administrator creates an intervention and assigns a lead, who assigns a registrar."""

import pytest

from finsam.access.roles import Role
from finsam.interventions.models import Intervention
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def test_from_an_idea_to_someone_who_can_register(sign_in):
    association = factories.association()
    lead, registrar = (factories.user(None, role) for role in (Role.INTERVENTION_LEAD, Role.PARTICIPANT_REGISTRAR))
    admin = sign_in(factories.user(association.organisation, Role.ASSOCIATION_ADMIN, where=association))
    create(admin)
    assign(admin, "Ingen är insatsansvarig", lead)
    leading = sign_in(lead)
    leading.get_by_role("link", name="Unga in", exact=True).click()
    assign(leading, "Ingen är deltagaransvarig", registrar)
    registering = sign_in(registrar)
    registering.get_by_role("link", name="Unga in", exact=True).click()
    assert registering.get_by_role("link", name="Registrera deltagare").is_visible()
    registering.get_by_text("Inga deltagare pågår. Registrera den första när samtycket är klart.").wait_for()
    one = Intervention.objects.get()
    assert {row.role for row in one.assignments.order_by("pk")} == {lead.grants.get().role, registrar.grants.get().role}


def create(page):
    page.get_by_role("link", name="Insatser", exact=True).click()
    page.get_by_role("link", name="Skapa insats").click()
    page.get_by_label("Namn").fill("Unga in")
    page.get_by_label("Första dag").fill("2021-01-01")
    page.get_by_label("Preciserad inriktning").select_option(label="Rehabilitering till arbete/utbildning")
    page.get_by_label("Unga med aktivitetsersättning").check(force=True)
    page.get_by_label("Försäkringskassan").check(force=True)
    page.get_by_label("Arbetsförmedlingen").check(force=True)
    page.get_by_label("Med personuppgifter").check(force=True)
    page.get_by_role("button", name="Skapa insatsen").click()
    assert "Välj vilken part som är personuppgiftsansvarig." in page.locator(".field__error").inner_text()
    page.get_by_label("Personuppgiftsansvarig").select_option(label="Försäkringskassan")
    page.get_by_role("button", name="Skapa insatsen").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Unga in"


def assign(page, lack, user):
    page.get_by_role("link", name=lack).click()
    page.get_by_label("Användare").select_option(label=f"{user.name}, {user.employer.name}")
    page.get_by_role("button", name="Ge uppdraget").click()
    assert f"{user.name} har fått uppdraget." in page.locator("main").inner_text()


def test_what_is_chosen_while_lists_are_on_their_way_stays_chosen(sign_in):
    association = factories.association()
    page = sign_in(factories.user(association.organisation, Role.ASSOCIATION_ADMIN, where=association))
    page.goto(f"/insatser/ny/{association.pk}/")
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route("**/insatser/ny/*/", hold)
    page.get_by_label("Första dag").fill("2021-01-02")
    with page.expect_request("**/insatser/ny/*/"):
        page.get_by_label("Namn").click()
    page.get_by_label("Med personuppgifter").check(force=True)
    with page.expect_response("**/insatser/ny/*/"):
        waiting[0].continue_()
    page.get_by_text("Valen nedan är de som gäller 2 januari 2021.").wait_for()
    assert page.get_by_label("Med personuppgifter").is_checked()
