"""Nobody who neither registers nor answers for an intervention is told how many take part in it.

What leaves the house is protected by types. Here every page is opened, and every form sent, as every role in a home
that differs in nothing but how many persons are counted there: whoever is answered otherwise has been told something.
"""

import dataclasses
import importlib
from collections.abc import Collection, Mapping
from http import HTTPStatus
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from finsam.access.models import User
from finsam.access.roles import TABLE, Permission, Reach, Role
from finsam.interventions.models import HeadCount
from finsam.snapshots.models import Snapshot
from tests import factories
from tests.house import test_routes as routes
from tests.house import world
from tests.house.answered import answered
from tests.house.bodies import Body
from tests.house.routes import EXPECTED
from tests.house.test_posts import whole

identified = apps.is_installed("finsam.participants")
people: Any = importlib.import_module("tests.participants.people") if identified else None

ADMIN, LEAD, REGISTRAR = Role.ASSOCIATION_ADMIN.value, Role.INTERVENTION_LEAD.value, Role.PARTICIPANT_REGISTRAR.value
READER, SYSTEM, ANALYST = Role.READER.value, Role.SYSTEM_ADMIN.value, Role.NATIONAL_ANALYST.value
# Who registers or answers for them, each on the pages that are there for it.
WORKING = {
    ADMIN: {"intervention", "intervention_heads"},
    LEAD: {"intervention", "intervention_heads", "intervention_participants"},
    REGISTRAR: {
        *("intervention", "intervention_heads", "intervention_participants"),
        *("enrol", "enrol_person", "participation", "participation_end"),
    },
}
WORKS_WITH_THEM = (Permission.SEE_HEAD_COUNTS, Permission.SEE_PARTICIPATIONS)
# What was done and what was looked at is told event by event, to the system administrator alone: no count of persons.
TRAILS = {"events", "readings"}

WOMEN, MEN = 7919, 6151  # numbers that stand nowhere by chance
MANY = {2020: (WOMEN, MEN), 2019: (1, 0), 2018: (0, 0)}
ENDED = "2021-03-01"  # stays that are open lie outside it
SOME = 6  # more than what is small, so that a count that is shown when it is large is found too
Seen = tuple[str, str, str]  # a role, in which association it is held, and the name of a page
Answers = dict[Seen, tuple[Any, ...]]
Where = Mapping[str, world.Place]


@pytest.fixture
def places(db: None) -> Where:
    """An association in which heads and stays are counted, and another where somebody holds each of the same roles."""
    return {"home": world.place(), "away": world.place()}


def everything(places: Where) -> list[Seen]:
    """Every page, for each role at home, and for the same role of the other association."""
    return [(role, where, name) for where in places for role in places[where].users for name in routes.installed()]


def strangers(places: Where) -> list[tuple[str, str, User]]:
    """Who neither registers nor answers for the intervention at home: a role, where it is held, and by whom."""
    about = places["home"].records["intervention"]
    users = [(role, where, user) for where, place in places.items() for role, user in place.users.items()]
    return [
        (role, where, user)
        for role, where, user in users
        if not any(factories.actor(user).may(permission, about) for permission in WORKS_WITH_THEM)
    ]


def asked(places: Where, which: Collection[Seen]) -> Answers:
    """What is answered to who opens the pages about the home."""
    return {one: _answer(places, one) for one in which}


def filled(places: Where) -> dict[Seen, Body]:
    """What each stranger sends who fills in the forms that are there for them; what ends, on a day that has been."""
    return {
        (role, where, name): body | {field: [ENDED] for field in body if field == "ends_before"}
        for role, where, user in strangers(places)
        for name, body in whole(user, places["home"], _open_to(role, where))
    }


def _open_to(role: str, where: str) -> list[str]:
    letters = {name: (EXPECTED[name].home if where == "home" else EXPECTED[name].away)[role] for name in EXPECTED}
    return [name for name in routes.installed() if "+" in letters[name] and name not in routes.PUBLIC]


def sent(places: Where, forms: Mapping[Seen, Body]) -> Answers:
    """What is answered to who sends the forms, and on the page they are led on to; nothing of it is kept."""
    found = {}
    for one, body in forms.items():
        _browser(places, one)  # signs in, which is kept
        with transaction.atomic():
            found[one] = _answer(places, one, body)
            transaction.set_rollback(True)
    return found


