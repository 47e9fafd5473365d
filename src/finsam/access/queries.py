"""What may be asked about users, organisations and the home itself."""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from finsam.access.actors import Actor
from finsam.access.models import AuditRow, Grant, Installation, Invitation, Organisation, User
from finsam.access.roles import Permission, Role, roles

PARTY_KINDS = (
    Organisation.Kind.SOCIAL_INSURANCE_AGENCY,
    Organisation.Kind.EMPLOYMENT_SERVICE,
    Organisation.Kind.REGION,
    Organisation.Kind.MUNICIPALITY,
)


def actor_for(*, user: User, at: datetime) -> Actor:
    """The signed-in user as an actor at a moment, with the roles granted."""
    grants: dict[Role, set[int]] = defaultdict(set)
    for grant in Grant.objects.filter(user=user).order_by("pk"):
        grants[Role(grant.role)] |= {grant.organisation_id} if grant.organisation_id else set()
    return Actor(
        user_id=user.pk,
        name=user.name,
        at=at,
        grants={role: frozenset(where) for role, where in grants.items()},
        employer_id=user.employer_id,
    )


def system_actor(*, at: datetime) -> Actor:
    """The operator of the server: may run the home, never sees or stores an identity."""
    return Actor(user_id=None, name=_("driften"), at=at, is_system=True)


def installation() -> Installation | None:
    """This home's own row, or None when the home is not prepared."""
    return Installation.objects.first()


def users(*, actor: Actor) -> QuerySet[User]:
    """All users with their employers and grants, by name."""
    actor.require(Permission.SEE_USERS)
    return User.objects.select_related("employer").prefetch_related("grants__organisation").order_by("name", "pk")


def user(*, actor: Actor, pk: int) -> User:
    """One user."""
    return users(actor=actor).get(pk=pk)


def eligible(*, actor: Actor, role: Role) -> QuerySet[User]:
    """Active users who hold a role and so can be given an assignment in it."""
    if not (actor.has(Permission.ASSIGN_LEAD) or actor.has(Permission.ASSIGN_REGISTRAR)):
        actor.require(Permission.SEE_USERS)
    return User.objects.filter(is_active=True, grants__role=role).distinct().order_by("name", "pk")


def organisations(*, actor: Actor) -> QuerySet[Organisation]:
    """Every organisation a user can work for."""
    actor.require(Permission.SEE_USERS)
    return Organisation.objects.order_by("kind", "code", "name", "pk")


def parties(*, actor: Actor, kinds: tuple[str, ...] = PARTY_KINDS) -> QuerySet[Organisation]:
    """The organisations that can be members of an association, or those of some kinds; a public list."""
    del actor  # the list of Sweden's public bodies is open to all who are signed in
    return Organisation.objects.filter(kind__in=kinds).order_by("kind", "name", "pk")


def role_choices() -> list[tuple[str, str]]:
    """The roles of this installation with their labels."""
    return [(role.value, str(row.label)) for role, row in roles().items()]


def invitation(*, secret: str, at: datetime) -> Invitation:
    """The invitation a one-time link leads to; refused when it is used, too old or unknown."""
    found = Invitation.objects.select_related("user").filter(digest=digest(secret), used_at=None).first()
    if found is None or found.expires_at <= at:
        raise ValidationError(_("Länken är redan använd eller för gammal. Be systemadministratören om en ny."))
    return found


def digest(secret: str) -> str:
    """The digest a link's secret is kept as."""
    return hashlib.sha256(secret.encode()).hexdigest()


def trail(*, actor: Actor, model: str, record_id: int) -> QuerySet[AuditRow]:
    """What was done to a record, newest first."""
    actor.require(Permission.SEE_USERS)
    return AuditRow.objects.filter(Q(model=model), Q(record_id=record_id)).order_by("-at", "-pk")


def names(*, actor: Actor, users: Collection[int | None]) -> dict[int, str]:
    """The names of users who did something, for pages that say who."""
    del actor  # what somebody has answered for by name is open to all who are signed in
    return dict(User.objects.filter(pk__in=[pk for pk in users if pk]).order_by("pk").values_list("pk", "name"))


def holders(*, actor: Actor, permission: Permission) -> list[User]:
    """Who may sign in and holds a permission in some role, by name."""
    actor.require_some(permission)
    able = [role.value for role, row in roles().items() if permission in row.may]
    return list(User.objects.filter(is_active=True, grants__role__in=able).distinct().order_by("name", "pk"))


def acting(*, actor: Actor, email: str) -> Actor:
    """The user in whose name the operator of the server acts on the command line."""
    actor.require(Permission.OPERATE)
    user = User.objects.filter(email__iexact=email, is_active=True).order_by("pk").first()
    if user is None:
        raise ValidationError(
            _("Ingen användare har e-postadressen %(email)s. Kontrollera den."), params={"email": email}
        )
    return actor_for(user=user, at=actor.at)
