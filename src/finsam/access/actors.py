"""The actor: who acts, for whom, with which roles and when; the only thing permission is asked of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Protocol

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from finsam.access.roles import Permission, Reach, Role, exists, reach, roles

# As what somebody acts who needs no role: from the server's command line, or in what is one's own.
OPERATION, ONESELF = "operation", "oneself"


@dataclass(frozen=True)
class Scope:
    """Where a record belongs on a day: its association (organisation id) and who works in it in which role."""

    association: int | None = None
    assigned: frozenset[tuple[int, str]] = frozenset()
    contact: str = ""  # who can give the right, for the refusal's sentence


class Record(Protocol):
    """A record that knows where it belongs; asked instead of the request."""

    def scope(self, day: date) -> Scope:
        """The association, and the assignments that run on a day, which decide who may touch the record then."""
        ...


@dataclass(frozen=True)
class Actor:
    """Someone who acts at a moment. `grants` maps each role held to the associations (organisation ids) it is for."""

    user_id: int | None
    name: str
    at: datetime
    grants: Mapping[Role, frozenset[int]] = field(default_factory=dict)
    employer_id: int | None = None
    is_system: bool = False  # the command line on the server: everything but identities
    _acted_as: list[Role] = field(default_factory=list, compare=False, repr=False)

    @cached_property
    def today(self) -> date:
        """The day of the moment, in Swedish time."""
        return timezone.localtime(self.at).date()

    @property
    def capacity(self) -> str:
        """As what the actor acts, for the trails: the role that permission was last granted to, the operation, oneself.

        Told when something is written: what a role was then can't be worked out from the grants of another day.
        """
        if self.is_system:
            return OPERATION
        return self._acted_as[0].value if self._acted_as else ONESELF

    def has(self, permission: Permission) -> bool:
        """Whether any role held carries the permission, in whatever reach."""
        return self.is_system_allowed(permission) or any(reach(role, permission) for role in self._held())

    def may(self, permission: Permission, record: Record | None = None) -> bool:
        """Whether the permission is held for this record (or, without one, everywhere)."""
        if self.is_system_allowed(permission):
            return True
        scope = record.scope(self.today) if record is not None else Scope()
        return any(self._reaches(role, permission, scope) for role in self._held())

    def require(self, permission: Permission, record: Record | None = None) -> None:
        """Ask for the permission; refused with a sentence that says who can."""
        if self.is_system_allowed(permission):
            return
        scope = record.scope(self.today) if record is not None else Scope()
        self._act([role for role in self._held() if self._reaches(role, permission, scope)], permission, scope.contact)

    def require_some(self, permission: Permission) -> None:
        """Ask for the permission in whatever reach, before a search that then keeps to what may be seen."""
        if not self.is_system_allowed(permission):
            self._act([role for role in self._held() if reach(role, permission)], permission)

    def associations(self, permission: Permission) -> frozenset[int] | None:
        """The associations in which the permission is held; None when it is held everywhere."""
        if self.is_system_allowed(permission):
            return None
        found: set[int] = set()
        for role in self._held():
            match reach(role, permission):
                case Reach.EVERYWHERE:
                    return None
                case Reach.ASSOCIATION:
                    found |= self.grants[role]
        return frozenset(found)

    def assigned_roles(self, permission: Permission) -> frozenset[Role]:
        """The roles held that carry the permission in interventions assigned."""
        return frozenset(role for role in self._held() if reach(role, permission) is Reach.ASSIGNED)

    def is_system_allowed(self, permission: Permission) -> bool:
        """Whether the operator of the server may do this; never what shows or stores an identity."""
        return self.is_system and permission not in {
            Permission.SEE_IDENTITY,
            Permission.ENROL,
            Permission.SEE_PARTICIPATIONS,
        }

    def _act(self, able: Sequence[Role], permission: Permission, contact: str = "") -> None:
        """Act in a role that can; whoever holds several goes on in the one that was used, as long as it can."""
        if not able:
            raise PermissionDenied(refusal(permission, contact))
        if not set(able) & set(self._acted_as):
            self._acted_as[:] = able[:1]

    def _held(self) -> list[Role]:
        return [role for role in self.grants if exists(role)]

    def _reaches(self, role: Role, permission: Permission, scope: Scope) -> bool:
        match reach(role, permission):
            case Reach.EVERYWHERE:
                return True
            case Reach.ASSOCIATION:
                return scope.association in self.grants[role]
            case Reach.ASSIGNED:
                return (self.user_id or 0, role.value) in scope.assigned
        return False


def refusal(permission: Permission, contact: str = "") -> str:
    """The sentence of a refusal: which roles can, and whom to ask."""
    able = [str(row.label).lower() for row in roles().values() if permission in row.may]
    if not able:
        return _("Det här kan ingen göra i den här installationen.")
    sentence = _("Det här kan bara göras av: %(roles)s.") % {"roles": ", ".join(able)}
    return f"{sentence} {contact}".strip()
