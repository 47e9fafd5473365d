"""What is true of editions and report runs: how they move, who publishes, and how much is hidden."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.disclosure.cells import Rule

TRANSITIONS: Mapping[str, frozenset[str]] = {
    "waiting": frozenset({"running", "failed"}),  # fails unbegun when the queue lost it, or its orderer the right
    "running": frozenset({"done", "failed"}),
    "done": frozenset(),
    "failed": frozenset(),
}


EDITION_TRANSITIONS: Mapping[str, frozenset[str]] = {
    "drafted": frozenset({"reviewed"}),
    "reviewed": frozenset({"published"}),
    "published": frozenset({"replaced"}),
    "replaced": frozenset(),
}


def stricter(installation: Rule, threshold: int | None, *, hide_zeros: bool) -> Rule:
    """The rule of one publication: the installation's own, or one that hides more."""
    if threshold is not None and threshold < installation.threshold:
        least = {"least": installation.threshold}
        sentence = _("Här döljs alltid antal under %(least)s. Välj %(least)s eller högre.") % least
        raise ValidationError({"threshold": sentence})
    zeros = installation.zeros_published and not hide_zeros
    return Rule(threshold or installation.threshold, zeros_published=zeros, least_group=installation.least_group)


def move(state: str, to: str) -> str:
    """The state a run moves to; a move that is not in TRANSITIONS is refused."""
    if to not in TRANSITIONS[state]:
        raise ValidationError(_("Körningen är redan avslutad. Beställ rapporten en gång till."))
    return to


def move_edition(state: str, to: str) -> str:
    """The state an edition moves to; a move that is not in EDITION_TRANSITIONS is refused with what it takes."""
    if to not in EDITION_TRANSITIONS[state]:
        refused = {
            "drafted": _("Granska utgåvan först: finsam edition review"),
            "reviewed": _("Utgåvan är redan granskad och väntar på att publiceras."),
            "published": _("Utgåvan är publicerad och ändras aldrig. En rättelse är en ny utgåva."),
            "replaced": _("Utgåvan är ersatt av en annan och ändras aldrig."),
        }
        raise ValidationError(refused[state])
    return to


def refuse_own(compiled_by: int | None, published_by: int | None, others: Sequence[str]) -> None:
    """Refuse that whoever compiled an edition publishes it; says who can."""
    if published_by is not None and compiled_by != published_by:
        return
    if published_by is None:
        reason = _("En utgåva publiceras av en namngiven person: --as ADRESS.")
    else:
        reason = _("Den som har sammanställt en utgåva publicerar den inte.")
    if others:
        able = _("Det kan göras av %(names)s.") % {"names": ", ".join(others)}
    else:
        able = _("Ge någon mer rollen nationell analytiker.")
    raise ValidationError(f"{reason} {able}")


def refuse_moved_on(published_before: Sequence[str], published_now: Sequence[str]) -> None:
    """Refuse an edition that was not protected together with everything that has been published since."""
    if missing := sorted(set(published_now) - set(published_before)):
        raise ValidationError(
            _("Sedan utgåvan sammanställdes har %(ids)s publicerats. Sammanställ den en gång till.")
            % {"ids": ", ".join(missing)}
        )


def may_no_longer() -> str:
    """What is said of an order whose turn comes when whoever made it may not have it done any more."""
    return _("Den som beställde det får inte längre göra det. Någon annan kan beställa det på nytt.")
