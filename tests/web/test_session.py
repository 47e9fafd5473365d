"""Signing in and out, one-time links and the language."""

import tempfile
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from finsam.access import actions
from finsam.access.models import User
from finsam.access.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "fyra ord att minnas"


@pytest.fixture(autouse=True)
def forget_tries() -> None:
    cache.clear()


@pytest.fixture
def user(demo) -> User:
    who = factories.user(None, Role.NATIONAL_ANALYST)
    secret = actions.invite(actor=factories.operator(), user=who)
    actions.accept(actor=factories.actor(who), secret=secret, password=PASSWORD)
    who.refresh_from_db()
    return who


def test_the_right_password_leads_on_to_the_page_asked_for(user):
    client = Client()
    asked = client.get("/forbund/")
    assert asked.headers["Location"] == "/logga-in/?next=/forbund/"
    answer = client.post(asked.headers["Location"], {"email": user.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/forbund/"


def test_signing_in_never_leads_to_another_site(user):
    answer = Client().post("/logga-in/?next=https://example.invalid/", {"email": user.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/"


def test_signing_in_writes_nothing_about_the_user(user):
    before = User.history.count()
    Client().post("/logga-in/", {"email": user.email, "password": PASSWORD})
    assert User.history.count() == before


def test_a_wrong_password_says_what_to_do_and_keeps_the_address(user):
    answer = Client().post("/logga-in/", {"email": user.email, "password": "fel"})
    page = answer.content.decode()
    assert "hör inte ihop" in page
    assert f'value="{user.email}"' in page
    assert "<title>Fel: " in page


def test_many_wrong_passwords_give_a_pause(user):
    client = Client()
    for _time in range(10):
        client.post("/logga-in/", {"email": user.email, "password": "fel"})
    answer = client.post("/logga-in/", {"email": user.email, "password": PASSWORD})
    assert "Vänta fem minuter" in answer.content.decode()


def test_a_file_that_somebody_sends_is_not_put_on_the_disk(demo, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))  # where Django puts files over 2.5 MB
    sent = SimpleUploadedFile("rows.csv", b"x" * 3_000_000)
    assert Client().post("/logga-in/", {"email": "a@example.invalid", "file": sent}).status_code == 200


def test_signing_out_takes_a_click(user, visitor):
    client = visitor(user)
    assert client.get("/logga-ut/").status_code == 405
    assert client.post("/logga-ut/", follow=True).redirect_chain == [("/logga-in/", 302)]
    assert client.get("/").status_code == 302


def test_a_one_time_link_sets_the_password_and_works_once(demo):
    who = factories.user(None, Role.NATIONAL_ANALYST)
    link = f"/inbjudan/{actions.invite(actor=factories.operator(), user=who)}/"
    assert who.email in Client().get(link).content.decode()
    answer = Client().post(link, {"password": PASSWORD, "again": PASSWORD}, follow=True)
    assert "Lösenordet är sparat." in answer.content.decode()
    again = Client().get(link)
    assert again.status_code == 410
    assert "redan använd" in again.content.decode()


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [("kort", "kort", "12 tecken"), (PASSWORD, "ett annat lösenord", "olika"), ("", "", "Fyll i ”Nytt lösenord”")],
)
def test_a_poor_password_is_refused_at_its_field(demo, password, again, sentence):
    who = factories.user()
    link = f"/inbjudan/{actions.invite(actor=factories.operator(), user=who)}/"
    page = Client().post(link, {"password": password, "again": again}).content.decode()
    assert sentence in page
    who.refresh_from_db()
    assert not who.has_usable_password()


def test_an_old_link_is_refused(demo):
    who = factories.user()
    earlier = factories.operator(factories.NOW - timedelta(days=8))
    assert Client().get(f"/inbjudan/{actions.invite(actor=earlier, user=who)}/").status_code == 410


def test_a_visitor_chooses_english(demo):
    client = Client()
    client.post("/sprak/", {"language": "en", "next": "/logga-in/"})
    page = client.get("/logga-in/").content.decode()
    assert '<html lang="en">' in page


def test_a_user_keeps_the_language_chosen(user, visitor):
    answer = visitor(user).post("/sprak/", {"language": "en", "next": "/"})
    assert answer.headers["Location"] == "/"
    user.refresh_from_db()
    assert user.language == "en"
    assert '<html lang="en">' in visitor(user).get("/").content.decode()


def test_a_language_that_is_not_there_changes_nothing(user, visitor):
    visitor(user).post("/sprak/", {"language": "xx"})
    user.refresh_from_db()
    assert user.language == "sv"


def test_a_link_opened_by_somebody_who_is_signed_in_as_another_is_refused(user, visitor):
    other = factories.user()
    link = f"/inbjudan/{actions.invite(actor=factories.operator(), user=other)}/"
    client = visitor(user)
    for answer in (client.get(link), client.post(link, {"password": PASSWORD, "again": PASSWORD})):
        assert answer.status_code == 409
        assert f"engångslänken är till {other.name}" in answer.content.decode()
    other.refresh_from_db()
    assert not other.has_usable_password()


def reset(user, *, confirmed):
    first, second = (factories.actor(factories.user(None, Role.SYSTEM_ADMIN)) for _time in range(2))
    secret = actions.invite(actor=first, user=user)
    if confirmed:
        actions.confirm_link(actor=second, link=user.invitations.get(used_at=None))
    return first, second, f"/inbjudan/{secret}/"


def test_while_a_reset_waits_the_old_password_works_and_the_user_is_told(user, visitor):
    client = visitor(user)
    first, _second, link = reset(user, confirmed=False)
    assert client.get("/").status_code == 200
    assert "väntar på att en andra" in Client().get(link).content.decode()
    answer = Client().post("/logga-in/", {"email": user.email, "password": PASSWORD}, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [("/", 302)]
    assert f"gjordes 31\N{NO-BREAK SPACE}mars\N{NO-BREAK SPACE}2021 av {first.name} och väntar på att bekräftas" in page


def test_a_confirmed_reset_signs_the_user_out_everywhere_and_is_told_at_the_next_sign_in(user, visitor):
    client = visitor(user)
    assert client.get("/").status_code == 200
    first, second, link = reset(user, confirmed=True)
    assert client.get("/").headers["Location"].startswith("/logga-in/")
    new = "fem nya ord att minnas"
    assert Client().post(link, {"password": new, "again": new}).status_code == 302
    page = Client().post("/logga-in/", {"email": user.email, "password": new}, follow=True).content.decode()
    assert "Ditt lösenord byttes" in page
    assert f"som {first.name} gjorde och {second.name} bekräftade" in page
    again = Client().post("/logga-in/", {"email": user.email, "password": new}, follow=True).content.decode()
    assert "Ditt lösenord byttes" not in again


def test_a_reset_by_the_operator_is_told_as_the_operators(user):
    actions.invite(actor=factories.operator(), user=user)
    page = Client().post("/logga-in/", {"email": user.email, "password": PASSWORD}, follow=True).content.decode()
    assert "av driften och bekräftades av driften" in page
