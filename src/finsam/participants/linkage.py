"""Linkage with another agency's records without a number leaving either house.

1. `make_key` makes a key of 32 random bytes for one linkage and hands it over in a file. The controllers of the
   persons have decided on the linkage and see to it that the file reaches the other agency, and nobody else.
2. The other agency works out HMAC-SHA-256 of each of its persons' twelve digits under the key, and returns the codes
   with age, days in benefit and diagnosis.
3. `substitute` finds the key the codes were made with, opens the sealed numbers here, works out the same codes and
   puts pseudonyms in their place. The read log has its row first. Neither number nor code goes on from here.
4. `destroy_key` when the rows have been stored. What is left says only that there was a key, and when it was used.

Until then the key lies in the database, sealed as the numbers are. So a copy of the home holds it in no more danger
than they are in: whoever can open it can open them. Without a file beside the home there is none to forget.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.models import ReadRow
from finsam.access.remains import remains
from finsam.access.roles import Permission
from finsam.participants import ciphers, key_lock, queries, returned
from finsam.participants.models import LinkageKey, Person, Pseudonym

SIZE = 32  # bytes of a key
TRIAL = "191212121212"  # a number for tests that nobody has, by which the other agency can try its own arithmetic
BATCH = 2_000


@dataclass(frozen=True)
class Made:
    """A key that waits for its file, and the code of the number for tests under it."""

    key: LinkageKey
    trial: str


@dataclass(frozen=True)
class Row:
    """What leaves the room: a pseudonym, and what the other agency says of that person."""

    pseudonym: str
    age: int
    days_in_benefit: int
    chapter: int
    earlier: tuple[str, ...] = ()  # what older snapshots may call the same human, who turned out to have two numbers


@dataclass(frozen=True)
class Substituted:
    """The rows of a file with pseudonyms in the place of codes, how many codes are nobody's here, and the key.

    A file made with another key, or of other numbers, gives no rows: all of its codes are nobody's.
    """

    key: LinkageKey
    rows: Sequence[Row]
    unknown: int


@transaction.atomic
def make_key(*, actor: Actor, hand_over: Callable[[bytes], None]) -> Made:
    """Make a fresh key for one linkage and hand it over; it is kept only if that succeeds."""
    actor.require(Permission.LINK)
    key_lock.share()
    key = secrets.token_bytes(SIZE)
    row = LinkageKey(fingerprint=hashlib.sha256(key).hexdigest()[:12], made_at=actor.at)
    row.hold(key)
    audit.write(actor, "participants.make_key", row)
    hand_over(key)
    return Made(row, ciphers.linkage_code(key, TRIAL))


def substitute(*, actor: Actor, lines: Iterable[str]) -> Substituted:
    """Put pseudonyms in the place of the codes in a returned file; the key is told by the codes it has made.

    Every number of the home is opened, which takes seconds, so no transaction is held; the row in the read log stays
    whatever comes after it.
    """
    actor.require(Permission.LINK)
    found = returned.read(lines)
    keys = list(queries.waiting_keys(actor=actor))
    if not keys:
        raise ValidationError(_("Ingen nyckel väntar på en fil. Gör en ny och skicka den: finsam link key-file"))
    audit.read(actor, ReadRow.What.LINKED)
    known = _pseudonyms(keys)
    of_key = max(keys, key=lambda key: sum(line.code in known[key.pk] for line in found))
    ours = known[of_key.pk]
    lines_of_ours = [line for line in found if line.code in ours]
    return Substituted(of_key, _rows(lines_of_ours, ours), unknown=len(found) - len(lines_of_ours))


@transaction.atomic
def destroy_key(*, actor: Actor, key: LinkageKey) -> None:
    """Destroy a key, used or no longer wanted: no file that was made with it can be read again."""
    actor.require(Permission.LINK)
    key.used_at, key.sealed_key = actor.at, None
    audit.write(actor, "participants.destroy_key", key)
    remains.leave_none()


def _rows(found: Sequence[returned.Line], ours: Mapping[str, str]) -> list[Row]:
    """A row a human, in the order of the file: of one whom it has under two numbers, the one with most days."""
    most: dict[str, returned.Line] = {}
    for line in found:
        held = most.setdefault(ours[line.code], line)
        if line.days_in_benefit > held.days_in_benefit:
            most[ours[line.code]] = line
    joined = Pseudonym.objects.exclude(same_as=None).order_by("pk").values_list("same_as__value", "value")
    earlier: dict[str, tuple[str, ...]] = {}
    for name, old in joined:
        earlier[name] = (*earlier.get(name, ()), old)
    return [
        Row(name, line.age, line.days_in_benefit, line.chapter, earlier.get(name, ())) for name, line in most.items()
    ]


def _pseudonyms(keys: Sequence[LinkageKey]) -> Mapping[int, Mapping[str, str]]:
    """For each key the pseudonyms by code; every number is opened once."""
    opened = {key.pk: key.open() for key in keys}
    found: dict[int, dict[str, str]] = {pk: {} for pk in opened}
    persons = Person.objects.select_related("pseudonym").order_by("pk")
    for person in persons.iterator(chunk_size=BATCH):
        number = person.open_number()
        for pk, key in opened.items():
            found[pk][ciphers.linkage_code(key, number)] = person.pseudonym.value
    return found
