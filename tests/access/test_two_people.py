"""What takes two: roles that lead to identities, links that reset a password; and what nobody does to themselves."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from finsam.access import actions, queries
from finsam.access.actors import Actor
from finsam.access.models import AuditRow, Grant, Invitation, User
from finsam.access.roles import (
    FORBIDDEN_PAIRS,
    NEED_A_SECOND,
    TABLE,
    Permission,
    Reach,
    Role,
    confirmed_roles,
    counting,
    forbidden_pairs,
)
from finsam.interventions import actions as interventions
from finsam.interventions import queries as at_work
from finsam.interventions.models import Assignment
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "ett-gott-påhittat-lösen"


@pytest.fixture
def first(db) -> Actor:
    return factories.actor(signed_in(factories.user(None, Role.SYSTEM_ADMIN)))


@pytest.fixture
def second(db) -> Actor:
    return factories.actor(signed_in(factories.user(None, Role.SYSTEM_ADMIN)))


def signed_in(user: User) -> User:
    secret = actions.invite(actor=factories.operator(), user=user)
    return actions.accept(actor=factories.operator(), secret=secret, password=PASSWORD)


def oneself(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id or 0)


def link_to(user: User) -> Invitation:
    return user.invitations.get(used_at=None)


def given(actor: Actor, role: Role = Role.INTERVENTION_LEAD) -> Grant:
    return actions.grant(actor=actor, user=factories.user(), role=role)


def test_nobody_gives_or_takes_the_own_roles(first):
    with pytest.raises(ValidationError, match="inte ge dig själv en roll"):
        actions.grant(actor=first, user=oneself(first), role=Role.NATIONAL_ANALYST)
    with pytest.raises(ValidationError, match="inte ta bort din egen roll"):
        actions.revoke(actor=first, grant=oneself(first).grants.get())
    assert oneself(first).grants.get().role == Role.SYSTEM_ADMIN


def test_nobody_changes_the_own_employer_but_may_change_the_own_name(first):
    me = oneself(first)
    facts: dict[str, Any] = {"email": me.email, "name": "Nytt Namn"}
    with pytest.raises(ValidationError) as refused:
        actions.change_user(actor=first, user=me, employer=factories.service(), **facts)
    assert "din egen arbetsgivare" in refused.value.message_dict["employer"][0]
    actions.change_user(actor=first, user=oneself(first), employer=oneself(first).employer, **facts)
    assert oneself(first).name == "Nytt Namn"


def test_nobody_closes_the_own_sign_in_or_makes_the_own_link(first):
    with pytest.raises(ValidationError, match="din egen inloggning"):
        actions.set_active(actor=first, user=oneself(first), is_active=False)
    with pytest.raises(ValidationError, match="engångslänk åt dig själv"):
        actions.invite(actor=first, user=oneself(first))


@pytest.mark.participants
def test_nobody_gives_or_ends_the_own_assignment(db):
    place = factories.intervention()
    user = factories.user(None, Role.INTERVENTION_LEAD, Role.PARTICIPANT_REGISTRAR)
    work: dict[str, Any] = {"intervention": place, "user": user}
    interventions.assign(actor=factories.operator(), role=Role.INTERVENTION_LEAD, **work)
    lead = factories.actor(user)
    assert user not in at_work.assignable(actor=lead, intervention=place, role=Role.PARTICIPANT_REGISTRAR)
    with pytest.raises(ValidationError, match="inte ge dig själv ett uppdrag"):
        interventions.assign(actor=lead, role=Role.PARTICIPANT_REGISTRAR, **work)
    row = interventions.assign(actor=factories.operator(), role=Role.PARTICIPANT_REGISTRAR, **work)
    with pytest.raises(ValidationError, match="inte avsluta ditt eget uppdrag"):
        interventions.end_assignment(actor=lead, assignment=row)
    assert Assignment.objects.get(pk=row.pk).ends_before is None


@pytest.mark.parametrize("role", sorted(NEED_A_SECOND))
def test_a_role_that_leads_to_identities_holds_when_a_second_has_confirmed_it(first, second, role):
    if role not in dict(queries.role_choices()):
        return
    where = factories.association().organisation if TABLE[role].per_association else None
    user = factories.user()
    grant = actions.grant(actor=first, user=user, role=role, organisation=where)
    may = next(permission for permission in TABLE[role].may if permission is not Permission.SEE_REPORTS)
    assert not factories.actor(user).grants
    assert not factories.actor(user).has(may)
    assert user not in queries.eligible(actor=first, role=role)
    actions.confirm_grant(actor=second, grant=grant)
    assert set(factories.actor(user).grants) == {role}
    assert user in queries.eligible(actor=first, role=role)
    assert AuditRow.objects.get(action="access.confirm_grant").user_id == second.user_id


def test_a_pending_role_is_no_second_and_gets_no_work(first):
    admin = actions.grant(actor=first, user=factories.user(), role=Role.SYSTEM_ADMIN).user
    assert admin not in queries.holders(actor=first, permission=Permission.MANAGE_USERS)
    assert not queries.seconds(actor=first)
    place, lead = factories.intervention(), given(first).user
    with pytest.raises(ValidationError, match="saknar behörigheten"):
        interventions.assign(actor=factories.operator(), intervention=place, user=lead, role=Role.INTERVENTION_LEAD)


@pytest.mark.parametrize("role", [Role.NATIONAL_ANALYST])
def test_a_role_that_leads_to_no_identity_holds_at_once(first, role):
    assert set(factories.actor(given(first, role).user).grants) == {role}


def test_what_the_operator_gives_holds_at_once_and_is_in_the_trail(db):
    user = factories.user(None, Role.SYSTEM_ADMIN)
    assert set(factories.actor(user).grants) == {Role.SYSTEM_ADMIN}
    row = AuditRow.objects.get(action="access.grant", record_id=user.grants.get().pk)
    assert row.user_id is None


def test_whoever_gave_a_role_does_not_confirm_it(first, second):
    grant = given(first)
    with pytest.raises(ValidationError, match="själv gett rollen"):
        actions.confirm_grant(actor=first, grant=grant)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=grant.pk).update(confirmed_by=first.user_id)
    actions.confirm_grant(actor=second, grant=grant)
    with pytest.raises(ValidationError, match="gäller redan"):
        actions.confirm_grant(actor=second, grant=grant)


def test_whoever_made_the_link_does_not_confirm_the_role_used_or_not(first, second):
    grant = given(first)
    secret = actions.invite(actor=second, user=grant.user)
    with pytest.raises(ValidationError, match="gjort engångslänken"):
        actions.confirm_grant(actor=second, grant=grant)
    actions.accept(actor=second, secret=secret, password=PASSWORD)
    with pytest.raises(ValidationError, match="gjort engångslänken"):
        actions.confirm_grant(actor=second, grant=grant)
    assert grant not in queries.waiting_grants(actor=second)


def test_nobody_confirms_the_own_role(first, second):
    me = oneself(second)
    grant = actions.grant(actor=first, user=me, role=Role.INTERVENTION_LEAD)
    with pytest.raises(ValidationError, match="din egen roll"):
        actions.confirm_grant(actor=second, grant=grant)
    assert not queries.waiting_grants(actor=second)


def test_a_link_for_somebody_who_has_signed_in_waits_for_a_second_and_the_old_password_works_so_long(first, second):
    user = signed_in(factories.user())
    secret = actions.invite(actor=first, user=user)
    with pytest.raises(ValidationError, match="väntar på att en andra"):
        actions.accept(actor=first, secret=secret, password="ett-annat-påhittat-lösen")
    with pytest.raises(ValidationError, match="gjort engångslänken"):
        actions.confirm_link(actor=first, link=link_to(user))
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert [link.user for link in queries.waiting_links(actor=second)] == [user]
    assert not queries.waiting_links(actor=first)
    actions.confirm_link(actor=second, link=link_to(user))
    actions.accept(actor=first, secret=secret, password="ett-annat-påhittat-lösen")
    assert User.objects.get(pk=user.pk).check_password("ett-annat-påhittat-lösen")


def test_a_link_for_somebody_whose_role_holds_takes_two_though_nobody_has_signed_in(first, second):
    user = factories.user(None, Role.INTERVENTION_LEAD)
    secret = actions.invite(actor=first, user=user)
    with pytest.raises(ValidationError, match="väntar på att en andra"):
        actions.accept(actor=first, secret=secret, password=PASSWORD)
    actions.confirm_link(actor=second, link=link_to(user))
    actions.accept(actor=first, secret=secret, password=PASSWORD)


def test_a_link_kept_from_before_the_role_held_takes_two_all_the_same(first, second):
    user = factories.user()
    kept = actions.invite(actor=first, user=user)
    actions.grant(actor=factories.operator(), user=user, role=Role.INTERVENTION_LEAD)
    with pytest.raises(ValidationError, match="väntar på att en andra"):
        actions.accept(actor=first, secret=kept, password=PASSWORD)


def test_a_new_users_link_works_at_once_and_is_confirmed_with_the_role(first, second):
    grant = given(first)
    secret = actions.invite(actor=first, user=grant.user)
    actions.confirm_grant(actor=second, grant=grant)
    assert link_to(grant.user).confirmed_by == second.user_id
    actions.accept(actor=first, secret=secret, password=PASSWORD)
    newcomer = factories.user()
    actions.accept(actor=first, secret=actions.invite(actor=first, user=newcomer), password=PASSWORD)
    assert User.objects.get(pk=newcomer.pk).has_usable_password()


def test_confirming_a_role_does_not_confirm_a_reset(first, second):
    user = signed_in(factories.user())
    actions.invite(actor=first, user=user)
    actions.confirm_grant(actor=second, grant=actions.grant(actor=first, user=user, role=Role.INTERVENTION_LEAD))
    assert link_to(user).waits()


def test_nobody_confirms_a_link_to_themselves(first, second):
    factories.user(None, Role.SYSTEM_ADMIN)
    actions.invite(actor=first, user=oneself(second))
    with pytest.raises(ValidationError, match="till dig själv"):
        actions.confirm_link(actor=second, link=link_to(oneself(second)))
    assert not queries.waiting_links(actor=second)


@pytest.mark.parametrize("fault", ["used", "old", "confirmed"])
def test_a_link_that_does_not_wait_is_not_confirmed(first, second, fault):
    user = factories.user() if fault == "used" else signed_in(factories.user())
    secret = actions.invite(actor=first, user=user)
    link = link_to(user)
    if fault == "used":
        actions.accept(actor=first, secret=secret, password=PASSWORD)
    elif fault == "confirmed":
        actions.confirm_link(actor=second, link=link)
    late = replace(second, at=second.at + timedelta(days=7)) if fault == "old" else second
    with pytest.raises(ValidationError, match="väntar inte på att bekräftas"):
        actions.confirm_link(actor=late, link=Invitation.objects.get(pk=link.pk))


def test_a_link_is_taken_back_until_it_is_used(first, second):
    user = factories.user()
    secret = actions.invite(actor=first, user=user)
    actions.withdraw_link(actor=second, link=link_to(user))
    with pytest.raises(ValidationError, match="redan använd"):
        actions.accept(actor=first, secret=secret, password=PASSWORD)
    actions.accept(actor=first, secret=actions.invite(actor=first, user=user), password=PASSWORD)
    with pytest.raises(ValidationError, match="redan använd"):
        actions.withdraw_link(actor=second, link=user.invitations.get())


def test_a_link_leads_nowhere_for_somebody_whose_sign_in_is_closed(first):
    user = factories.user()
    secret = actions.invite(actor=first, user=user)
    actions.set_active(actor=first, user=User.objects.get(pk=user.pk), is_active=False)
    with pytest.raises(ValidationError, match="Be systemadministratören om en ny"):
        queries.invitation(secret=secret, at=first.at)
    with pytest.raises(ValidationError, match="Öppna inloggningen först"):
        actions.invite(actor=first, user=User.objects.get(pk=user.pk))


def test_the_only_administrator_is_told_to_invite_a_second_first(first):
    user = signed_in(factories.user())
    with pytest.raises(ValidationError, match=r"Bjud in en andra först.*finsam user reset ADRESS"):
        actions.invite(actor=first, user=user)
    assert not user.invitations.filter(used_at=None).exists()


def test_a_second_who_is_the_one_that_gets_the_link_is_no_second(first, second):
    with pytest.raises(ValidationError, match="Bjud in en andra först"):
        actions.invite(actor=first, user=oneself(second))


@pytest.mark.parametrize("who", ["confirmed", "operator"])
def test_a_reset_ends_the_sessions_when_it_begins_to_work_and_when_it_is_used(first, second, who):
    user = signed_in(factories.user())
    before = user.get_session_auth_hash()
    secret = actions.invite(actor=factories.operator() if who == "operator" else first, user=user)
    if who == "confirmed":
        assert User.objects.get(pk=user.pk).get_session_auth_hash() == before
        actions.confirm_link(actor=second, link=link_to(user))
    begun = User.objects.get(pk=user.pk).get_session_auth_hash()
    assert begun != before
    actions.accept(actor=first, secret=secret, password="ett-annat-påhittat-lösen")
    assert User.objects.get(pk=user.pk).get_session_auth_hash() not in {before, begun}


def test_a_user_is_told_of_a_link_at_each_of_its_steps_and_of_the_earlier_ones_too(first, second):
    user = signed_in(factories.user())
    actor = factories.actor(user)
    assert not actions.tell_links(actor=actor)
    secret = actions.invite(actor=first, user=user)
    assert [link.confirmed_at for link in actions.tell_links(actor=actor)] == [None]
    assert not actions.tell_links(actor=actor)
    actions.confirm_link(actor=second, link=link_to(user))
    assert [link.confirmed_by for link in actions.tell_links(actor=actor)] == [second.user_id]
    actions.accept(actor=actor, secret=secret, password=PASSWORD)
    assert [link.used_at for link in actions.tell_links(actor=actor)] == [actor.at]
    actions.invite(actor=second, user=User.objects.get(pk=user.pk))
    assert len(actions.tell_links(actor=actor)) == 2


def test_whoever_made_or_confirmed_a_link_sees_that_it_was_opened(first, second):
    user, third = signed_in(factories.user()), factories.actor(factories.user(None, Role.SYSTEM_ADMIN))
    secret = actions.invite(actor=first, user=user)
    actions.confirm_link(actor=second, link=link_to(user))
    since = first.at - timedelta(days=1)
    assert not queries.opened_links(actor=first, since=since)
    actions.accept(actor=first, secret=secret, password=PASSWORD)
    seen = [[link.user for link in queries.opened_links(actor=who, since=since)] for who in (first, second, third)]
    assert seen == [[user], [user], []]


def test_a_role_that_sees_identities_and_the_system_administrators_are_apart():
    seeing = {role for role, row in TABLE.items() if Permission.SEE_IDENTITY in row.may}
    assert seeing
    assert {frozenset({role, Role.SYSTEM_ADMIN}) for role in seeing} <= FORBIDDEN_PAIRS
    assert not {role for role in seeing if Permission.MANAGE_USERS in TABLE[role].may}


def test_a_new_role_that_sees_identities_is_found_in_the_table():
    reads = replace(TABLE[Role.READER], may={Permission.SEE_IDENTITY: Reach.ASSIGNED})
    table = {**TABLE, Role.READER: reads}
    assert frozenset({Role.READER, Role.SYSTEM_ADMIN}) in forbidden_pairs(table)
    assert Role.READER in confirmed_roles(table)
    assert Role.READER not in NEED_A_SECOND


@pytest.mark.participants
@pytest.mark.parametrize(
    ("has", "gets"),
    [(Role.SYSTEM_ADMIN, Role.PARTICIPANT_REGISTRAR), (Role.PARTICIPANT_REGISTRAR, Role.SYSTEM_ADMIN)],
)
@pytest.mark.parametrize("waits", [True, False])
def test_a_registrar_is_no_system_administrator(first, has, gets, waits):
    user = given(first, has).user if waits else factories.user(None, has)
    with pytest.raises(ValidationError, match="Samma person kan inte vara deltagaransvarig och systemadministratör"):
        actions.grant(actor=factories.operator(), user=user, role=gets)


@pytest.mark.participants
def test_a_pair_from_before_keeps_from_identities_and_from_another_employer(first):
    place = factories.intervention()
    user = factories.registrar(place)
    Grant.objects.create(user=user, role=Role.SYSTEM_ADMIN, holds_from=factories.NOW)
    actor = factories.actor(user)
    assert set(actor.grants) == {Role.SYSTEM_ADMIN}
    assert not actor.may(Permission.SEE_IDENTITY, place)
    facts: dict[str, Any] = {"email": user.email, "name": user.name, "employer": factories.service()}
    with pytest.raises(ValidationError, match="Samma person kan inte vara"):
        actions.change_user(actor=first, user=user, **facts)
    again: dict[str, Any] = {"intervention": factories.intervention(), "user": user, "role": Role.PARTICIPANT_REGISTRAR}
    with pytest.raises(ValidationError, match="Samma person kan inte vara"):
        interventions.assign(actor=factories.operator(), **again)
    assert counting(frozenset({Role.PARTICIPANT_REGISTRAR})) == {Role.PARTICIPANT_REGISTRAR}


@pytest.mark.participants
def test_work_as_registrar_and_system_administrator_are_apart(first, second):
    user = factories.registrar(factories.intervention())
    actions.revoke(actor=factories.operator(), grant=user.grants.get())
    work = at_work.working_as(actor=first, user=user)
    assert work == {Role.PARTICIPANT_REGISTRAR}
    with pytest.raises(ValidationError, match="Samma person kan inte vara deltagaransvarig och systemadministratör"):
        actions.grant(actor=first, user=user, role=Role.SYSTEM_ADMIN, working_as=work)
    grant = actions.grant(actor=first, user=user, role=Role.SYSTEM_ADMIN)
    with pytest.raises(ValidationError, match="Samma person kan inte vara"):
        actions.confirm_grant(actor=second, grant=grant, working_as=work)
