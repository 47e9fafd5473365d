"""What one person can do to users, roles, links and work, tried in every order until nothing new is reached.

A state is what stands in the database about users, roles, links and assignments. Every step is a real action. The
person acts in every account whose password is theirs; everybody else does nothing. A role that waits may as well be
given later, and a link that does not open as well be made later: so giving a role goes on to every confirmation the
person could give, a link to its opening, and what did not come to anything is undone at once. Others are taken from
(roles, sign-in, employer) in worlds of their own: no rule asks about that and about somebody invented.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, permutations
from operator import attrgetter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import transaction

from finsam.access import actions as access
from finsam.access.actors import Actor
from finsam.access.models import Grant, Invitation, Organisation, User
from finsam.access.roles import LEADS_ON, TABLE, Permission, Role
from finsam.interventions import actions as interventions
from finsam.interventions.models import Assignment, Intervention
from tests import factories

MINE = "den ensammas eget lösen"
OURS, THEIRS = "the person's own", "somebody else's"  # stand for the digests, so that states can be told apart
MODELS: Sequence[Any] = (User, Grant, Invitation, Assignment)
WORK = (Role.INTERVENTION_LEAD, Role.PARTICIPANT_REGISTRAR)
LEADING = [role for role, row in TABLE.items() if LEADS_ON & row.may.keys()]
MOST = 3_000
Step = tuple[str, Callable[[], object]]
Rows = dict[Any, list[Any]]


class NothingCameOfItError(Exception):
    """A step that led nowhere and is undone."""


@dataclass
class World:
    """One association with an intervention, the person, those who do nothing, and how many users may be invented."""

    me: User
    intervention: Intervention
    others: dict[str, User] = field(default_factory=dict)
    inventions: int = 0
    takes: bool = False  # whether others are taken from

    @property
    def names(self) -> dict[int, str]:
        """What each user that was there from the start is called."""
        return {self.me.pk: "me"} | {user.pk: name for name, user in self.others.items()}


def signed_in(user: User, password: str = THEIRS) -> User:
    """A user who has chosen a password before."""
    user.password = password
    user.save()
    return user


def search(world: World) -> tuple[list[str] | None, int]:
    """The shortest way by which the person comes to see an identity, or None; and how many states there were."""
    queue: deque[tuple[Rows, list[str]]] = deque([(rows(), [])])
    known = {key(world)}
    if sees(world):
        return [], 1
    while queue:
        before, way = queue.popleft()
        restore(before)
        for name, step in steps(world):
            with transaction.atomic():
                if done(step) and (state := key(world)) not in known:
                    known.add(state)
                    if sees(world):
                        return [*way, name], len(known)
                    queue.append((rows(), [*way, name]))
                transaction.set_rollback(True)
        assert len(known) < MOST, way
    return None, len(known)


def done(step: Callable[[], object]) -> bool:
    """Do a step, whole or not at all; whether anything came of it."""
    try:
        with transaction.atomic():
            step()
    except (ValidationError, PermissionDenied, ObjectDoesNotExist, NothingCameOfItError):
        return False
    return True


def rows() -> Rows:
    """What stands in the database of what a step can change."""
    return {model: list(model.objects.order_by("pk").values()) for model in MODELS}


def restore(state: Rows) -> None:
    """Let the database hold a state again."""
    for model in reversed(MODELS):
        model.objects.order_by("pk")._raw_delete("default")
    for model in MODELS:
        model.objects.bulk_create(model(**row) for row in state[model])


def key(world: World) -> object:
    """A state, told apart from others by what a rule can ask about; invented users are told apart by nothing else."""
    there = list(User.objects.select_related("employer").order_by("pk"))
    grants, links, work = (_of(model) for model in MODELS[1:])
    invented = [user.pk for user in there if user.pk not in world.names]
    found = []
    for order in permutations(invented):
        names = world.names | {pk: f"invented {number}" for number, pk in enumerate(order)}
        found.append(tuple(sorted(_words(names, user, grants, links, work) for user in there)))
    return min(found)


def _of(model: Any) -> dict[int, list[Any]]:
    rows = model.objects.order_by("user_id", "pk")
    return {pk: list(group) for pk, group in groupby(rows, attrgetter("user_id"))}


def _words(names: dict[int, str], user: User, *tables: dict[int, list[Any]]) -> str:
    grants, links, work = (table.get(user.pk, []) for table in tables)
    held = sorted(
        f"{row.role} {row.organisation_id} {bool(row.holds_from)} {names.get(row.granted_by)}" for row in grants
    )
    working = sorted(row.role for row in work if row.ends_before is None)
    out = [names.get(row.made_by) for row in links if row.used_at is None]
    used = [names.get(row.made_by) for row in links if row.used_at is not None][-1:]
    owner = user.password if user.has_usable_password() else "nobody's"
    return f"{names[user.pk]} {user.employer.kind} {user.is_active} {owner} {held} {working} {out} {used}"


def is_mine(user: User) -> bool:
    """Whether the person knows the password."""
    return user.password == OURS


def actors() -> list[Actor]:
    """The accounts in which the person can sign in."""
    mine = User.objects.filter(is_active=True, password=OURS).order_by("pk")
    return [factories.actor(user) for user in mine]


def sees(world: World) -> bool:
    """Whether the person, in any account, sees the identities of an intervention."""
    places = list(Intervention.objects.order_by("pk"))
    return any(actor.may(Permission.SEE_IDENTITY, place) for actor in actors() for place in places)


def steps(world: World) -> Iterator[Step]:
    """All that the person can try in a state, with each account."""
    there = list(User.objects.select_related("employer").order_by("pk"))
    names = world.names | {user.pk: "invented" for user in there if user.pk not in world.names}
    for actor in actors():
        who = names[actor.user_id or 0]
        if len(there) - len(world.names) < world.inventions:
            yield f"{who} invents a user", partial(invent, actor, len(there))
        for user in there:
            for what, step in steps_about(world, actor, user):
                yield f"{who} {what} {names[user.pk]}", step


def steps_about(world: World, actor: Actor, user: User) -> Iterator[Step]:
    """All that an account can try about a user."""
    home = world.intervention.association.organisation
    yield "makes, confirms and opens a link for", partial(let_in, actor, user)
    if world.takes or world.names.get(user.pk) in (None, "me"):
        employer = factories.agency() if user.employer == home else home
        yield f"moves to {employer.kind}", partial(move, actor, user, employer)
    if world.takes or user == world.me:
        yield "closes or opens the sign-in of", partial(close, actor, user)
    held = {row.role: row for row in user.grants.order_by("pk")}
    for role in LEADING:
        if role not in held:
            where = home if TABLE[role].per_association else None
            yield f"gives {role} to", partial(give, actor, user, role, where)
    for row in held.values():
        if row.holds_from is None:
            yield f"confirms {row.role} of", partial(access.confirm_grant, actor=actor, grant=row)
        if world.takes or user == world.me:
            yield f"takes {row.role} from", partial(access.revoke, actor=actor, grant=row)
    yield from steps_of_work(world, actor, user)


def steps_of_work(world: World, actor: Actor, user: User) -> Iterator[Step]:
    """All that an account can try about a user's work in the intervention."""
    place = Intervention.objects.select_related("association").get(pk=world.intervention.pk)
    for work in user.assignments.filter(ends_before=None).select_related("intervention").order_by("pk"):
        yield f"ends {work.role} of", partial(interventions.end_assignment, actor=actor, assignment=work)
    for role in WORK:
        yield f"assigns as {role}", partial(assign, actor, place, user, role)


