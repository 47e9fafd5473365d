"""A record's history says what was and what became, when, by whom and in which role."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from finsam.access import actions, queries
from finsam.access.actors import ONESELF, OPERATION, Actor
from finsam.access.models import AuditRow, ReadRow
from finsam.access.roles import Permission, Role
from finsam.access.trail import Event
from finsam.associations import actions as associations
from finsam.associations import queries as association_queries
from finsam.codes import actions as codes
from finsam.codes import queries as code_queries
from tests import factories

pytestmark = pytest.mark.django_db

LATER = factories.NOW + timedelta(hours=1)


@pytest.fixture
def admin() -> Actor:
    return factories.actor(factories.user(None, Role.SYSTEM_ADMIN), LATER)


def said(event: Event) -> dict[str, tuple[Any, Any]]:
    return {one.label: (one.was, one.became) for one in event.differences}


def test_a_users_history_tells_fields_and_roles_newest_first(admin: Actor) -> None:
    who = factories.user()
    name = who.name
    actions.change_user(actor=admin, user=who, email=who.email, name="Nytt Namn", employer=who.employer)
    last = factories.actor(factories.user(None, Role.SYSTEM_ADMIN), LATER + timedelta(hours=1))
    actions.grant(actor=last, user=who, role=Role.NATIONAL_ANALYST)
    granted, changed, made = queries.history(actor=admin, user=who)
    assert said(granted) == {"Behörighet": (None, (("Nationell analytiker",),))}
    assert said(changed) == {"Namn": (name, "Nytt Namn")}
    assert said(made)["E-postadress"] == (None, who.email)
    assert (changed.at, changed.name, changed.role) == (LATER, admin.name, "system_admin")
    assert (made.name, made.role) == ("", OPERATION)
    assert changed.actions == ("access.change_user",)


def test_a_role_taken_away_is_told_with_what_was_held_before_and_after(admin: Actor) -> None:
    who = factories.user(None, Role.NATIONAL_ANALYST, Role.SYSTEM_ADMIN)
    actions.revoke(actor=admin, grant=who.grants.get(role=Role.SYSTEM_ADMIN))
    revoked = queries.history(actor=admin, user=who)[0]
    both = (("Nationell analytiker",), ("Systemadministratör",))
    assert said(revoked) == {"Behörighet": (both, (("Nationell analytiker",),))}
    assert revoked.actions == ("access.revoke",)


def test_a_chosen_password_is_an_event_without_the_password(admin: Actor) -> None:
    who = factories.user()
    secret = actions.invite(actor=admin, user=who)
    actions.accept(actor=factories.actor(who, LATER), secret=secret, password="fyra ord efter varandra")
    chosen = queries.history(actor=admin, user=who)[0]
    assert (chosen.actions, chosen.role, chosen.name) == (("access.accept",), ONESELF, who.name)
    assert not chosen.differences


def test_an_associations_history_tells_its_members_and_their_days(admin: Actor) -> None:
    one = factories.association()
    member = one.memberships.get(party=factories.agency())
    associations.end_membership(actor=admin, membership=member, ends_before=date(2021, 1, 1))
    ended = association_queries.history(actor=admin, association=one)[0]
    ((label, (was, became)),) = said(ended).items()
    assert label == "Medlemskap Försäkringskassan"
    assert [(days.first_day, days.ends_before) for (days,) in was + became] == [
        (one.first_day, None),
        (one.first_day, date(2021, 1, 1)),
    ]


def test_a_codes_history_tells_values_in_words(admin: Actor) -> None:
    made = codes.add(
        actor=factories.operator(),
        list="direction",
        code="invented",
        label="Påhittad",
        parent="individual",
        first_day=date(2021, 1, 1),
        source="Påhittad källa",
        explanation="Påhittad förklaring.",
    )
    codes.confirm(actor=admin, row=made, source="Läst källa")
    confirmed, begun = code_queries.history(actor=admin, row=made)
    assert said(confirmed) == {"Källa": ("Påhittad källa", "Läst källa"), "Bekräftad": (False, True)}
    assert said(begun)["Hör till"] == (None, "Individinriktad")
    assert said(begun)["Ursprung"] == (None, "egen")


def test_names_in_an_associations_history_are_for_those_who_see_the_users(admin: Actor) -> None:
    one = factories.association()
    where = one.organisation
    administrator = factories.user(where, Role.ASSOCIATION_ADMIN, where=one)
    own = factories.actor(administrator, LATER)
    associations.change(actor=own, association=one, name="Nytt", number=one.number, first_day=one.first_day)
    reader = factories.actor(factories.user(None, Role.READER, where=one))
    named = {
        who: association_queries.history(actor=actor, association=one)[0].name
        for who, actor in (("administrator", own), ("reader", reader), ("system", admin))
    }
    assert named == {"administrator": administrator.name, "reader": "", "system": administrator.name}
    told = association_queries.history(actor=reader, association=one)[0]
    assert told.role == "association_admin"


def test_a_history_is_for_whoever_may_see_the_record(admin: Actor) -> None:
    one, elsewhere = factories.association(), factories.association()
    stranger = factories.actor(factories.user(None, Role.READER, where=elsewhere))
    with pytest.raises(PermissionDenied):
        association_queries.history(actor=stranger, association=one)
    with pytest.raises(PermissionDenied):
        queries.history(actor=stranger, user=factories.user())
    with pytest.raises(PermissionDenied):
        code_queries.history(actor=stranger, row=code_queries.rows(actor=admin)[0])


def test_the_trail_notes_the_role_that_was_used_and_keeps_it_when_grants_change() -> None:
    who = factories.user(None, Role.NATIONAL_ANALYST, Role.SYSTEM_ADMIN)
    actor = factories.actor(who)
    code = code_queries.rows(actor=actor)[0]
    codes.confirm(actor=actor, row=code, source="Läst källa")
    actions.revoke(actor=factories.operator(), grant=who.grants.get(role=Role.SYSTEM_ADMIN))
    assert AuditRow.objects.filter(action="codes.confirm").values_list("role", flat=True).get() == "system_admin"


def test_whoever_holds_several_roles_goes_on_in_the_one_that_was_used() -> None:
    one = factories.intervention()
    who = factories.actor(factories.user(None, Role.NATIONAL_ANALYST, Role.SYSTEM_ADMIN))
    assert who.capacity == ONESELF
    who.require(Permission.SEE_CODES)
    assert who.capacity == "national_analyst"
    who.require(Permission.MANAGE_CODES)
    assert who.capacity == "system_admin"
    who.require(Permission.SEE_CODES)
    assert who.capacity == "system_admin"
    with pytest.raises(PermissionDenied):
        who.require(Permission.EDIT_INTERVENTION, one)


def test_what_a_refusal_asked_for_is_not_what_somebody_acted_as() -> None:
    who = factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
    with pytest.raises(PermissionDenied):
        who.require(Permission.MANAGE_USERS)
    assert who.capacity == ONESELF


def test_events_and_readings_are_for_the_system_administrator_only(admin: Actor) -> None:
    everything = queries.Narrowed()
    assert queries.events(actor=admin, narrowed=everything).exists()
    assert not queries.readings(actor=admin, narrowed=everything).exists()
    for role in set(Role) - {Role.SYSTEM_ADMIN}:
        if role in {choice for choice, _label in queries.role_choices()}:
            stranger = factories.actor(factories.user(None, role, where=factories.association()))
            with pytest.raises(PermissionDenied):
                queries.events(actor=stranger, narrowed=everything)
            with pytest.raises(PermissionDenied):
                queries.readings(actor=stranger, narrowed=everything)


def test_events_are_narrowed_by_swedish_days(admin: Actor) -> None:
    who = factories.user(None, Role.SYSTEM_ADMIN)
    for hour, minute, day in ((23, 59, 1), (0, 0, 2), (23, 59, 2), (0, 0, 3)):
        at = factories.NOW.replace(month=2, day=day, hour=hour, minute=minute)
        actions.set_language(actor=factories.actor(who, at), language="sv")
        ReadRow.objects.create(at=at, user_id=who.pk, what="opened")
    narrowed = queries.Narrowed(user=who.pk, first_day=date(2021, 2, 2), last_day=date(2021, 2, 2))
    for rows in (queries.events(actor=admin, narrowed=narrowed), queries.readings(actor=admin, narrowed=narrowed)):
        assert [f"{row.at.astimezone(factories.NOW.tzinfo):%d %H:%M}" for row in rows] == ["02 23:59", "02 00:00"]
    endless = queries.Narrowed(first_day=date.min, last_day=date.max)
    assert queries.events(actor=admin, narrowed=endless).count() == AuditRow.objects.count()