def _browser(places: Where, seen: Seen) -> Client:
    role, where, _name = seen
    return places[where].browser(places[where].users[role])


def _answer(places: Where, seen: Seen, body: Body | None = None) -> tuple[Any, ...]:
    """All that is answered to who opens a page, or sends a form."""
    name = seen[-1]
    client = _browser(places, seen)  # a new one each time: what one page says at the top of the next is not its own
    url = routes.url(name, places["home"])
    return answered(client.get(url) if body is None else client.post(url, body, follow=True))


def enrol(places: Where, persons: int = 1) -> None:
    """So many persons more in the intervention, where persons are registered."""
    home = places["home"]
    for _ in range(persons if identified else 0):
        people.participation(home.records["intervention"], factories.actor(home.users[REGISTRAR]))


def register(places: Where) -> None:
    """One person more, heads counted where none were, and many erased."""
    enrol(places)
    about = places["home"].records["intervention"]
    for year, (women, men) in MANY.items():
        HeadCount.objects.create(intervention=about, year=year, source="anonymous", women=women, men=men)
    Snapshot.objects.update(erased=SOME + 1)


def told(before: Answers, after: Answers, working: Mapping[str, set[str]]) -> set[Seen]:
    """Who was told something on which page, those apart who work with it on the pages for it."""
    return {
        (role, where, name)
        for (role, where, name), page in before.items()
        if after[role, where, name] != page
        and name not in TRAILS
        and not (where == "home" and name in working.get(role, set()))
    }


@pytest.mark.once
def test_no_page_tells_of_persons_to_who_neither_registers_nor_answers_for_them(places: Where) -> None:
    enrol(places, SOME)
    before = {one: page for one, page in asked(places, everything(places)).items() if page[0] == HTTPStatus.OK}
    register(places)
    assert not told(before, asked(places, before), WORKING)


@pytest.mark.once
def test_no_answer_to_a_form_tells_of_persons_to_who_neither_registers_nor_answers_for_them(places: Where) -> None:
    forms = filled(places)
    assert {role for role, where, _name in forms if where == "home"} == {READER, SYSTEM, ANALYST}
    enrol(places, SOME)
    before = sent(places, forms)
    register(places)
    assert not told(before, sent(places, forms), {})


def let(monkeypatch: pytest.MonkeyPatch, role: Role, reach: Reach) -> None:
    """Let a role see how many are counted who is not meant to."""
    row = TABLE[role]
    may = {**row.may, Permission.SEE_HEAD_COUNTS: reach}
    monkeypatch.setitem(TABLE, role, dataclasses.replace(row, may=may))


def test_a_page_that_tells_a_reader_of_heads_is_found(places: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    let(monkeypatch, Role.READER, Reach.ASSOCIATION)
    which = [one for one in everything(places) if one[:2] == (READER, "home")]
    before = asked(places, which)
    register(places)
    assert told(before, asked(places, before), WORKING) == {(READER, "home", "intervention")}


@pytest.mark.participants
def test_a_refusal_that_tells_how_many_is_found(places: Where, monkeypatch: pytest.MonkeyPatch) -> None:
    closing = (SYSTEM, "home", "association_close")
    forms = {closing: filled(places)[closing]}
    let(monkeypatch, Role.SYSTEM_ADMIN, Reach.EVERYWHERE)
    before = sent(places, forms)
    enrol(places)
    assert told(before, sent(places, forms), {}) == {closing}


def test_the_pages_for_it_tell_of_heads_by_sex_and_a_reader_is_told_that_nothing_is_published(places: Where) -> None:
    register(places)
    which = [(role, "home", "intervention") for role in (*WORKING, READER) if role in places["home"].users]
    for (role, _where, _name), (_status, _headers, page) in asked(places, which).items():
        shown = [
            number in page for number in ("7\N{NO-BREAK SPACE}919", "6\N{NO-BREAK SPACE}151", "14\N{NO-BREAK SPACE}070")
        ]
        assert shown == [role != READER] * 3
        assert ("är inte publicerat än" in page) is (role == READER)
        assert ('href="/utgavor/">Till de publicerade tabellerna' in page) is (role == READER)
