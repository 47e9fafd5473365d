"""Who may do what: one table of roles, the permissions they carry and how far each reaches."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    ASK_TABLES = "ask_tables"
    COMPILE_EDITION = "compile_edition"
    REVIEW_EDITION = "review_edition"
    PUBLISH_EDITION = "publish_edition"
    SEE_USERS = "see_users"
    MANAGE_USERS = "manage_users"
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


@dataclass(frozen=True)
class RoleRow:
    """One role: its name, what it may do and how far, and whether the grant names an association."""

    label: StrPromise
    may: Mapping[Permission, Reach]
    per_association: bool = False
    room: str = ""  # the role exists only when this room is installed


P, R = Permission, Reach

TABLE: Final[Mapping[Role, RoleRow]] = {
    Role.ASSOCIATION_ADMIN: RoleRow(
        _("Förbundsadministratör"),
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
            P.ASK_TABLES: R.ASSOCIATION,
        },
        per_association=True,
    ),
    Role.INTERVENTION_LEAD: RoleRow(
        _("Insatsansvarig"),
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
            P.ASK_TABLES: R.ASSIGNED,  # of the associations of those interventions (reporting.queries.question_places)
        },
    ),
    Role.PARTICIPANT_REGISTRAR: RoleRow(
        _("Deltagaransvarig"),
        {
            P.SEE_INTERVENTION: R.ASSIGNED,
            P.COUNT_HEADS: R.ASSIGNED,
            P.SEE_HEAD_COUNTS: R.ASSIGNED,
            P.SEE_PARTICIPATIONS: R.ASSIGNED,
            P.ENROL: R.ASSIGNED,
            P.SEE_IDENTITY: R.ASSIGNED,
            P.SEE_CODES: R.EVERYWHERE,
            P.SEE_REPORTS: R.EVERYWHERE,
            P.ASK_TABLES: R.ASSIGNED,
        },
        room="participants",
    ),
    Role.READER: RoleRow(
        _("Läsare (styrelse, medlem)"),
        {
            P.SEE_ASSOCIATION: R.ASSOCIATION,
            P.SEE_INTERVENTION: R.ASSOCIATION,
            P.SEE_REPORTS: R.EVERYWHERE,
            P.ASK_TABLES: R.ASSOCIATION,
        },
        per_association=True,
    ),
    Role.NATIONAL_ANALYST: RoleRow(
        _("Nationell analytiker"),
        {
            P.SEE_ASSOCIATION: R.EVERYWHERE,
            P.SEE_SNAPSHOTS: R.EVERYWHERE,
            P.TAKE_SNAPSHOT: R.EVERYWHERE,
            P.SEE_REPORTS: R.EVERYWHERE,
            P.PRODUCE_REPORT: R.EVERYWHERE,
            P.ASK_TABLES: R.EVERYWHERE,
            # Two people: whoever compiled an edition does not publish it (reporting.rules.refuse_own).
            P.COMPILE_EDITION: R.EVERYWHERE,
            P.REVIEW_EDITION: R.EVERYWHERE,
            P.PUBLISH_EDITION: R.EVERYWHERE,
            P.SEE_CODES: R.EVERYWHERE,
        },
    ),
    Role.SYSTEM_ADMIN: RoleRow(
        _("Systemadministratör"),
        {
            P.SEE_ASSOCIATION: R.EVERYWHERE,
            P.EDIT_ASSOCIATION: R.EVERYWHERE,
            P.SEE_SNAPSHOTS: R.EVERYWHERE,
            P.SEE_REPORTS: R.EVERYWHERE,
            P.ASK_TABLES: R.EVERYWHERE,
            P.SEE_USERS: R.EVERYWHERE,
            P.MANAGE_USERS: R.EVERYWHERE,
            P.SEE_CODES: R.EVERYWHERE,
            P.MANAGE_CODES: R.EVERYWHERE,
            # By order of the controllers, on the server: codes and numbers meet inside the room and nobody sees either.
            P.LINK: R.EVERYWHERE,
            P.OPERATE: R.EVERYWHERE,
        },
    ),
}

# A registrar sees identities and an association must not (sus.md section 1 and section 8).
FORBIDDEN_PAIRS: Final[frozenset[frozenset[Role]]] = frozenset(
    {frozenset({Role.PARTICIPANT_REGISTRAR, Role.ASSOCIATION_ADMIN})}
)

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


def roles() -> Mapping[Role, RoleRow]:
    """The roles that exist in this installation, each with the permissions that exist."""
    existing = permissions()
    return {
        role: RoleRow(
            row.label, {p: reach for p, reach in row.may.items() if p in existing}, row.per_association, row.room
        )
        for role, row in TABLE.items()
        if _exists(row.room)
    }


def forbidden_together(held: frozenset[Role]) -> frozenset[Role] | None:
    """The first pair of roles among those held that may not be combined, or None."""
    return next((pair for pair in FORBIDDEN_PAIRS if pair <= held), None)
