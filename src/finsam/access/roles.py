"""Who may do what: one table of roles, the permissions they carry and how far each reaches."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise


class Permission(StrEnum):
    """Everything that must be asked for before it is done or shown."""

    SEE_ASSOCIATION = "see_association"
    EDIT_ASSOCIATION = "edit_association"
    SEE_INTERVENTION = "see_intervention"
    CREATE_INTERVENTION = "create_intervention"
    EDIT_INTERVENTION = "edit_intervention"
    ASSIGN_LEAD = "assign_lead"
    ASSIGN_REGISTRAR = "assign_registrar"
    COUNT_HEADS = "count_heads"
    SEE_HEAD_COUNTS = "see_head_counts"
    SEE_PARTICIPATIONS = "see_participations"
    ENROL = "enrol"
    SEE_IDENTITY = "see_identity"
    LINK = "link"
    TAKE_SNAPSHOT = "take_snapshot"
    SEE_SNAPSHOTS = "see_snapshots"
    SEE_REPORTS = "see_reports"
    PRODUCE_REPORT = "produce_report"
    COUNT_FREELY = "count_freely"
    COMPILE_EDITION = "compile_edition"
    REVIEW_EDITION = "review_edition"
    PUBLISH_EDITION = "publish_edition"
    SEE_USERS = "see_users"
    MANAGE_USERS = "manage_users"
    SEE_EVENTS = "see_events"
    SEE_CODES = "see_codes"
    MANAGE_CODES = "manage_codes"
    OPERATE = "operate"


class Role(StrEnum):
    """The roles a user can be granted."""

    ASSOCIATION_ADMIN = "association_admin"
    INTERVENTION_LEAD = "intervention_lead"
    PARTICIPANT_REGISTRAR = "participant_registrar"
    READER = "reader"
    NATIONAL_ANALYST = "national_analyst"
    SYSTEM_ADMIN = "system_admin"


class Reach(StrEnum):
    """How far a permission goes: everywhere, in associations granted, or in interventions assigned."""

    EVERYWHERE = "everywhere"
    ASSOCIATION = "association"
    ASSIGNED = "assigned"


class Menu(StrEnum):
    """Which start page and menu a role gets: of one's interventions, of an association, or of the whole country."""

    WORK = "work"
    LOCAL = "local"
    CENTRAL = "central"


@dataclass(frozen=True)
class RoleRow:
    """One role: its name, its menu, what it may do and how far, and whether the grant names an association."""

    label: StrPromise
    menu: Menu
    may: Mapping[Permission, Reach]
    per_association: bool = False
    room: str = ""  # the role exists only when this room is installed


P, R = Permission, Reach

TABLE: Final[Mapping[Role, RoleRow]] = {
    Role.ASSOCIATION_ADMIN: RoleRow(
        _("Förbundsadministratör"),
        Menu.LOCAL,
        {
            P.SEE_ASSOCIATION: R.ASSOCIATION,
            P.EDIT_ASSOCIATION: R.ASSOCIATION,
            P.SEE_INTERVENTION: R.ASSOCIATION,
            P.CREATE_INTERVENTION: R.ASSOCIATION,
            P.EDIT_INTERVENTION: R.ASSOCIATION,
            P.ASSIGN_LEAD: R.ASSOCIATION,
            P.SEE_HEAD_COUNTS: R.ASSOCIATION,
            P.SEE_CODES: R.EVERYWHERE,
            P.SEE_REPORTS: R.EVERYWHERE,
        },
        per_association=True,
    ),
    Role.INTERVENTION_LEAD: RoleRow(
        _("Insatsansvarig"),
        Menu.WORK,
        {
            P.SEE_ASSOCIATION: R.EVERYWHERE,
            P.SEE_INTERVENTION: R.ASSIGNED,
            P.EDIT_INTERVENTION: R.ASSIGNED,
            P.ASSIGN_REGISTRAR: R.ASSIGNED,
            P.COUNT_HEADS: R.ASSIGNED,
            P.SEE_HEAD_COUNTS: R.ASSIGNED,
            P.SEE_PARTICIPATIONS: R.ASSIGNED,
            P.SEE_CODES: R.EVERYWHERE,
            P.SEE_REPORTS: R.EVERYWHERE,
        },
    ),
    Role.PARTICIPANT_REGISTRAR: RoleRow(
        _("Deltagaransvarig"),
        Menu.WORK,
        {
            P.SEE_INTERVENTION: R.ASSIGNED,
            P.COUNT_HEADS: R.ASSIGNED,
            P.SEE_HEAD_COUNTS: R.ASSIGNED,
            P.SEE_PARTICIPATIONS: R.ASSIGNED,
            P.ENROL: R.ASSIGNED,
            P.SEE_IDENTITY: R.ASSIGNED,
            P.SEE_CODES: R.EVERYWHERE,
            P.SEE_REPORTS: R.EVERYWHERE,
        },
        room="participants",
    ),
    Role.READER: RoleRow(
        _("Läsare (styrelse, medlem)"),
        Menu.LOCAL,
        {
            P.SEE_ASSOCIATION: R.ASSOCIATION,
            P.SEE_INTERVENTION: R.ASSOCIATION,
            P.SEE_REPORTS: R.EVERYWHERE,
        },
        per_association=True,
    ),
    Role.NATIONAL_ANALYST: RoleRow(
        _("Nationell analytiker"),
        Menu.CENTRAL,
        {
            P.SEE_ASSOCIATION: R.EVERYWHERE,
            P.SEE_SNAPSHOTS: R.EVERYWHERE,
            P.TAKE_SNAPSHOT: R.EVERYWHERE,
            P.SEE_REPORTS: R.EVERYWHERE,
            P.PRODUCE_REPORT: R.EVERYWHERE,
            P.COUNT_FREELY: R.EVERYWHERE,  # exact figures, for those who answer for the statistics
            # Two people: whoever compiled an edition does not publish it (editions.rules.refuse_own).
            P.COMPILE_EDITION: R.EVERYWHERE,
            P.REVIEW_EDITION: R.EVERYWHERE,
            P.PUBLISH_EDITION: R.EVERYWHERE,
            P.SEE_CODES: R.EVERYWHERE,
        },
    ),
    Role.SYSTEM_ADMIN: RoleRow(
        _("Systemadministratör"),
        Menu.CENTRAL,
        {
            P.SEE_ASSOCIATION: R.EVERYWHERE,
            P.EDIT_ASSOCIATION: R.EVERYWHERE,
            P.SEE_SNAPSHOTS: R.EVERYWHERE,
            P.SEE_REPORTS: R.EVERYWHERE,
            P.SEE_USERS: R.EVERYWHERE,
            P.MANAGE_USERS: R.EVERYWHERE,
            P.SEE_EVENTS: R.EVERYWHERE,
            P.SEE_CODES: R.EVERYWHERE,
            P.MANAGE_CODES: R.EVERYWHERE,
            # By order of the controllers, on the server: codes and numbers meet inside the room and nobody sees either.
            P.LINK: R.EVERYWHERE,
            P.OPERATE: R.EVERYWHERE,
        },
    ),
}

