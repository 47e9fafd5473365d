"""Changes the keys that names and numbers are sealed and indexed with, beside whoever works, in short steps.

The new key is put in the file in a transaction that nobody else who seals is beside; from then on it is the one that
everybody uses. What is under older keys is moved a little at a time. Whatever ends the work, another run goes on where
it stopped, since every row says by itself which key it is under.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import ngettext

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.remains import remains
from finsam.access.roles import Permission
from finsam.participants import key_lock, resealing
from finsam.participants.models import Person, Pseudonym

BATCH = 100  # rows whose numbers are moved in one transaction: others who write wait no longer than that takes


@dataclass(frozen=True)
class Rotated:
    """How a run went: whether it had new keys made or went on with an earlier change, and how many rows it moved."""

    is_new: bool
    rows: int


def rotate(
    *, actor: Actor, add: Callable[[], None], tell: Callable[[int, int], None], rest: Callable[[], None]
) -> Rotated:
    """Have new keys made, or go on with a change that was interrupted, until nothing is under an older key.

    `add` puts the keys in their file, `tell` is told how many rows of how many are done, and `rest` lets others write.
    """
    actor.require(Permission.OPERATE)
    is_new = not resealing.waiting()
    with transaction.atomic():
        key_lock.alone()
        audit.record(actor, "participants.begin_rotation", Person())
        if is_new:
            add()
    done, total = 0, resealing.waiting()
    while resealing.waiting():
        for moved in _steps(actor):
            done += moved
            tell(done, total)
            rest()
    with transaction.atomic():
        audit.record(actor, "participants.end_rotation", Person(), rows=done)
        remains.leave_none()
    return Rotated(is_new, done)


@transaction.atomic
def retire(*, actor: Actor, drop: Callable[[], None]) -> None:
    """Have the older keys taken out of their file, when nothing here needs them any more."""
    actor.require(Permission.OPERATE)
    key_lock.alone()
    if count := resealing.waiting():
        raise ValidationError(
            ngettext(
                "%(count)s rad är fortfarande låst med en äldre nyckel. Kör först: finsam keys rotate",
                "%(count)s rader är fortfarande låsta med en äldre nyckel. Kör först: finsam keys rotate",
                count,
            )
            % {"count": count}
        )
    audit.record(actor, "participants.retire_keys", Person())
    drop()


def _steps(actor: Actor) -> Iterator[int]:
    """Move what is under older keys in every table once, the newest rows first; gives how many rows at each step."""
    for place in resealing.PLACES:
        last = None
        while keys := _next(place, last):
            yield _step(actor, place, keys)
            last = keys[-1]


def _next(place: resealing.Place, before: int | None) -> list[int]:
    rows = resealing.older(place)
    rows = rows if before is None else rows.filter(pk__lt=before)
    return list(rows.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _step(actor: Actor, place: resealing.Place, keys: list[int]) -> int:
    key_lock.alone()
    rows = resealing.older(place).filter(pk__in=keys)
    if place is resealing.LINKAGES:
        return resealing.move_linkages(rows)
    moved = resealing.move(set(rows.values_list("blind_index", flat=True)))
    return moved + (_forget(actor, rows) if place is resealing.PSEUDONYMS else 0)


def _forget(actor: Actor, rows: Any) -> int:
    """Let go of indexes by which nobody is known, nor ever was: what they are of can't be told, as after an erasure."""
    left: list[Pseudonym] = list(rows.all())
    for row in left:
        row.blind_index = None
        audit.write(actor, "participants.forget_index", row)
    return len(left)
