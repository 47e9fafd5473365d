"""What is true of grants: which roles may be held together and by whom."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.access.roles import NOT_FOR_ASSOCIATION_STAFF, Role, forbidden_together, roles

LINK_LIFETIME = timedelta(days=7)


def may_hold(role: Role, *, held: Iterable[Role], works_for_association: bool, names_association: bool) -> None:
    """Refuse a grant that would break the separation of duties, with the sentence that says why."""
    existing = roles()
    if role not in existing:
        raise ValidationError({"role": _("Den rollen finns inte i den här installationen. Välj en annan.")})
    pair = forbidden_together(frozenset({role, *held}))
    if pair:
        first, last = sorted(str(existing[one].label).lower() for one in pair)
        names = _("%(first)s och %(last)s") % {"first": first, "last": last}
        raise ValidationError(
            {"role": _("Samma person kan inte vara %(roles)s. Ta bort den ena först.") % {"roles": names}}
        )
    if works_for_association and role in NOT_FOR_ASSOCIATION_STAFF:
        raise ValidationError(
            {"role": _("Den som är anställd av ett förbund kan inte vara deltagaransvarig. Välj någon hos en part.")}
        )
    if existing[role].per_association and not names_association:
        raise ValidationError({"organisation": _("Välj vilket förbund rollen gäller.")})
    if not existing[role].per_association and names_association:
        raise ValidationError({"organisation": _("Den här rollen gäller inte ett enskilt förbund. Lämna fältet tomt.")})
