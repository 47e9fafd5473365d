"""What may be done to users, grants and the home."""

import secrets
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from finsam.access import audit, queries, rules
from finsam.access.actors import Actor, Scope
from finsam.access.models import Grant, Installation, Invitation, Organisation, User
from finsam.access.roles import Permission, Role


@transaction.atomic
def prepare(*, actor: Actor, version: str, fixed_today: date | None = None) -> Installation:
    """Mark an empty home as real or, for good, as a demo whose day stands still."""
    actor.require(Permission.OPERATE)
    if Installation.objects.exists():
        raise ValidationError(_("Hemmet är redan i bruk. Välj en tom mapp med FINSAM_HOME=."))
    home = Installation(
        pk=1, is_demo=fixed_today is not None, fixed_today=fixed_today, created_at=actor.at, version=version
    )
    audit.write(actor, "access.prepare", home)
    return home


@transaction.atomic
def upgraded(*, actor: Actor, version: str) -> Installation:
    """Note which version of the software the home now belongs to."""
    actor.require(Permission.OPERATE)
    home = Installation.objects.get()
    home.version = version
    audit.write(actor, "access.upgraded", home)
    return home


@transaction.atomic
def register_organisation(*, actor: Actor, kind: str, name: str, code: str = "") -> Organisation:
    """Add an organisation that users can work for."""
    actor.require(Permission.EDIT_ASSOCIATION if kind == Organisation.Kind.ASSOCIATION else Permission.MANAGE_USERS)
    organisation = Organisation(kind=kind, name=name, code=code)
    audit.write(actor, "access.register_organisation", organisation)
    return organisation


@transaction.atomic
def rename_organisation(*, actor: Actor, organisation: Organisation, name: str) -> Organisation:
    """Change the name of an organisation; the old name stays in its history."""
    actor.require(Permission.EDIT_ASSOCIATION, _Own(organisation))
    organisation.name = name
    audit.write(actor, "access.rename_organisation", organisation)
    return organisation


@transaction.atomic
def create_user(*, actor: Actor, email: str, name: str, employer: Organisation, language: str = "sv") -> User:
    """Add a user, who gets in by a one-time link."""
    actor.require(Permission.MANAGE_USERS)
    user = User(email=User.objects.normalize_email(email), name=name, employer=employer, language=language)
    user.set_unusable_password()
    if User.objects.filter(email__iexact=user.email).exists():
        raise ValidationError({"email": _("Det finns redan en användare med den adressen.")})
    audit.write(actor, "access.create_user", user)
    return user


@transaction.atomic
def change_user(
    *, actor: Actor, user: User, email: str, name: str, employer: Organisation, language: str = "sv"
) -> User:
    """Change a user's facts; a new employer must allow the roles already held."""
    actor.require(Permission.MANAGE_USERS)
    user.email, user.name, user.employer, user.language = email, name, employer, language
    for grant in user.grants.order_by("pk"):
        _check_grant(user, Role(grant.role), grant.organisation, held=())
    audit.write(actor, "access.change_user", user)
    return user


@transaction.atomic
def set_active(*, actor: Actor, user: User, is_active: bool) -> User:
    """Let a user sign in, or no longer."""
    actor.require(Permission.MANAGE_USERS)
    user.is_active = is_active
    audit.write(actor, "access.set_active", user)
    return user


@transaction.atomic
def set_language(*, actor: Actor, language: str) -> User:
    """Choose the language of one's own pages."""
    user = _oneself(actor)
    user.language = language
    audit.write(actor, "access.set_language", user)
    return user


@transaction.atomic
def grant(*, actor: Actor, user: User, role: str, organisation: Organisation | None = None) -> Grant:
    """Give a user a role; refused when the roles or the employer may not go together."""
    actor.require(Permission.MANAGE_USERS)
    held = [Role(one.role) for one in user.grants.order_by("pk")]
    _check_grant(user, Role(role), organisation, held=held)
    row = Grant(user=user, role=role, organisation=organisation)
    audit.write(actor, "access.grant", row)
    return row


@transaction.atomic
def revoke(*, actor: Actor, grant: Grant) -> None:
    """Take a role away."""
    actor.require(Permission.MANAGE_USERS)
    audit.remove(actor, "access.revoke", grant)


@transaction.atomic
def invite(*, actor: Actor, user: User) -> str:
    """Make a one-time link's secret for a user; it is shown once and kept only as a digest."""
    actor.require(Permission.MANAGE_USERS)
    for older in user.invitations.filter(used_at=None).order_by("pk"):
        audit.remove(actor, "access.invite", older)
    secret = secrets.token_urlsafe(32)
    row = Invitation(user=user, digest=queries.digest(secret), expires_at=actor.at + rules.LINK_LIFETIME)
    audit.write(actor, "access.invite", row)
    return secret


@transaction.atomic
def accept(*, actor: Actor, secret: str, password: str) -> User:
    """Choose a password by a one-time link; the link is the permission and works once."""
    invitation = queries.invitation(secret=secret, at=actor.at)
    user = invitation.user
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise ValidationError({"password": fault.messages}) from fault
    user.set_password(password)
    invitation.used_at = actor.at
    audit.write(actor, "access.accept", user)
    audit.write(actor, "access.accept", invitation)
    return user


def _oneself(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id or 0)


def _check_grant(user: User, role: Role, organisation: Organisation | None, *, held: list[Role] | tuple[()]) -> None:
    rules.may_hold(
        role,
        held=held,
        works_for_association=user.employer.kind == Organisation.Kind.ASSOCIATION,
        names_association=organisation is not None,
    )
    if organisation is not None and organisation.kind != Organisation.Kind.ASSOCIATION:
        raise ValidationError({"organisation": _("Välj ett samordningsförbund.")})


class _Own:
    """An association's own organisation row, seen as a record of that association."""

    def __init__(self, organisation: Organisation) -> None:
        self._pk = organisation.pk

    def scope(self, day: date) -> Scope:
        """The association itself, whatever the day."""
        return Scope(association=self._pk)
