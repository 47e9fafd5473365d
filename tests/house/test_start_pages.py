"""Every role has a page to begin on: a word for it in the menu, and something to do there."""

from collections.abc import Collection, Iterable, Mapping

import pytest

from finsam.access.roles import TABLE, Permission, Role
from finsam.web.menus import ENTRIES, STAFF, Entry
from finsam.web.services import WAYS, Way

pytestmark = pytest.mark.once


def without_a_start(
    roles: Mapping[Role, Collection[Permission]],
    entries: Iterable[Entry] = ENTRIES,
    ways: Iterable[Way] = WAYS,
    staff: Collection[Role] = STAFF,
) -> dict[str, str]:
    """The roles that begin on an empty page, and what it lacks; staff have their interventions there."""
    named = {role for entry in entries if entry.page == "start" for role in entry.roles}
    busy = {
        role
        for role in roles
        if role in staff or any(role in way.roles and way.permission in roles[role] for way in ways)
    }
    found = {role.value: "no word in the menu" for role in roles if role not in named}
    return found | {role.value: "nothing to do" for role in roles if role not in busy}


def test_every_role_has_a_start_page():
    assert without_a_start({role: row.may for role, row in TABLE.items()}) == {}


@pytest.mark.parametrize("role", list(Role), ids=[role.value for role in Role])
def test_a_role_that_the_menu_does_not_know_is_found(role):
    """As a new role is: in the table, and nowhere else."""
    entries = [Entry(one.label, one.page, one.permission, one.roles - {role}, one.covers) for one in ENTRIES]
    assert without_a_start({role: row.may for role, row in TABLE.items()}, entries) == {
        role.value: "no word in the menu"
    }


def test_a_role_that_has_nothing_to_do_is_found():
    assert without_a_start({Role.NATIONAL_ANALYST: ()}) == {"national_analyst": "nothing to do"}
    assert without_a_start({Role.READER: TABLE[Role.READER].may}, ways=()) == {"reader": "nothing to do"}
