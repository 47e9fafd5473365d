"""What every page has: the menu of the role, the demo's band, error pages that say what to do."""

import pytest
from django.test import Client, RequestFactory
from django.views import defaults

from finsam.access.roles import Role
from finsam.config.logs import Impersonal
from finsam.web.menus import menu
from tests import factories

pytestmark = pytest.mark.django_db


def labels(user, path="/"):
    return [item.label for item in menu(factories.actor(user), path)]


@pytest.mark.participants
def test_a_registrar_has_own_interventions_and_participants():
    assert labels(factories.registrar(factories.intervention()))[:2] == ["Mina insatser", "Deltagare"]


def test_an_association_administrator_has_the_association():
    assert {"Översikt", "Insatser", "Förbundet"} <= set(
        labels(factories.user(None, Role.ASSOCIATION_ADMIN, where=factories.association()))
    )


def test_a_system_administrator_has_users_and_lists():
    assert {"Översikt", "Förbund", "Användare", "Kodlistor", "Händelser"} <= set(
        labels(factories.user(None, Role.SYSTEM_ADMIN))
    )


def test_no_menu_is_longer_than_seven_words():
    where = factories.association()
    users = [factories.user(None, role, where=where) for role in Role if role != Role.PARTICIPANT_REGISTRAR]
    assert all(len(labels(user)) <= 7 for user in users)


def test_the_menu_says_where_we_are():
    items = menu(factories.actor(factories.user(None, Role.SYSTEM_ADMIN)), "/kodlistor/support/")
    assert [item.label for item in items if item.current] == ["Kodlistor"]


def test_a_stranger_has_no_menu():
    assert menu(None, "/") == []


def test_every_page_of_a_demo_says_so(demo, visitor):
    for client in (Client(), visitor(factories.user())):
        page = client.get("/logga-in/", follow=True).content.decode()
        assert "Alla personer är påhittade. Dagens datum i demon är 2021-03-31." in page


def test_a_real_home_has_no_band(db):
    assert "påhittade" not in Client().get("/logga-in/").content.decode()


def test_a_demo_answers_this_machine_only(demo):
    assert Client(REMOTE_ADDR="192.0.2.7").get("/logga-in/").status_code == 403
    assert Client(REMOTE_ADDR="::1").get("/logga-in/").status_code == 200


def test_who_and_for_whom_stands_at_the_top(demo, visitor):
    user = factories.user()
    assert f"{user.name}, {user.employer.name}" in visitor(user).get("/").content.decode()


def test_a_page_that_is_not_there_says_why(demo, visitor):
    answer = visitor(factories.user()).get("/finns-inte/")
    assert answer.status_code == 404
    assert "Adressen kan vara felskriven" in answer.content.decode()


NUMBER = "850101-2384"


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/deltagare/{NUMBER}/", 404),
        (f"/19{NUMBER}?q={NUMBER}", 404),
        ("/anvandare/198501012384/", 404),
        (f"/anvandare/?after=19{NUMBER}", 400),
    ],
)
def test_an_identity_number_in_a_refused_address_is_not_logged(demo, visitor, caplog, address, status):
    caplog.handler.setFormatter(Impersonal())
    answer = visitor(factories.user(None, Role.SYSTEM_ADMIN)).get(address)
    assert answer.status_code == status
    assert f"{status} GET" in caplog.text
    assert "2384" not in caplog.text


def test_what_a_forged_form_says_of_itself_is_not_logged(demo, caplog):
    caplog.handler.setFormatter(Impersonal())
    forged = {"Origin": f"https://{NUMBER}.example.invalid"}
    assert Client(enforce_csrf_checks=True).post("/logga-in/", headers=forged).status_code == 403
    assert "403 POST sign_in, user -" in caplog.text
    assert "2384" not in caplog.text


def test_a_lost_htmx_session_goes_to_the_sign_in_page(demo):
    answer = Client().get("/anvandare/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/logga-in/"


def test_a_form_left_open_too_long_says_what_to_do(demo):
    answer = Client(enforce_csrf_checks=True).post("/logga-in/", {"email": "a@example.invalid", "password": "b"})
    assert answer.status_code == 403
    assert "ladda om sidan" in answer.content.decode()


def test_our_own_faults_say_that_they_are_ours(db):
    request = RequestFactory().get("/")
    assert "Felet är vårt" in defaults.server_error(request).content.decode()
    assert "Ingenting har ändrats" in defaults.bad_request(request, ValueError()).content.decode()
