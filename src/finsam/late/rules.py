"""What is true of late registration, told without loading what counts it."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Final, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.disclosure.cells import Rule

FEWEST: Final = 2  # snapshots: of one there is nothing to compare with
YEAR: Final = timedelta(days=365)


class Dated(Protocol):
    """A snapshot, as far as its day goes."""

    as_of: date


class Digested(Protocol):
    """A snapshot or an edition, as far as its content tells it apart from others."""

    digest: str


def key(taken: Iterable[Digested], published: Iterable[Digested], rule: Rule) -> str:
    """Give the same text for the same snapshots and editions in the same order, protected by the same rule."""
    said = f"{rule.threshold} {rule.zeros_published}"
    parts = [said, *(one.digest for one in taken), "beside", *(one.digest for one in published)]
    return sha256(" ".join(parts).encode()).hexdigest()


def refuse_too_few(taken: Sequence[Dated]) -> None:
    """Refuse to count where there is nothing to compare with."""
    if len(taken) < FEWEST:
        raise ValidationError(too_few(taken))


def too_few(taken: Iterable[Dated]) -> str:
    """Name a command that gives one more: of a day that none is of, since the same day gives the same snapshot."""
    first = min((one.as_of for one in taken), default=None)
    day = f" --as-of {first - YEAR}" if first else ""
    return _("Det behövs minst två ögonblicksbilder med deltagare. Ta en till: %(command)s") % {
        "command": f"finsam snapshot take{day}"
    }
