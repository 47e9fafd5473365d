"""What is true of grants and one-time links: which roles go together, whose they may be, and who confirms them."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.access.roles import NOT_FOR_ASSOCIATION_STAFF, TABLE, Role, forbidden_together, roles

LINK_LIFETIME = timedelta(days=7)
TELLING = timedelta(days=30)  # how long back a user is told of links, when there is news of one


def may_hold(role: Role, *, held: Iterable[Role], works_for_association: bool, names_association: bool) -> None:
    """Refuse a grant that would break the separation of duties, with the sentence that says why."""
    existing = roles()
    if role not in existing:
        raise ValidationError({"role": _("Den rollen finns inte i den här installationen. Välj en annan.")})
    refuse_together({role, *held}, field="role")
    if works_for_association and role in NOT_FOR_ASSOCIATION_STAFF:
        raise ValidationError(
            {"role": _("Den som är anställd av ett förbund kan inte vara deltagaransvarig. Välj någon hos en part.")}
        )
    if existing[role].per_association and not names_association:
        raise ValidationError({"organisation": _("Välj vilket förbund rollen gäller.")})
    if not existing[role].per_association and names_association:
        raise ValidationError({"organisation": _("Den här rollen gäller inte ett enskilt förbund. Lämna fältet tomt.")})


def refuse_together(held: Iterable[Role], *, field: str) -> None:
    """Refuse roles, granted or worked in, that one person may not combine."""
    pair = forbidden_together(frozenset(held))
    if pair:
        first, last = sorted(str(TABLE[role].label).lower() for role in pair)
        names = _("%(first)s och %(last)s") % {"first": first, "last": last}
        raise ValidationError(
            {field: _("Samma person kan inte vara %(roles)s. Ta bort den ena först.") % {"roles": names}}
        )


def refuse_oneself(actor_id: int | None, user_id: int, sentence: str) -> None:
    """Refuse what nobody does to themselves, with the sentence that says whom to ask."""
    if actor_id == user_id:
        raise ValidationError(sentence)


def refuse_confirming(actor_id: int | None, involved: Collection[int]) -> None:
    """Refuse a confirmation by somebody who gave the role or made the link: it takes two."""
    if actor_id in involved:
        raise ValidationError(
            _("Du har själv gett rollen eller gjort engångslänken. En annan systemadministratör måste bekräfta.")
        )


def refuse_alone(others: int) -> None:
    """Refuse a link that a second administrator must confirm in a home that has no second."""
    if not others:
        raise ValidationError(alone())


def alone() -> str:
    """What the only administrator of a home has to do first."""
    return _(
        "En andra systemadministratör måste bekräfta, och det finns ingen. Bjud in en andra först: lägg till "
        "användaren, ge rollen systemadministratör och lämna en engångslänk. Driften bekräftar rollen på servern med "
        "finsam user confirm ADRESS. Är det bråttom gör driften en ny länk med finsam user reset ADRESS."
    )
