"""Bookmarks on the pages of open tables: kept under a name, listed first among one's own, and taken away."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from finsam.access.models import User
from finsam.access.roles import Role
from finsam.associations.models import Association
from finsam.editions.models import Edition
from finsam.table_builder.models import Bookmark
from tests import factories
from tests.web import open_tables

published = open_tables.published
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "demo")]

Visitor = Callable[[User], Client]
VIEW = "/tabeller/registered_associations/?rows=association&columns=sex&measure=participants"


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_view_is_kept_opened_again_and_taken_away(published: Edition, visitor: Visitor) -> None:
    user = factories.user(None, Role.READER, where=Association.objects.get(name="Norra"))
    client = visitor(user)
    assert "Mina bokmärken" not in text(client, "/tabeller/")
    assert "Spara som bokmärke" in text(client, VIEW)
    saved = client.post(VIEW, {"name": "Förbundens kvinnor"})
    assert (saved.status_code, saved.headers["Location"]) == (302, VIEW)
    assert "Bokmärket är sparat." in text(client, VIEW)
    page = text(client, "/tabeller/")
    assert "Mina bokmärken" in page
    (address,) = re.findall(r'href="([^"]+)">Förbundens kvinnor</a>', page)
    assert address.replace("&amp;", "&") == VIEW
    again = client.post(VIEW, {"name": "Förbundens kvinnor"}).content.decode()
    assert "Du har redan ett bokmärke med det namnet. Välj ett annat." in again
    assert 'value="Förbundens kvinnor"' in again
    assert "<tbody>" in again  # what was looked at is there still
    assert "Fyll i" in client.post(VIEW, {"name": ""}).content.decode()
    own = Bookmark.objects.get()
    stranger = visitor(factories.user(None, Role.SYSTEM_ADMIN))
    assert stranger.post(f"/tabeller/bokmarken/{own.pk}/ta-bort/").status_code == 404
    assert (
        "Bokmärket är borttaget." in client.post(f"/tabeller/bokmarken/{own.pk}/ta-bort/", follow=True).content.decode()
    )
    assert not Bookmark.objects.exists()


def test_what_the_table_does_not_have_is_said_and_not_kept(published: Edition, visitor: Visitor) -> None:
    client = visitor(factories.user(None, Role.NATIONAL_ANALYST))
    page = client.post(f"{VIEW}&year=1999", {"name": "Då"}).content.decode()
    assert "Tabellen har inte det året." in page
    assert "Spara som bokmärke" not in page
    assert client.post("/tabeller/no_longer_there/", {"name": "Då"}).status_code == 404
    assert not Bookmark.objects.exists()


def test_what_has_gone_is_told_and_can_be_taken_away(visitor: Visitor) -> None:
    """Also before anything is published, as in a home that has been brought over."""
    user = factories.user(None, Role.NATIONAL_ANALYST)
    client, mine = visitor(user), {"user_id": user.pk, "saved_at": factories.NOW}
    Bookmark.objects.create(name="Utbildning", gone="Nya deltagare efter utbildning. 2020", **mine)
    Bookmark.objects.create(name="Förbunden", table="registered_associations", **mine)
    page = text(client, "/tabeller/")
    assert "Frågan finns inte längre som öppen tabell. Den var: Nya deltagare efter utbildning. 2020" in page
    assert "Tabellen är inte publicerad än." in page
    for row in Bookmark.objects.order_by("pk"):
        client.post(f"/tabeller/bokmarken/{row.pk}/ta-bort/")
    assert not Bookmark.objects.exists()
