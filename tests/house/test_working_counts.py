"""No page tells of persons counted in the records to whoever neither registers nor answers for them.

What leaves the house is protected by types. Here every page is opened as every role in a home that differs in nothing
but how many persons are counted there: whoever is shown a different page has been told something.
"""

import dataclasses
import importlib
import re
from collections.abc import Collection
from http import HTTPStatus
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from finsam.access.roles import TABLE, Permission, Reach, Role
from finsam.interventions.models import HeadCount
from finsam.snapshots.models import Snapshot
from tests import factories
from tests.house import test_routes as routes
from tests.house import world

identified = apps.is_installed("finsam.participants")
people = importlib.import_module("tests.participants.people") if identified else None
TOKENS = re.compile(r'(?<=csrfmiddlewaretoken" value=")[^"]+|(?<="X-CSRFToken": ")[^"]+')
READER = Role.READER.value

# Who registers heads or answers for them, and who works with stays; each on the pages that are there for it.
ADMIN, LEAD, REGISTRAR = Role.ASSOCIATION_ADMIN.value, Role.INTERVENTION_LEAD.value, Role.PARTICIPANT_REGISTRAR.value
HEADS_PAGES = {role: {"intervention", "intervention_heads"} for role in (ADMIN, LEAD, REGISTRAR)}
STAYS_PAGES = {
    LEAD: {"intervention_participants"},
    REGISTRAR: {"intervention_participants", "enrol", "enrol_person", "participation", "participation_end"},
}

# In three years, a count of women and men and another, between which nobody else may see a difference.
WOMEN, MEN = 7919, 6151  # numbers that stand nowhere by chance
UNTOLD = {2020: ((WOMEN, MEN), (MEN, WOMEN)), 2019: ((1, 0), (2, 2)), 2018: ((0, 0), (3, 1))}
Seen = tuple[str, str, str]  # a role, in which association it is held, and the name of a page
Pages = dict[Seen, str]


@pytest.fixture
def home(db: None) -> world.Place:
    """An association in which heads and stays are counted."""
    return world.place()


@pytest.fixture
def away(home: world.Place) -> world.Place:
    """Another association, where somebody holds each of the same roles."""
    return world.place()


def everything(home: world.Place, away: world.Place) -> list[Seen]:
    """Every page, for each role at home, and for the same role of the other association."""
    return [
        (role, where, name)
        for where, place in (("home", home), ("away", away))
        for role in place.users
        for name in routes.installed()
    ]


def pages(home: world.Place, away: world.Place, which: Collection[Seen]) -> Pages:
    """The pages that are shown, about the home."""
    shown = {}
    for role, where, name in which:
        client = Client()  # a new one each time: what one page says at the top of the next is not what that page tells
        client.force_login((home if where == "home" else away).users[role])
        answer: Any = client.get(routes.url(name, home))
        if answer.status_code == HTTPStatus.OK and not answer.streaming:
            shown[role, where, name] = TOKENS.sub("", answer.content.decode(errors="replace"))
    return shown


def register_heads(home: world.Place, which: int) -> None:
    """Let the first or the second of the counts without names be what is registered."""
    place = home.records["intervention"]
    HeadCount.objects.filter(intervention=place).delete()
    for year, counts in UNTOLD.items():
        women, men = counts[which]
        HeadCount.objects.create(intervention=place, year=year, source="anonymous", women=women, men=men)


# What was done and what was looked at is told event by event, to the system administrator alone: no count of persons.
TRAILS = {"events", "readings"}


def told(before: Pages, after: Pages, working: dict[str, set[str]]) -> set[Seen]:
    """Who was told something on which page, those apart who work with it on the pages for it."""
    differing = {one for one, page in before.items() if after.get(one) != page}
    return {
        (role, where, name)
        for role, where, name in differing
        if name not in TRAILS and not (where == "home" and name in working.get(role, set()))
    }


@pytest.mark.once
def test_no_page_tells_of_persons_to_who_neither_registers_nor_answers_for_them(
    home: world.Place, away: world.Place
) -> None:
    register_heads(home, 0)
    Snapshot.objects.update(erased=1)
    before = pages(home, away, everything(home, away))
    register_heads(home, 1)
    Snapshot.objects.update(erased=4)
    after = pages(home, away, before)
    assert not told(before, after, HEADS_PAGES)
    if people is not None:
        people.participation(home.records["intervention"], factories.actor(home.users[REGISTRAR]))
        assert not told(after, pages(home, away, before), STAYS_PAGES)


def test_a_page_that_tells_a_reader_of_heads_by_sex_or_of_few_is_found(
    home: world.Place, away: world.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = TABLE[Role.READER]
    may = {**reader.may, Permission.SEE_HEAD_COUNTS: Reach.ASSOCIATION}
    monkeypatch.setitem(TABLE, Role.READER, dataclasses.replace(reader, may=may))
    which = [one for one in everything(home, away) if one[:2] == (READER, "home")]
    register_heads(home, 0)
    before = pages(home, away, which)
    register_heads(home, 1)
    assert told(before, pages(home, away, before), HEADS_PAGES) == {(READER, "home", "intervention")}


def test_a_page_that_tells_how_few_were_erased_is_found(
    home: world.Place, away: world.Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finsam.web.snapshots.unless_few", str)
    which = [(Role.NATIONAL_ANALYST.value, "home", "snapshot")]
    before = pages(home, away, which)
    Snapshot.objects.update(erased=3)
    assert told(before, pages(home, away, which), {}) == set(which)


def test_the_pages_for_it_tell_of_heads_by_sex_and_a_reader_is_told_a_large_sum(
    home: world.Place, away: world.Place
) -> None:
    register_heads(home, 0)
    shown = pages(home, away, [(role, "home", "intervention") for role in (*HEADS_PAGES, READER) if role in home.users])
    for (role, _where, _name), page in shown.items():
        by_sex = "7\N{NO-BREAK SPACE}919" in page and "6\N{NO-BREAK SPACE}151" in page
        assert by_sex is (role != READER)
        assert "14\N{NO-BREAK SPACE}070" in page
    assert shown[READER, "home", "intervention"].count("··</td>") == 2
