"""Seals and indexes under the keys of today what was so under older ones, in place: nothing has happened to anybody.

What is known by one number is moved together, at every controller and as it ever was, in one transaction: so one
number has one index, whenever anybody looks. What was the same bytes is the same bytes afterwards, for a row of history
that differs from the one before it tells that something was changed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import BinaryField, F, Func, Q, QuerySet
from django.utils.translation import gettext as _

from finsam.access import audit
from finsam.participants import ciphers, key_lock
from finsam.participants.models import LinkageKey, Person, Pseudonym


@dataclass(frozen=True)
class Place:
    """A table in which something is sealed or indexed, and its columns that are."""

    model: Any
    sealed: Sequence[str] = ()
    indexed: Sequence[str] = ()


OF_PERSON: Final = (("sealed_name", "sealed_number"), ("blind_index",))
PAST: Final = Place(Person.history.model, *OF_PERSON)
PERSONS: Final = Place(Person, *OF_PERSON)
PSEUDONYMS: Final = Place(Pseudonym, indexed=("blind_index",))
LINKAGES: Final = Place(LinkageKey, sealed=("sealed_key",))
PLACES: Final = (LINKAGES, PAST, PERSONS, PSEUDONYMS)  # in the order in which they are worked through


def older(place: Place) -> QuerySet[Any]:
    """The rows of a table in which anything is under another key than the current one, the newest first."""
    head, prefix = (
        ciphers.head(settings.KEYRING.encryption.current),
        ciphers.prefix(settings.KEYRING.blind_index.current),
    )
    rows, wanted = place.model.objects.order_by("-pk"), Q()
    for name in place.sealed:
        first = Func(F(name), 1, len(head), function="substr", output_field=BinaryField())
        rows = rows.annotate(**{f"{name}_head": first})
        wanted |= Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}_head": head})
    for name in place.indexed:
        fresh = Q(**{f"{name}__startswith": prefix}) if prefix else ~Q(**{f"{name}__contains": ":"})
        wanted |= Q(**{f"{name}__isnull": False}) & ~fresh
    found: QuerySet[Any] = rows.filter(wanted)
    return found


def waiting() -> int:
    """How many rows something is under an older key in."""
    return sum(older(place).count() for place in PLACES)


def settle(number: str) -> None:
    """Bring all that is known by a number under the keys of today, before it is looked for: it has one index then."""
    key_lock.share()
    if indexes := ciphers.older_indexes(number):
        move(indexes)


def move(indexes: Collection[str]) -> int:
    """Seal and index anew all that is known by some numbers, each by the index it has; gives how many rows."""
    pseudonyms = Pseudonym.objects.select_for_update().filter(blind_index__in=indexes).order_by("pk")
    names = list(pseudonyms.values_list("pk", "blind_index"))  # held before persons, as by whoever registers somebody
    persons = _held(Person.objects.select_for_update(), "pk", indexes)
    anew = _Anew()
    past = [anew.row(*row) for row in _held(Person.history, "history_id", indexes)]
    now = [anew.row(*row) for row in persons]
    led = [(pk, anew.indexes[index]) for pk, index in names if index in anew.indexes]
    fields = ("blind_index", *PERSONS.sealed)
    audit.reword(PAST.model, fields, past)
    audit.reword(Person, fields, now)
    audit.reword(Pseudonym, ("blind_index",), led)
    return len(past) + len(now) + len(led)


def move_linkages(keys: Iterable[LinkageKey]) -> int:
    """Seal anew the keys of linkages; gives how many."""
    opened = [(key.pk, key.open().hex(), ciphers.linkage_context(key.fingerprint)) for key in keys]
    rows = [(pk, ciphers.seal(text, context)) for pk, text, context in opened]
    audit.reword(LinkageKey, ("sealed_key",), rows)
    return len(rows)


class _Anew:
    """What some numbers become: their indexes, and what is sealed of them, the same bytes for what was the same."""

    def __init__(self) -> None:
        self.indexes: dict[str, str] = {}
        self._sealed: dict[bytes, bytes] = {}

    def row(self, pk: int, controller: int, was: str, name: bytes, number: bytes) -> tuple[int, str, bytes, bytes]:
        """A row's new values, after its key."""
        try:
            if was not in self.indexes:
                self.indexes[was] = ciphers.blind_index(
                    ciphers.unseal(number, ciphers.person_context(controller, was, "number"))
                )
            sealed = [self._seal(old, controller, was, what) for old, what in ((name, "name"), (number, "number"))]
        except InvalidTag:
            words = _("En rad om person %(key)s är skadad och går inte att öppna. Läs tillbaka en kopia av hemmet.")
            raise ValidationError(words % {"key": pk}) from None
        return pk, self.indexes[was], sealed[0], sealed[1]

    def _seal(self, sealed: bytes, controller: int, was: str, what: str) -> bytes:
        sealed = bytes(sealed)
        if sealed not in self._sealed:
            text = ciphers.unseal(sealed, ciphers.person_context(controller, was, what))
            self._sealed[sealed] = ciphers.seal(text, ciphers.person_context(controller, self.indexes[was], what))
        return self._sealed[sealed]


def _held(rows: Any, key: str, indexes: Collection[str]) -> list[tuple[int, int, str, bytes, bytes]]:
    found = rows.filter(blind_index__in=indexes).order_by(key)
    return list(found.values_list(key, "controller_id", "blind_index", "sealed_name", "sealed_number"))
