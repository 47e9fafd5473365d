"""Nobody comes to an identity by themselves: every order of steps one person can take, with the rules and without."""

from collections.abc import Callable

import pytest

from finsam.access import actions, queries, roles, rules
from finsam.access.models import Grant, User
from finsam.access.roles import Role
from finsam.interventions import actions as interventions
from tests import factories
from tests.access import alone
from tests.access.alone import World

pytestmark = [pytest.mark.django_db, pytest.mark.participants, pytest.mark.once]


def world(*mine: Role, others: tuple[str, ...] = (), inventions: int = 0, takes: bool = False) -> World:
    """A person with roles that hold, and around them those who do nothing, by what they are called in `OTHERS`."""
    place = factories.intervention()
    me = alone.signed_in(factories.user(None, *mine, where=place.association), alone.OURS)
    made = World(me, place, {}, inventions, takes)
    for name in others:
        made.others[name] = OTHERS[name](made)
    return made


def work(world: World, user: User, role: Role) -> User:
    interventions.assign(actor=factories.operator(), intervention=world.intervention, user=user, role=role)
    return user


def colleague(world: World) -> User:
    """Another system administrator, who has signed in."""
    return alone.signed_in(factories.user(None, Role.SYSTEM_ADMIN))


def registrar(world: World) -> User:
    """A registrar at work."""
    return work(world, alone.signed_in(factories.user(None, Role.PARTICIPANT_REGISTRAR)), Role.PARTICIPANT_REGISTRAR)


def unseen(world: World) -> User:
    """A registrar with work who has never signed in."""
    return work(world, factories.user(None, Role.PARTICIPANT_REGISTRAR), Role.PARTICIPANT_REGISTRAR)


def idle(world: World) -> User:
    """A registrar without work."""
    return alone.signed_in(factories.user(None, Role.PARTICIPANT_REGISTRAR))


def lead(world: World) -> User:
    """A lead at work."""
    return work(world, alone.signed_in(factories.user(None, Role.INTERVENTION_LEAD)), Role.INTERVENTION_LEAD)


def newcomer(world: World) -> User:
    """A new system administrator whom the colleague has invited: the link is out, the role waits."""
    by = factories.actor(world.others["colleague"])
    user = factories.user()
    actions.grant(actor=by, user=user, role=Role.SYSTEM_ADMIN)
    actions.invite(actor=by, user=user)
    return user


OTHERS: dict[str, Callable[[World], User]] = {
    made.__name__: made for made in (colleague, registrar, unseen, idle, lead, newcomer)
}


def administrator() -> World:
    return world(Role.SYSTEM_ADMIN, others=("colleague", "registrar"), inventions=2)


def administrator_who_takes_from_others() -> World:
    return world(Role.SYSTEM_ADMIN, others=("colleague", "registrar"), takes=True)


def administrator_and_a_newcomer() -> World:
    return world(Role.SYSTEM_ADMIN, others=("colleague", "registrar", "newcomer"))


def administrator_and_somebody_unseen() -> World:
    return world(Role.SYSTEM_ADMIN, others=("colleague", "unseen"), inventions=1)


def only_administrator() -> World:
    return world(Role.SYSTEM_ADMIN, others=("registrar", "lead"), inventions=1)


def administrator_of_everything() -> World:
    made = world(
        Role.SYSTEM_ADMIN, Role.ASSOCIATION_ADMIN, Role.INTERVENTION_LEAD, others=("colleague", "idle"), inventions=1
    )
    work(made, made.me, Role.INTERVENTION_LEAD)
    return made


def lead_with_the_role_of_registrar() -> World:
    made = world(Role.INTERVENTION_LEAD, Role.PARTICIPANT_REGISTRAR, others=("registrar", "idle"))
    work(made, made.me, Role.INTERVENTION_LEAD)
    return made


def association_administrator_who_leads() -> World:
    return world(Role.ASSOCIATION_ADMIN, Role.INTERVENTION_LEAD, others=("registrar", "idle", "lead"))


def pair_from_before() -> World:
    """A registrar at work who was made system administrator before the two were set apart."""
    made = world(Role.PARTICIPANT_REGISTRAR, others=("colleague",), inventions=1)
    work(made, made.me, Role.PARTICIPANT_REGISTRAR)
    Grant.objects.create(user=made.me, role=Role.SYSTEM_ADMIN, holds_from=factories.NOW)
    return made


WORLDS = (
    administrator,
    administrator_who_takes_from_others,
    administrator_and_a_newcomer,
    administrator_and_somebody_unseen,
    only_administrator,
    administrator_of_everything,
    lead_with_the_role_of_registrar,
    association_administrator_who_leads,
    pair_from_before,
)


@pytest.mark.parametrize("build", WORLDS, ids=lambda build: build.__name__)
def test_no_state_that_one_person_reaches_lets_that_person_see_an_identity(build):
    way, states = alone.search(build())
    assert way is None
    assert states > 1


def links_need_nobody(patch):
    patch.setattr(User, "is_guarded", lambda self: False)


def administrators_need_nobody(patch):
    patch.setattr(actions, "NEED_A_SECOND", roles.NEED_A_SECOND - {Role.SYSTEM_ADMIN})


def one_may_do_it_to_oneself(patch):
    patch.setattr(rules, "refuse_oneself", lambda *args: None)


def whoever_made_the_link_confirms_the_role(patch):
    patch.setattr(queries, "inviters", lambda **asked: frozenset())


def roles_that_wait_hold(patch):
    made = queries.actor_for

    def with_all(*, user, at):
        held = {Role(row.role): frozenset({row.organisation_id}) for row in user.grants.order_by("pk")}
        actor = made(user=user, at=at)
        return type(actor)(user.pk, user.name, at, {**held, **actor.grants}, user.employer_id)

    patch.setattr(queries, "actor_for", with_all)


def a_pair_counts(patch):
    patch.setattr(queries, "counting", lambda held: held)


@pytest.mark.parametrize(
    ("fault", "build"),
    [
        (links_need_nobody, administrator),
        (links_need_nobody, administrator_and_somebody_unseen),
        (administrators_need_nobody, only_administrator),
        (one_may_do_it_to_oneself, lead_with_the_role_of_registrar),
        (whoever_made_the_link_confirms_the_role, administrator_and_a_newcomer),
        (roles_that_wait_hold, administrator_and_a_newcomer),
        (a_pair_counts, pair_from_before),
    ],
    ids=lambda given: given.__name__,
)
def test_the_search_finds_the_way_when_a_rule_is_gone(monkeypatch, fault, build):
    made = build()
    fault(monkeypatch)
    way, _states = alone.search(made)
    assert way is not None
