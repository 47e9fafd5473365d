"""Roles, what may not be combined, one-time links and the home's own row."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from finsam.access import actions, queries
from finsam.access.models import Grant, Invitation, User
from finsam.access.roles import Permission, Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.participants
def test_a_registrar_cannot_also_be_association_administrator() -> None:
    where = factories.association()
    who = factories.user(None, Role.PARTICIPANT_REGISTRAR)
    with pytest.raises(ValidationError, match="kan inte vara deltagaransvarig och förbundsadministratör"):
        actions.grant(
            actor=factories.operator(), user=who, role=Role.ASSOCIATION_ADMIN, organisation=where.organisation
        )
    assert Grant.objects.count() == 1


@pytest.mark.participants
def test_an_employee_of_an_association_cannot_be_registrar() -> None:
    where = factories.association()
    who = factories.user(where.organisation)
    with pytest.raises(ValidationError, match="anställd av ett förbund"):
        actions.grant(actor=factories.operator(), user=who, role=Role.PARTICIPANT_REGISTRAR)


@pytest.mark.participants
def test_a_registrar_cannot_be_moved_to_an_association() -> None:
    where = factories.association()
    who = factories.user(None, Role.PARTICIPANT_REGISTRAR)
    with pytest.raises(ValidationError, match="anställd av ett förbund"):
        actions.change_user(
            actor=factories.operator(), user=who, email=who.email, name=who.name, employer=where.organisation
        )


@pytest.mark.without_participants
def test_the_role_of_registrar_does_not_exist_without_the_room() -> None:
    assert Role.PARTICIPANT_REGISTRAR.value not in dict(queries.role_choices())
    with pytest.raises(ValidationError, match="finns inte i den här installationen"):
        actions.grant(actor=factories.operator(), user=factories.user(), role=Role.PARTICIPANT_REGISTRAR)
    assert not factories.operator().may(Permission.SEE_IDENTITY)


@pytest.mark.parametrize("role", [Role.ASSOCIATION_ADMIN, Role.READER])
def test_a_role_in_an_association_names_it(role: Role) -> None:
    with pytest.raises(ValidationError, match="Välj vilket förbund"):
        actions.grant(actor=factories.operator(), user=factories.user(), role=role)


def test_a_national_role_names_no_association() -> None:
    where = factories.association()
    with pytest.raises(ValidationError, match="Lämna fältet tomt"):
        actions.grant(
            actor=factories.operator(),
            user=factories.user(),
            role=Role.NATIONAL_ANALYST,
            organisation=where.organisation,
        )


def test_the_same_role_is_given_once() -> None:
    who = factories.user(None, Role.NATIONAL_ANALYST)
    with pytest.raises(ValidationError, match="har redan den rollen"):
        actions.grant(actor=factories.operator(), user=who, role=Role.NATIONAL_ANALYST)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM_ADMIN])
def test_only_the_system_administrator_manages_users(role: Role) -> None:
    if role.value not in dict(queries.role_choices()):
        return
    who = factories.user(None, role, where=factories.association())
    with pytest.raises(PermissionDenied, match="systemadministratör"):
        actions.create_user(
            actor=factories.actor(who), email="ny@example.invalid", name="Ny", employer=factories.agency()
        )


def test_an_address_is_one_user_whatever_its_case() -> None:
    who = factories.user()
    with pytest.raises(ValidationError, match="redan en användare"):
        actions.create_user(actor=factories.operator(), email=who.email.upper(), name="Ny", employer=factories.agency())


def test_a_link_works_once_and_only_its_digest_is_kept() -> None:
    who = factories.user()
    secret = actions.invite(actor=factories.operator(), user=who)
    assert secret not in str(Invitation.objects.values().get())
    actions.accept(actor=factories.operator(), secret=secret, password="ett-gott-påhittat-lösen")
    who.refresh_from_db()
    assert who.check_password("ett-gott-påhittat-lösen")
    with pytest.raises(ValidationError, match="redan använd"):
        actions.accept(actor=factories.operator(), secret=secret, password="ett-annat-påhittat-lösen")


@pytest.mark.parametrize(
    ("days", "works"), [(timedelta(days=7) - timedelta(seconds=1), True), (timedelta(days=7), False)]
)
def test_a_link_lives_seven_days(days: timedelta, works: bool) -> None:
    secret = actions.invite(actor=factories.operator(), user=factories.user())
    if works:
        queries.invitation(secret=secret, at=factories.NOW + days)
        return
    with pytest.raises(ValidationError, match="för gammal"):
        queries.invitation(secret=secret, at=factories.NOW + days)


def test_a_weak_password_is_refused_at_its_field() -> None:
    secret = actions.invite(actor=factories.operator(), user=factories.user())
    with pytest.raises(ValidationError) as refused:
        actions.accept(actor=factories.operator(), secret=secret, password="12345")
    assert "password" in refused.value.message_dict


def test_a_home_is_prepared_once_and_a_demo_is_a_demo_for_good() -> None:
    home = actions.prepare(actor=factories.operator(), version="0", fixed_today=date(2021, 3, 31))
    assert home.is_demo
    with pytest.raises(ValidationError, match="redan i bruk"):
        actions.prepare(actor=factories.operator(), version="0")


def test_a_new_link_ends_the_older_one() -> None:
    who = factories.user()
    old = actions.invite(actor=factories.operator(), user=who)
    actions.invite(actor=factories.operator(), user=who)
    with pytest.raises(ValidationError, match="redan använd"):
        queries.invitation(secret=old, at=factories.NOW)


def test_an_old_password_is_kept_nowhere() -> None:
    who = factories.user()
    words = ("korrekt häst batteri", "en annan lång mening")
    for password in words:
        secret = actions.invite(actor=factories.operator(), user=who)
        actions.accept(actor=factories.operator(), secret=secret, password=password)
    assert User.objects.get(pk=who.pk).check_password(words[1])
    past = list(User.history.filter(id=who.pk).order_by("history_id").values())
    assert len(past) == 1 + len(words)
    assert not [row for row in past if "password" in row]
