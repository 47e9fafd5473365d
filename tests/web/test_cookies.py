"""The cookies as a browser is given them, at an https address and on this machine alone."""

import pytest
from django.conf import settings
from django.test import Client

from finsam.access import actions
from finsam.access.models import User
from finsam.access.roles import Role
from finsam.config import environment
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS, PASSWORD = "https://finsam.example.se", "fyra ord att minnas"
HOST = {"host": "finsam.example.se"}
HTTPS = {**HOST, "x-forwarded-proto": "https"}


@pytest.fixture
def user(db: None) -> User:
    who = factories.user(None, Role.READER, where=factories.association())
    secret = actions.invite(actor=factories.operator(), user=who)
    actions.accept(actor=factories.actor(who), secret=secret, password=PASSWORD)
    return who


@pytest.fixture
def at_the_address(monkeypatch: pytest.MonkeyPatch, settings) -> None:
    """The settings of a home with a public address."""
    monkeypatch.setenv("FINSAM_ADDRESS", ADDRESS)
    for name, value in environment.address().items():
        setattr(settings, name, value)


def given(client: Client, user: User) -> dict[str, dict[str, object]]:
    """The cookies that somebody is given who signs in, chooses a language, looks and signs out, as they were given."""
    answers = [client.post("/logga-in/", {"email": user.email, "password": PASSWORD})]
    answers += [client.post("/sprak/", {"language": "en"}), client.get("/"), client.post("/logga-ut/")]
    found: dict[str, dict[str, object]] = {}
    for answer in answers:
        found = {name: dict(cookie) for name, cookie in answer.cookies.items()} | found
    return found


@pytest.mark.usefixtures("at_the_address")
def test_at_an_https_address_every_cookie_is_bound_to_the_server_itself(user):
    cookies = given(Client(headers=HTTPS), user)
    assert set(cookies) == {f"__Host-{plain}" for plain in environment.COOKIES.values()}
    for name, attributes in cookies.items():
        assert attributes["secure"] is True, name
        assert attributes["path"] == "/", name
        assert attributes["domain"] == "", name
        assert attributes["httponly"] is True, name
        assert attributes["samesite"] == "Lax", name


@pytest.mark.usefixtures("at_the_address")
def test_at_an_https_address_the_session_goes_on_by_those_names(user):
    client = Client(headers=HTTPS, enforce_csrf_checks=True)
    form = client.get("/logga-in/").context["csrf_token"]
    fields = {"email": user.email, "password": PASSWORD, "csrfmiddlewaretoken": str(form)}
    assert client.post("/logga-in/", fields, headers={"origin": ADDRESS}).status_code == 302
    assert client.get("/").status_code == 200
    del client.cookies["__Host-used"], client.cookies["__Host-sessionid"]
    assert client.get("/").status_code == 302


@pytest.mark.usefixtures("at_the_address")
def test_at_an_https_address_nothing_is_answered_on_plain_http(db):
    plain = Client(headers=HOST).get("/logga-in/")
    assert (plain.status_code, plain["Location"]) == (301, f"{ADDRESS}/logga-in/")
    page = Client(headers=HTTPS).get("/logga-in/")
    assert page["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_on_this_machine_alone_the_cookies_have_plain_names(user):
    """A browser refuses `__Host-` without https."""
    cookies = given(Client(), user)
    assert set(cookies) == set(environment.COOKIES.values())
    assert not any(attributes["secure"] for attributes in cookies.values())


def test_the_settings_call_the_cookies_as_the_environment_does():
    assert {name: getattr(settings, f"{name}_COOKIE_NAME") for name in environment.COOKIES} == environment.COOKIES


def test_a_language_chosen_before_is_read_from_the_cookie_of_that_name(demo):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<html lang="en">' in client.get("/logga-in/").content.decode()
