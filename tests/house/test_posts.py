"""Whole forms, as their page gives them: done for whom they are meant, refused to all others with nothing written.

An empty form says little: it is refused for what it lacks, before anybody is asked whose record it is about.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from django.utils import timezone

from finsam.access.actors import Actor
from finsam.access.models import Grant, Invitation, User
from finsam.access.roles import Role
from finsam.associations.models import Association
from finsam.interventions import queries
from finsam.interventions.models import Intervention
from finsam.values.identity import shifted
from tests import factories
from tests.house import bodies, world
from tests.house.bodies import Body
from tests.house.routes import EXPECTED, letter, route, url
from tests.house.test_routes import OF_A_PLACE, PUBLIC, installed

NOT_POSTED = 405
IDENTITY = shifted(date(1985, 1, 1), 901)  # of nobody, and of nobody else here
# What is written in a field where nothing stands, by its name.
WORDS = {
    "name": "Påhittat namn",
    "reason": "Påhittad orsak",
    "purpose": "Påhittad orsak",
    "recipient": "Påhittad mottagare",
    "source": "Påhittad källa",
    "label": "Påhittad kod",
    "code": "invented_code",
    "email": "ny.provsson@example.invalid",
    "starts_on": "2020-06-01",
    "first_day": "2021-04-01",
    "last_day": "2021-03-01",
    "given_on": "2020-06-01",
    "ends_before": "2021-12-31",
    "participants": "10",
    "women": "3",
    "men": "4",
    "months_in_support": "1 år",
    "extent": "50",
    "supports": "sickness_cash_benefit",
    "need_groups": "long_term_sick",
}
# Addresses whose form writes nothing in this world, whole as it is; none of them is about a record of an association.
WRITE_NOTHING = {
    **dict.fromkeys(("snapshot_verify", "late_count", "free_questions"), "the snapshot has no folder"),
    **dict.fromkeys(("edition_figure", "edition_review", "edition_attack"), "the edition has no folder"),
    "edition_publish": "the edition has not been reviewed",
    "edition_replace": "the edition has not been published",
}


def instead(name: str) -> Mapping[str, Sequence[str]]:
    """What is sent at an address in the place of what its form would make one send."""
    sent = INSTEAD.get(name, dict)()
    several = {field: value if isinstance(value, list) else [value] for field, value in sent.items()}
    return {field: list(map(str, value)) for field, value in several.items()}


INSTEAD: Mapping[str, Callable[[], Mapping[str, Any]]] = {
    "association_create": lambda: {"number": factories.organisation_number()},
    "member_add": lambda: {"party": factories.party("municipality", "2584").pk},
    "intervention_create": lambda: {
        "method": "numbers_only",
        "controller": "",
        "performers": [factories.agency().pk, factories.service().pk],
    },
    "assignment_add/lead": lambda: {"user": factories.user(None, Role.INTERVENTION_LEAD).pk},
    "assignment_add/registrar": lambda: {"user": factories.user(None, Role.PARTICIPANT_REGISTRAR).pk},
    "grant_add": lambda: {"role": Role.NATIONAL_ANALYST.value, "organisation": ""},
    "participants": lambda: {"number": IDENTITY},
    "person_number": lambda: {"number": IDENTITY},
    "enrol_person": lambda: {"number": IDENTITY, "step": "save"},
}


def prepare(name: str, place: world.Place) -> None:
    """Bring a record to where what is sent is to be done, as past the trail as nothing but a test may."""
    record = place.records
    match name:
        case "association_activate":
            Association.objects.filter(pk=record["association"].pk).update(state="draft")
        case "association_close":
            Intervention.objects.filter(pk=record["intervention"].pk).update(ends_before="2021-12-31")
        case "grant_confirm":
            Grant.objects.filter(pk=record["grant"].pk).update(holds_from=None)
        case "link_confirm":
            Grant.objects.filter(pk=record["grant"].pk).update(role=Role.ASSOCIATION_ADMIN)
            later = timezone.now() + timedelta(days=1)
            Invitation.objects.filter(pk=record["link"].pk).update(confirmed_at=None, expires_at=later)


def whole(user: User, place: world.Place, names: Sequence[str]) -> Iterator[tuple[str, Body]]:
    """The addresses that a user can send something to, each with what is sent when its form is filled in."""
    client = place.browser(user)
    shown: dict[str, bodies.Form] = {}
    for name in names:
        for form in bodies.forms(client, url(name, place)):
            shown.setdefault(form.action, form)
    for name in names:
        form = shown.get(url(name, place), bodies.Form(url(name, place)))
        yield name, bodies.filled(form, {field: [value] for field, value in WORDS.items()}, instead(name))


def send(user: User, name: str, place: world.Place, body: Body) -> tuple[str, set[str]]:
    """How an address answers what is sent, as the table writes it, and what was written to; nothing of it is kept."""
    client = place.browser(user)
    with transaction.atomic():
        prepare(name, place)
        with world.spying() as written:
            answer = client.post(url(name, place), body)
        transaction.set_rollback(True)
    return "" if answer.status_code == NOT_POSTED else letter(answer), set(written)


def meant_for(role: str, place: world.Place) -> list[str]:
    """The addresses that a role is the first of all to be let in to, so that each is tried once."""
    here = [name for name in installed() if route(name) not in PUBLIC | {"sign_out"}]
    return [name for name in here if next((one for one in place.users if EXPECTED[name].home[one] == "+"), "") == role]


def refused(name: str, places: Sequence[tuple[str, world.Place]], home: world.Place, body: Body) -> dict[str, str]:
    """Who should be refused what is sent and was not, or of whose something was written."""
    found = {}
    for where, place in places:
        for role, user in place.users.items():
            expected = (EXPECTED[name].home if where == "home" else EXPECTED[name].away)[role]
            if expected == "+":
                continue
            said, written = send(user, name, home, body)
            if said not in {"-", "0"} or written:
                found[f"{role} of {where}"] = f"{said} {sorted(written)}"
    return found


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_whole_form_is_done_for_its_role_and_refused_to_all_others(home, away, role):
    if role not in home.users:
        return
    useless, open_to = [], {}
    for name, body in whole(home.users[role], home, meant_for(role, home)):
        said, written = send(home.users[role], name, home, body)
        if not said:
            continue
        if not written and name not in WRITE_NOTHING:
            useless.append(name)
        if found := refused(name, [("home", home), ("away", away)], home, body):
            open_to[name] = found
    assert not useless
    assert not open_to


def test_what_writes_nothing_is_about_no_record_of_an_association():
    assert WRITE_NOTHING.keys() <= EXPECTED.keys()
    assert not [name for name in WRITE_NOTHING if OF_A_PLACE & set(EXPECTED[name].arguments.values())]


@pytest.fixture
def heedless(monkeypatch):
    """A page that asks whose record it is only of who sends an empty form."""
    pattern = world.routes()["intervention_plan"]
    careful = pattern.callback

    def plan(request, pk):
        if not request.POST:
            return careful(request, pk=pk)
        with mock.patch.object(Actor, "_reaches", return_value=True), mock.patch.object(queries, "get", anyones):
            return careful(request, pk=pk)

    def anyones(*, actor, pk, **kwargs):
        return Intervention.objects.get(pk=pk)

    monkeypatch.setattr(pattern, "callback", plan)


def test_a_page_that_forgets_whose_record_it_is_is_found(home, away, heedless):
    """By the whole form, and not by an empty one."""
    lead = home.users["intervention_lead"]
    ((name, body),) = whole(lead, home, ["intervention_plan"])
    found = refused(name, [("away", away)], home, body)
    assert "interventions_plan" in found["intervention_lead of away"]
    assert not refused(name, [("away", away)], home, {})
