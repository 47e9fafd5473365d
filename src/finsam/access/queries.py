"""What may be asked about users, organisations and the home itself."""

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from finsam.access import trail
from finsam.access.actors import Actor
from finsam.access.models import AuditRow, Grant, Installation, Invitation, Organisation, ReadRow, User
from finsam.access.roles import Permission, Role, counting, roles

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)  # further off, a moment can't be told in every time zone
Rows = TypeVar("Rows", bound=Model)

PARTY_KINDS = (
    Organisation.Kind.SOCIAL_INSURANCE_AGENCY,
    Organisation.Kind.EMPLOYMENT_SERVICE,
    Organisation.Kind.REGION,
    Organisation.Kind.MUNICIPALITY,
)


@dataclass(frozen=True)
class Narrowed:
    """Which events or readings are wanted: by whom (0: the operation), what, of which kind of record, from and to."""

    user: int | None = None
    action: str = ""
    model: str = ""
    first_day: date | None = None
    last_day: date | None = None

    def among(self, rows: QuerySet[Rows]) -> QuerySet[Rows]:
        """Those of some rows that are by the user and within the days."""
        if self.user is not None:
            rows = rows.filter(user_id=self.user or None)
        if self.first_day:
            rows = rows.filter(at__gte=_midnight(self.first_day))
        return rows.filter(at__lt=_midnight(self.last_day, after=1)) if self.last_day else rows


def _midnight(day: date, *, after: int = 0) -> datetime:
    return timezone.make_aware(datetime.combine(min(max(day, EARLIEST), LATEST) + timedelta(days=after), time.min))


