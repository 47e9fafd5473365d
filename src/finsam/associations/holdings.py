"""What rooms above hold of an association or an intervention, counted when its days are narrowed.

A room above says once, when it starts, how what it has outside some days is counted (`hold`). It hands down plain
values; no lower room imports it, and no action can be called past it: see docs/adr/0010.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.access.actors import Actor

What = Literal["association", "intervention"]


@dataclass(frozen=True)
class Days:
    """New days: the first, where it is moved later, or the day after the last, where that is moved earlier."""

    first_day: date | None = None
    ends_before: date | None = None


@dataclass(frozen=True)
class Held:
    """What a room holds outside the days, in words with how many, and what is to be done about it first."""

    words: str
    remedy: str


Count = Callable[..., Sequence[Held]]  # (*, actor, record, days)
COUNTS: Final[dict[What, list[Count]]] = defaultdict(list)


def hold(what: What, count: Count) -> None:
    """Let what a room holds be counted whenever the days of such a record are narrowed."""
    if count not in COUNTS[what]:
        COUNTS[what].append(count)


def outside(what: What, actor: Actor, record: Any, days: Days) -> list[Held]:
    """What all rooms above hold outside the new days; the record is held by the caller until it has written."""
    return [held for count in COUNTS[what] for held in count(actor=actor, record=record, days=days)]


def refuse_held(found: Iterable[Held], field: str) -> None:
    """Refuse new days while anything lies outside them, with how many of each and what to do first."""
    listed = list(found)
    if listed:
        remedies = " ".join(dict.fromkeys(held.remedy for held in listed))
        sentence = _("Utanför de nya dagarna ligger %(what)s. %(remedies)s") % {
            "what": ", ".join(held.words for held in listed),
            "remedies": remedies,
        }
        raise ValidationError({field: ValidationError(sentence, code="outside")})
