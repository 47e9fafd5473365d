"""Every address, as a stranger, as each role at home, and as the same role from another association."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from finsam.access.models import ReadRow, User
from finsam.access.roles import TABLE, Permission, Reach, Role
from finsam.access.roles import roles as roles_here
from finsam.web.middleware import UNUSED_FEATURES
from tests import factories
from tests.house import routes, world
from tests.house.routes import EXPECTED, answers, route, url

WRITE = "Write the table anew and read the difference: python -m tests.house.routes write"
PUBLIC = {"sign_in", "invitation", "language"}

EVERY_ROLE = pytest.mark.parametrize("role", [role.value for role in Role])
OF_A_PLACE = {"association", "intervention", "membership", "coverage", "participation", "consent"}
# What somebody of another association may see or do: those with the permission everywhere, and they alone.
# A list of another association's interventions is empty to who works in none of them.
EVERYWHERE = dict.fromkeys(("association", "association_interventions"), Permission.SEE_ASSOCIATION)
EVERYWHERE |= dict.fromkeys(
    (
        *("association_edit", "association_activate", "association_close"),
        *("member_add", "member_end", "coverage_add", "coverage_end"),
    ),
    Permission.EDIT_ASSOCIATION,
)


def installed() -> list[str]:
    rooms = "participant_registrar" in roles_here()
    return [name for name in EXPECTED if route(name) in world.routes() and (rooms or not name.endswith("/registrar"))]


def differences(user: User, place: world.Place, expected: Mapping[str, str]) -> dict[str, str]:
    """The addresses that answer a user otherwise than expected."""
    found = {name: answers(place.browser(user), url(name, place)) for name in expected}
    return {name: f"{answer}, not {expected[name]}" for name, answer in found.items() if answer != expected[name]}


def test_every_address_is_in_the_table():
    listed = {route(name) for name in EXPECTED}
    missing = set(world.routes()) - listed
    gone = listed - set(world.routes()) if not settings.FINSAM_WITHOUT else set()
    assert not missing, WRITE
    assert not gone, WRITE


def test_every_role_has_a_column():
    told = [role for row in EXPECTED.values() for role in (*row.home, *row.away)]
    assert set(told) == {role.value for role in Role}, WRITE


def test_the_table_is_as_it_is_written():
    assert routes.written(EXPECTED, [role.value for role in Role]) == routes.PLACE.read_text("utf-8"), WRITE


@EVERY_ROLE
def test_each_role_at_home(home, role):
    if user := home.users.get(role):
        assert not differences(user, home, {name: EXPECTED[name].home[role] for name in installed()}), WRITE


@EVERY_ROLE
def test_each_role_from_another_association(home, away, role):
    if user := away.users.get(role):
        assert not differences(user, home, {name: EXPECTED[name].away[role] for name in installed()}), WRITE


def reaches_everywhere(role: Role, name: str) -> bool:
    return name in EVERYWHERE and TABLE[role].may.get(EVERYWHERE[name]) is Reach.EVERYWHERE


def let_in(rows: Mapping[str, routes.Row]) -> dict[str, list[str]]:
    """Who is let in to another association's records without a permission that reaches everywhere, by address."""
    wide = {name: {role.value for role in TABLE if reaches_everywhere(role, route(name))} for name in rows}
    return {
        name: wrong
        for name, row in rows.items()
        if OF_A_PLACE & {record.removesuffix("_at_work") for record in row.arguments.values()}
        if (wrong := [role for role, letter in row.away.items() if letter not in "-0" and role not in wide[name]])
    }


def test_the_table_lets_nobody_in_to_another_association():
    assert not let_in(EXPECTED)


def test_a_table_that_lets_somebody_in_is_found():
    """Whatever has been written into it: an administrator shown another association, and a lead its interventions."""
    leaking = {
        name: replace(EXPECTED[name], away={**EXPECTED[name].away, role: "+"})
        for name, role in (("association_edit", "association_admin"), ("intervention", "intervention_lead"))
    }
    assert let_in(leaking) == {"association_edit": ["association_admin"], "intervention": ["intervention_lead"]}


def test_strangers_are_sent_to_the_door(home):
    for name in set(installed()) - PUBLIC:
        for answer in (Client().get(url(name, home)), Client().post(url(name, home))):
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(reverse("sign_in")), name


@EVERY_ROLE
def test_asking_writes_nothing_but_the_read_log(home, role):
    if role not in home.users:
        return
    client = Client()
    client.force_login(home.users[role])
    surprises = {}
    for name in installed():
        with world.spying() as written:
            client.get(url(name, home))
        if beyond := set(written) - {ReadRow._meta.db_table}:
            surprises[name] = beyond
    assert not surprises


def test_pages_tell_the_browser_what_to_trust(home):
    client = Client()
    client.force_login(home.users["reader"])
    answer = client.get(reverse("start"))
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"


def shown_to(name: str, place: world.Place) -> Client:
    """The browser of somebody to whom an address shows something."""
    role = next((role for role, letter in EXPECTED[name].home.items() if letter == "+" and role in place.users), None)
    return place.browser(place.users[role or "reader"])


def test_nothing_that_is_answered_is_kept_anywhere(home):
    """Pages, parts of pages, files, forms, refusals, and what a stranger is answered."""
    kept, lenient = set(), set()
    for name in installed():
        address, client = url(name, home), shown_to(name, home)
        asked = [client.get(address), client.get(address, headers={"HX-Request": "true"}), Client().get(address)]
        with transaction.atomic():
            asked.append(client.post(address))
            transaction.set_rollback(True)
        kept |= {name for one in asked if one["Cache-Control"] != "no-store"}
        lenient |= {name for one in asked if not one["Permissions-Policy"].startswith("accelerometer=(), ")}
    assert not kept
    assert not lenient


def test_an_address_that_is_not_there_is_kept_nowhere_either(home):
    for address in ("/finns-inte/", "/forbund/0/"):
        assert home.browser(home.users["reader"]).get(address)["Cache-Control"] == "no-store"


def test_styles_and_fonts_are_kept_as_ever(db):
    answer = Client().get("/static/finsam/layout.css")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "max-age=60, public"
    answer.close()


def test_pages_use_nothing_that_they_have_denied_themselves():
    """Every feature is denied to every page; none is named twice."""
    assert len(set(UNUSED_FEATURES)) == len(UNUSED_FEATURES)
    assert {"camera", "microphone", "geolocation", "payment", "usb"} <= set(UNUSED_FEATURES)


def test_someone_who_may_no_longer_sign_in_is_a_stranger(home):
    client = Client()
    user = home.users["reader"]
    client.force_login(user)
    factories.access.set_active(actor=factories.operator(), user=user, is_active=False)
    assert client.get(reverse("start"))["Location"].startswith(reverse("sign_in"))