# A registrar sees identities and an association must not (sus.md section 1 and section 8).
APART: Final = frozenset({frozenset({Role.PARTICIPANT_REGISTRAR, Role.ASSOCIATION_ADMIN})})

# What leads to identities, or to saying who works with them: a role that carries any of it needs two people.
LEADS_ON: Final = frozenset(
    {P.SEE_IDENTITY, P.ENROL, P.ASSIGN_LEAD, P.ASSIGN_REGISTRAR, P.CREATE_INTERVENTION, P.MANAGE_USERS}
)


def forbidden_pairs(table: Mapping[Role, RoleRow]) -> frozenset[frozenset[Role]]:
    """The roles nobody may combine: those set apart, and whoever sees identities with whoever lets people in."""
    seeing = {role for role, row in table.items() if P.SEE_IDENTITY in row.may}
    letting_in = {Role.SYSTEM_ADMIN, *(role for role, row in table.items() if P.MANAGE_USERS in row.may)}
    return APART | {frozenset({one, other}) for one in seeing for other in letting_in if one != other}


FORBIDDEN_PAIRS: Final = forbidden_pairs(TABLE)


def confirmed_roles(table: Mapping[Role, RoleRow]) -> frozenset[Role]:
    """The roles that begin to hold only when somebody else than who gave them has confirmed it."""
    return frozenset(role for role, row in table.items() if LEADS_ON & row.may.keys())


# Of the whole table: a role must not slip in while the room of persons is left out and hold when it comes.
NEED_A_SECOND: Final = confirmed_roles(TABLE)

# Roles that an employee of an association may never hold.
NOT_FOR_ASSOCIATION_STAFF: Final[frozenset[Role]] = frozenset({Role.PARTICIPANT_REGISTRAR})

# Permissions that exist only with the room of persons.
ROOM_OF: Final[Mapping[Permission, str]] = {
    P.SEE_PARTICIPATIONS: "participants",
    P.ENROL: "participants",
    P.SEE_IDENTITY: "participants",
    P.LINK: "participants",
    P.ASSIGN_REGISTRAR: "participants",
}


def _exists(room: str) -> bool:
    return not room or apps.is_installed(f"finsam.{room}")


def permissions() -> frozenset[Permission]:
    """The permissions that exist in this installation."""
    return frozenset(permission for permission in Permission if _exists(ROOM_OF.get(permission, "")))


def exists(role: Role) -> bool:
    """Whether a role exists in this installation."""
    return role in TABLE and _exists(TABLE[role].room)


def reach(role: Role, permission: Permission) -> Reach | None:
    """How far a role carries a permission in this installation; None when it does not at all."""
    return TABLE[role].may.get(permission) if exists(role) and _exists(ROOM_OF.get(permission, "")) else None


def roles() -> Mapping[Role, RoleRow]:
    """The roles that exist in this installation, each with the permissions that exist."""
    existing = permissions()
    return {
        role: replace(row, may={p: reach for p, reach in row.may.items() if p in existing})
        for role, row in TABLE.items()
        if _exists(row.room)
    }


def with_menu(menu: Menu) -> frozenset[Role]:
    """The roles that get a menu."""
    return frozenset(role for role, row in TABLE.items() if row.menu == menu)


def forbidden_together(held: frozenset[Role]) -> frozenset[Role] | None:
    """The first pair of roles among those held that may not be combined, or None."""
    return next((pair for pair in sorted(FORBIDDEN_PAIRS, key=sorted) if pair <= held), None)


def counting(held: frozenset[Role]) -> frozenset[Role]:
    """The roles that count of those held: of a pair from before it was forbidden, not the one that sees identities."""
    apart = frozenset[Role]().union(*(pair for pair in FORBIDDEN_PAIRS if pair <= held))
    return frozenset(role for role in held if role not in apart or P.SEE_IDENTITY not in TABLE[role].may)