def actor_for(*, user: User, at: datetime) -> Actor:
    """The signed-in user as an actor at a moment, with the roles that hold."""
    grants: dict[Role, set[int]] = defaultdict(set)
    for grant in Grant.objects.filter(user=user, holds_from__isnull=False).order_by("pk"):
        grants[Role(grant.role)] |= {grant.organisation_id} if grant.organisation_id else set()
    counted = counting(frozenset(grants))
    return Actor(
        user_id=user.pk,
        name=user.name,
        at=at,
        grants={role: frozenset(where) for role, where in grants.items() if role in counted},
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
    """Active users who hold a role, confirmed where it must be, and so can be given an assignment in it."""
    if not (actor.has(Permission.ASSIGN_LEAD) or actor.has(Permission.ASSIGN_REGISTRAR)):
        actor.require(Permission.SEE_USERS)
    holding = User.objects.filter(is_active=True, grants__role=role, grants__holds_from__isnull=False)
    return holding.distinct().order_by("name", "pk")


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
    """The invitation a one-time link leads to; refused when it is used, too old, unknown or not confirmed yet."""
    found = Invitation.objects.select_related("user").filter(digest=digest(secret), used_at=None).first()
    if found is None or found.expires_at <= at or not found.user.is_active:
        raise ValidationError(_("Länken är redan använd eller för gammal. Be systemadministratören om en ny."))
    if found.waits():
        raise ValidationError(
            _(
                "Länken väntar på att en andra systemadministratör bekräftar den. Försök igen sedan. Har du redan ett "
                "lösenord gäller det så länge."
            )
        )
    return found


def digest(secret: str) -> str:
    """The digest a link's secret is kept as."""
    return hashlib.sha256(secret.encode()).hexdigest()


def history(*, actor: Actor, user: User) -> list[trail.Event]:
    """What was done to a user and the roles held, newest first."""
    actor.require(Permission.SEE_USERS)
    roles_held = trail.Values(Grant, {"user_id": user.pk}, shows=("role", "organisation"))
    return trail.events([trail.Whole(User, user.pk), roles_held], trail.Reader(named=nameable(actor=actor)))


def nameable(*, actor: Actor) -> set[int] | None:
    """Whose names the actor may see in any history: one's own, or everyone's (None) for whoever sees the users."""
    return None if actor.may(Permission.SEE_USERS) else {actor.user_id or 0}


def events(*, actor: Actor, narrowed: Narrowed) -> QuerySet[AuditRow]:
    """Everything that was done in the home, narrowed, newest first; it names no participant."""
    actor.require(Permission.SEE_EVENTS)
    found = narrowed.among(AuditRow.objects.order_by("-at", "-pk"))
    if narrowed.action:
        found = found.filter(action=narrowed.action)
    return found.filter(model=narrowed.model) if narrowed.model else found


def readings(*, actor: Actor, narrowed: Narrowed) -> QuerySet[ReadRow]:
    """Who has opened or searched for a participant and when, narrowed, newest first; never whom."""
    actor.require(Permission.SEE_EVENTS)
    return narrowed.among(ReadRow.objects.order_by("-at", "-pk").defer("record_id"))


def times_today(*, actor: Actor, action: str) -> int:
    """How many times the actor has done something today, by the trail."""
    own = AuditRow.objects.filter(user_id=actor.user_id or 0, action=action)
    return own.filter(at__gte=_midnight(actor.today)).count()


def names(*, actor: Actor, users: Collection[int | None]) -> dict[int, str]:
    """The names of users who did something, for pages that say who."""
    del actor  # what somebody has answered for by name is open to all who are signed in
    return dict(User.objects.filter(pk__in=[pk for pk in users if pk]).order_by("pk").values_list("pk", "name"))


def holders(*, actor: Actor, permission: Permission) -> list[User]:
    """Who may sign in and holds a permission in some role, by name."""
    actor.require_some(permission)
    able = [role.value for role, row in roles().items() if permission in row.may]
    holding = User.objects.filter(is_active=True, grants__role__in=able, grants__holds_from__isnull=False)
    return list(holding.distinct().order_by("name", "pk"))


def seconds(*, actor: Actor, user: User | None = None) -> list[User]:
    """Who could confirm what the actor does about a user: other administrators of users, and not the user."""
    actor.require(Permission.MANAGE_USERS)
    apart = {actor.user_id, user.pk if user else None}
    return [other for other in holders(actor=actor, permission=Permission.MANAGE_USERS) if other.pk not in apart]


def named(*, actor: Actor, email: str) -> User:
    """The user with an address, for the operator of the server; refused with a sentence when there is none."""
    actor.require(Permission.OPERATE)
    found = User.objects.filter(email__iexact=email).order_by("pk").first()
    if found is None:
        raise ValidationError(
            _("Ingen användare har e-postadressen %(email)s. Kontrollera den."), params={"email": email}
        )
    return found


def links(*, actor: Actor, user: User) -> QuerySet[Invitation]:
    """A user's one-time links, the newest first."""
    actor.require(Permission.SEE_USERS)
    return user.invitations.select_related("user").order_by("-made_at", "-pk")


def inviters(*, actor: Actor, user: User) -> frozenset[int]:
    """Who can be behind a user's password: whoever made the link it was chosen by, or one that is still out."""
    actor.require(Permission.SEE_USERS)
    used = user.invitations.exclude(used_at=None).order_by("-used_at", "-pk").values_list("made_by", flat=True)
    out = user.invitations.filter(used_at=None).order_by("pk").values_list("made_by", flat=True)
    return frozenset(maker for maker in (*used[:1], *out) if maker is not None)


def waiting_grants(*, actor: Actor) -> list[Grant]:
    """The roles that wait for a confirmation the actor can give, the oldest first."""
    actor.require(Permission.MANAGE_USERS)
    rows = Grant.objects.filter(holds_from=None).exclude(user=actor.user_id).select_related("user", "organisation")
    return [row for row in rows.order_by("pk") if actor.user_id not in involved(actor=actor, grant=row)]


def involved(*, actor: Actor, grant: Grant) -> frozenset[int]:
    """Who may not confirm a grant: who gave it, and who can be behind the user's password."""
    giver = frozenset({grant.granted_by} if grant.granted_by is not None else ())
    return giver | inviters(actor=actor, user=grant.user)


def waiting_links(*, actor: Actor) -> list[Invitation]:
    """The one-time links that wait for a confirmation the actor can give, the oldest first."""
    actor.require(Permission.MANAGE_USERS)
    rows = Invitation.objects.filter(used_at=None, confirmed_at=None, expires_at__gt=actor.at).select_related("user")
    others = rows.exclude(user=actor.user_id).exclude(made_by=actor.user_id).order_by("pk")
    return [row for row in others if row.waits()]


def opened_links(*, actor: Actor, since: datetime) -> QuerySet[Invitation]:
    """The links the actor has made or confirmed that somebody has opened since a moment, the newest first."""
    actor.require(Permission.MANAGE_USERS)
    mine = Q(made_by=actor.user_id or 0) | Q(confirmed_by=actor.user_id or 0)
    return Invitation.objects.filter(mine, used_at__gt=since).select_related("user").order_by("-used_at", "-pk")


def pending_roles(*, actor: Actor) -> list[str]:
    """The actor's own roles that do not hold yet, in words."""
    rows = Grant.objects.filter(user=actor.user_id or 0, holds_from=None).order_by("pk")
    return list(dict.fromkeys(row.label for row in rows))


def acting(*, actor: Actor, email: str) -> Actor:
    """The user in whose name the operator of the server acts on the command line."""
    actor.require(Permission.OPERATE)
    user = User.objects.filter(email__iexact=email, is_active=True).order_by("pk").first()
    if user is None:
        raise ValidationError(
            _("Ingen användare har e-postadressen %(email)s. Kontrollera den."), params={"email": email}
        )
    return actor_for(user=user, at=actor.at)