def invent(actor: Actor, number: int) -> None:
    """Add somebody who does not exist."""
    address = f"hittepa.{number}@example.invalid"
    access.create_user(actor=actor, email=address, name="Hittepå Personsson", employer=factories.agency())


def move(actor: Actor, user: User, employer: Organisation) -> None:
    """Change somebody's employer."""
    changed = User.objects.get(pk=user.pk)
    access.change_user(actor=actor, user=changed, email=changed.email, name=changed.name, employer=employer)


def close(actor: Actor, user: User) -> None:
    """Close or open a sign-in."""
    access.set_active(actor=actor, user=User.objects.get(pk=user.pk), is_active=not user.is_active)


def give(actor: Actor, user: User, role: Role, where: Organisation | None) -> None:
    """Give a role, and confirm it from every account the person has."""
    row = access.grant(actor=actor, user=user, role=role, organisation=where)
    for second in actors():
        if row.holds_from is None:
            done(partial(access.confirm_grant, actor=second, grant=Grant.objects.get(pk=row.pk)))
            row = Grant.objects.get(pk=row.pk)
    if row.holds_from is None:
        raise NothingCameOfItError


def let_in(actor: Actor, user: User) -> None:
    """Make a link, confirm it from every account the person has, and choose the person's own password with it."""
    secret = access.invite(actor=actor, user=User.objects.get(pk=user.pk))
    for second in actors():
        done(partial(access.confirm_link, actor=second, link=user.invitations.get(used_at=None)))
    access.accept(actor=actor, secret=secret, password=MINE)
    signed_in(User.objects.get(pk=user.pk), OURS)


def assign(actor: Actor, place: Intervention, user: User, role: Role) -> None:
    """Give work in the intervention, as it is now."""
    place.__dict__.pop("_scope", None)
    interventions.assign(actor=actor, intervention=place, user=user, role=role)
