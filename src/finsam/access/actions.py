"""What may be done to users, grants and the home."""

import secrets
from collections.abc import Collection
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from finsam.access import audit, queries, rules, versions
from finsam.access.actors import Actor, Scope
from finsam.access.models import Grant, Installation, Invitation, Organisation, User
from finsam.access.roles import NEED_A_SECOND, Permission, Role


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
    *,
    actor: Actor,
    user: User,
    email: str,
    name: str,
    employer: Organisation,
    language: str = "sv",
    working_as: Collection[Role] = (),
    seen: str | None = None,
) -> User:
    """Change a user's facts; a new employer, never one's own, must allow the roles already held or worked in."""
    actor.require(Permission.MANAGE_USERS)
    versions.require(user, seen)
    moved = user.employer_id != employer.pk
    if moved and actor.user_id == user.pk:
        raise ValidationError(
            {"employer": _("Du kan inte byta din egen arbetsgivare. Be en annan systemadministratör.")}
        )
    user.email, user.name, user.employer, user.language = email, name, employer, language
    if moved:
        _check_employer(user, working_as)
    audit.write(actor, "access.change_user", user)
    return user


@transaction.atomic
def set_active(*, actor: Actor, user: User, is_active: bool, seen: str | None = None) -> User:
    """Let a user, not oneself, sign in, or no longer: sessions and links that are out are then over for good."""
    actor.require(Permission.MANAGE_USERS)
    own = _("Du kan inte stänga av eller öppna din egen inloggning. Be en annan systemadministratör.")
    rules.refuse_oneself(actor.user_id, user.pk, own)
    versions.require(user, seen)
    _hold(user)
    if user.is_active and not is_active:
        user.sessions_ended += 1  # else an old cookie would be good again when the user is let in again
        for link in user.invitations.filter(used_at=None).order_by("pk"):
            audit.remove(actor, "access.withdraw_link", link)
    user.is_active = is_active
    audit.write(actor, "access.set_active", user)
    return user


@transaction.atomic
def set_language(*, actor: Actor, language: str) -> User:
    """Choose the language of one's own pages."""
    user = _oneself(actor)
    _hold(user)
    user.language = language
    audit.write(actor, "access.set_language", user)
    return user


@transaction.atomic
def grant(
    *,
    actor: Actor,
    user: User,
    role: str,
    organisation: Organisation | None = None,
    working_as: Collection[Role] = (),
) -> Grant:
    """Give another user a role; one that leads to identities waits for a second, unless the operator gives it.

    Refused when the role, those held, those worked in (`working_as`) and the employer may not go together.
    """
    actor.require(Permission.MANAGE_USERS)
    own = _("Du kan inte ge dig själv en roll. Be en annan systemadministratör.")
    rules.refuse_oneself(actor.user_id, user.pk, own)
    _check_grant(user, Role(role), organisation, held={*_roles(user), *working_as})
    row = Grant(user=user, role=role, organisation=organisation, granted_by=actor.user_id)
    if actor.is_system or Role(role) not in NEED_A_SECOND:
        row.holds_from = actor.at
    audit.write(actor, "access.grant", row)
    return row


@transaction.atomic
def confirm_grant(*, actor: Actor, grant: Grant, working_as: Collection[Role] = (), seen: str | None = None) -> Grant:
    """Let a role hold that somebody else has given; the link its new user is to come in by is confirmed with it."""
    actor.require(Permission.MANAGE_USERS)
    versions.require(grant, seen)
    user = grant.user
    if grant.holds_from is not None:
        raise ValidationError(_("Rollen gäller redan."))
    own = _("Du kan inte bekräfta din egen roll. Be en annan systemadministratör.")
    rules.refuse_oneself(actor.user_id, user.pk, own)
    rules.refuse_confirming(actor.user_id, queries.involved(actor=actor, grant=grant))
    _check_grant(user, Role(grant.role), grant.organisation, held={*_roles(user), *working_as})
    for link in user.invitations.filter(used_at=None, resets=False, confirmed_at=None).order_by("pk"):
        link.confirmed_by, link.confirmed_at = actor.user_id, actor.at
        audit.write(actor, "access.confirm_link", link)
    grant.confirmed_by, grant.holds_from = actor.user_id, actor.at
    audit.write(actor, "access.confirm_grant", grant)
    return grant


@transaction.atomic
def revoke(*, actor: Actor, grant: Grant, seen: str | None = None) -> None:
    """Take a role away from another."""
    actor.require(Permission.MANAGE_USERS)
    versions.require(grant, seen)
    own = _("Du kan inte ta bort din egen roll. Be en annan systemadministratör.")
    rules.refuse_oneself(actor.user_id, grant.user_id, own)
    audit.remove(actor, "access.revoke", grant)


