"""A session that nobody uses is over after an hour, one that is used goes on, and neither writes a row to know."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from finsam.access import actions
from finsam.access.models import User
from finsam.access.roles import Role
from finsam.web import idle
from tests import factories
from tests.house import world

pytestmark = pytest.mark.django_db
PASSWORD = "fyra ord att minnas"
ENDED = "Du har loggats ut, för sidorna hade inte använts på en timme."
MINUTE = timedelta(minutes=1)


@pytest.fixture
def user(demo) -> User:
    who = factories.user(None, Role.NATIONAL_ANALYST)
    secret = actions.invite(actor=factories.operator(), user=who)
    actions.accept(actor=factories.actor(who), secret=secret, password=PASSWORD)
    who.refresh_from_db()
    return who


@pytest.fixture
def client(user: User) -> Client:
    browser = Client()
    browser.post("/logga-in/", {"email": user.email, "password": PASSWORD})
    return browser


def session_key(client: Client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def used(client: Client, ago: timedelta) -> datetime:
    """Let the session of a browser have been used last, and have begun, some time ago."""
    at = timezone.now() - ago
    began(client, ago)
    client.cookies[settings.USED_COOKIE_NAME] = idle.stamp(session_key(client), at)
    return at


def began(client: Client, ago: timedelta) -> None:
    """Let the session of a browser have begun some time ago."""
    ends = timezone.now() - ago + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    Session.objects.filter(session_key=session_key(client)).update(expire_date=ends)


def test_signing_in_notes_that_the_session_is_used(client):
    cookie = client.cookies[settings.USED_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""
    assert session_key(client) not in cookie.value


def test_after_an_hour_without_use_the_session_is_over_and_the_sign_in_page_says_why(client):
    used(client, 61 * MINUTE)
    key = session_key(client)
    answer = client.get("/tabeller/", follow=True)
    assert answer.redirect_chain == [("/logga-in/?next=/tabeller/", 302)]
    assert ENDED in answer.content.decode()
    assert not Session.objects.filter(session_key=key).exists()
    client.cookies[settings.SESSION_COOKIE_NAME] = key  # whoever kept the cookie has nothing
    assert client.get("/").status_code == 302


def test_a_form_that_is_sent_after_an_hour_is_not_taken(client, user):
    used(client, 61 * MINUTE)
    assert client.post("/sprak/", {"language": "en"}).status_code == 302
    user.refresh_from_db()
    assert user.language == "sv"


def test_a_part_of_a_page_asked_for_after_an_hour_leads_to_the_door(client):
    used(client, 61 * MINUTE)
    assert client.get("/tabeller/", headers={"HX-Request": "true"})["HX-Redirect"] == "/logga-in/"


def test_use_just_before_the_hour_is_over_keeps_the_session_for_another(client):
    used(client, 59 * MINUTE)
    assert client.get("/").status_code == 200
    renewed = client.cookies[settings.USED_COOKIE_NAME].value
    began(client, 2 * 60 * MINUTE)
    assert client.get("/").status_code == 200
    assert renewed.startswith(client.cookies[settings.USED_COOKIE_NAME].value[:64])


def test_a_day_of_use_is_over_eight_hours_after_sign_in_however_it_is_used(client):
    used(client, 1 * MINUTE)
    began(client, timedelta(hours=8, seconds=1))
    assert client.get("/").status_code == 302


def test_what_is_put_into_a_session_makes_it_no_longer(client):
    began(client, timedelta(hours=7))
    ends = Session.objects.get(session_key=session_key(client)).expire_date
    session = client.session
    session["said"] = "more than a cookie holds"
    session.save()
    kept = Session.objects.get(session_key=session_key(client))
    assert kept.get_decoded()["said"] == "more than a cookie holds"
    assert kept.expire_date == ends


def test_the_cookie_is_renewed_at_most_every_few_minutes(client):
    used(client, 1 * MINUTE)
    assert settings.USED_COOKIE_NAME not in client.get("/").cookies
    used(client, 4 * MINUTE)
    assert settings.USED_COOKIE_NAME in client.get("/").cookies
    assert settings.USED_COOKIE_NAME not in client.get("/").cookies


def test_a_page_that_asks_by_itself_is_no_use(client):
    used(client, 50 * MINUTE)
    assert settings.USED_COOKIE_NAME not in client.get("/", headers={"HX-Request": "true"}).cookies
    assert settings.USED_COOKIE_NAME in client.get("/").cookies


def test_noting_use_writes_no_row(client):
    used(client, 30 * MINUTE)
    with world.spying() as written:
        assert settings.USED_COOKIE_NAME in client.get("/").cookies
    assert written == []


@pytest.mark.parametrize("kind", ["none", "nonsense", "another session's", "another signature", "not text"])
def test_a_session_cookie_alone_lives_an_hour_from_sign_in(client, kind):
    """What somebody makes up, or takes from another session, says nothing."""
    now = timezone.now()
    made_up = {
        "none": "",
        "nonsense": "a.b.c:d",
        "another session's": idle.stamp("another", now),
        "another signature": idle.stamp(session_key(client), now)[:-3] + "abc",
        "not text": "\\303\\245:\\000",
    }
    client.cookies[settings.USED_COOKIE_NAME] = made_up[kind]
    began(client, 59 * MINUTE)
    assert client.get("/").status_code == 200
    client.cookies[settings.USED_COOKIE_NAME] = made_up[kind]
    began(client, 61 * MINUTE)
    assert client.get("/").status_code == 302


def test_signing_out_takes_the_cookie_away(client):
    client.post("/logga-ut/")
    client.get("/logga-in/")
    assert client.cookies[settings.USED_COOKIE_NAME].value == ""


def test_signing_in_clears_away_the_sessions_that_are_over(client, user):
    began(client, timedelta(hours=9))
    other = Client()
    other.force_login(user)
    old, running = session_key(client), session_key(other)
    Client().post("/logga-in/", {"email": user.email, "password": PASSWORD})
    kept = set(Session.objects.values_list("session_key", flat=True))
    assert old not in kept
    assert running in kept


def test_a_link_in_clears_them_away_too(client, demo):
    began(client, timedelta(hours=9))
    link = f"/inbjudan/{actions.invite(actor=factories.operator(), user=factories.user())}/"
    assert Client().post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    assert not Session.objects.filter(session_key=session_key(client)).exists()


def test_an_old_cookie_of_a_closed_user_stays_dead_when_the_user_is_opened_again(client, user):
    key = session_key(client)
    for is_active in (False, True):
        actions.set_active(actor=factories.operator(), user=user, is_active=is_active)
    assert client.get("/").headers["Location"].startswith("/logga-in/")
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert client.get("/").status_code == 302
    again = Client().post("/logga-in/", {"email": user.email, "password": PASSWORD})
    assert again.headers["Location"] == "/"


def test_opening_a_user_who_is_open_ends_nothing(client, user):
    actions.set_active(actor=factories.operator(), user=user, is_active=True)
    assert client.get("/").status_code == 200


def test_a_link_that_was_out_when_the_user_was_closed_works_no_more_either(demo):
    who = factories.user()
    link = f"/inbjudan/{actions.invite(actor=factories.operator(), user=who)}/"
    assert Client().get(link).status_code == 200
    for is_active in (False, True):
        actions.set_active(actor=factories.operator(), user=who, is_active=is_active)
    assert Client().get(link).status_code == 410