@transaction.atomic
def invite(*, actor: Actor, user: User) -> str:
    """Make a one-time link's secret for another user; it is shown once and kept only as a digest.

    For somebody who has signed in before, or whose roles lead to identities, the link works when a second has
    confirmed it. The operator's works at once.
    """
    actor.require(Permission.MANAGE_USERS)
    own = _("Du kan inte göra en engångslänk åt dig själv. Be en annan systemadministratör.")
    rules.refuse_oneself(actor.user_id, user.pk, own)
    if not user.is_active:
        raise ValidationError(_("Användaren får inte logga in. Öppna inloggningen först."))
    if user.is_guarded() and not actor.is_system:
        rules.refuse_alone(len(queries.seconds(actor=actor, user=user)))
    for older in user.invitations.filter(used_at=None).order_by("pk"):
        audit.remove(actor, "access.invite", older)
    secret = secrets.token_urlsafe(32)
    row = Invitation(
        user=user,
        digest=queries.digest(secret),
        expires_at=actor.at + rules.LINK_LIFETIME,
        resets=user.has_usable_password(),
        made_by=actor.user_id,
        made_at=actor.at,
        confirmed_at=actor.at if actor.is_system else None,
    )
    audit.write(actor, "access.invite", row)
    if row.resets and actor.is_system:
        _end_sessions(actor, user)
    return secret


@transaction.atomic
def confirm_link(*, actor: Actor, link: Invitation) -> Invitation:
    """Let a link work that somebody else has made; a reset ends the user's sessions, and the user is told."""
    actor.require(Permission.MANAGE_USERS)
    if not link.waits() or link.expires_at <= actor.at:
        raise ValidationError(_("Länken väntar inte på att bekräftas. Den är använd, bekräftad eller för gammal."))
    own = _("Du kan inte bekräfta en engångslänk till dig själv. Be en annan systemadministratör.")
    rules.refuse_oneself(actor.user_id, link.user_id, own)
    rules.refuse_confirming(actor.user_id, () if link.made_by is None else (link.made_by,))
    link.confirmed_by, link.confirmed_at, link.told_at = actor.user_id, actor.at, None
    audit.write(actor, "access.confirm_link", link)
    if link.resets:
        _end_sessions(actor, link.user)
    return link


@transaction.atomic
def withdraw_link(*, actor: Actor, link: Invitation) -> None:
    """Take back a link that nobody has used."""
    actor.require(Permission.MANAGE_USERS)
    if link.used_at is not None:
        raise ValidationError(_("Länken är redan använd."))
    audit.remove(actor, "access.withdraw_link", link)


@transaction.atomic
def tell_links(*, actor: Actor) -> list[Invitation]:
    """What to tell somebody who signs in: the links that could change the password, when there is news of any."""
    resets = Invitation.objects.filter(user=_oneself(actor), resets=True).order_by("made_at", "pk")
    news = [link for link in resets if link.told_at is None]
    for link in news:
        link.told_at = actor.at
        audit.write(actor, "access.tell_links", link)
    return [link for link in resets if link.made_at > actor.at - rules.TELLING] if news else []


@transaction.atomic
def accept(*, actor: Actor, secret: str, password: str) -> User:
    """Choose a password by a one-time link; the link is the permission and works once."""
    _hold(queries.invitation(secret=secret, at=actor.at).user)
    invitation = queries.invitation(secret=secret, at=actor.at)  # as it is when nobody else is at the user
    user = invitation.user
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise ValidationError({"password": fault.messages}) from fault
    user.set_password(password)
    invitation.used_at, invitation.told_at = actor.at, None
    audit.write(actor, "access.accept", user)
    audit.write(actor, "access.accept", invitation)
    return user


def _oneself(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id or 0)


def _roles(user: User) -> set[Role]:
    """The roles of a user, those that wait to be confirmed too."""
    return {Role(row.role) for row in user.grants.order_by("pk")}


def _hold(user: User) -> None:
    """Keep a user until the transaction ends, as they are now: saved whole, they would bring back what has ended."""
    user.refresh_from_db(from_queryset=User.objects.select_for_update())


def _end_sessions(actor: Actor, user: User) -> None:
    _hold(user)
    user.sessions_ended += 1
    audit.write(actor, "access.end_sessions", user)


def _check_employer(user: User, working_as: Collection[Role]) -> None:
    for row in user.grants.order_by("pk"):
        _check_grant(user, Role(row.role), row.organisation, held={*_roles(user), *working_as})


def _check_grant(user: User, role: Role, organisation: Organisation | None, *, held: Collection[Role]) -> None:
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
