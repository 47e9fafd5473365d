"""Which pseudonym a number leads to, and what becomes of pseudonyms when one human turns out to have two numbers.

A person's row says whose pseudonym it has, and its history which it had on any earlier day: so a snapshot of a day
before two were joined is what it was. `same_as` says only where a number leads from now on.

Nothing here tells a controller what another knows: no number and no name is written in anyone else's records.
"""

import secrets

from django.db.models import QuerySet

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.participants.models import Person, Pseudonym

# Actions of their own in the trail, which only the system administrator reads.
JOIN, PART = "participants.join_pseudonyms", "participants.part_pseudonyms"


def alone() -> None:
    """Let one writer at a time change which pseudonyms count; it is seldom done."""
    Pseudonym.objects.select_for_update().order_by("pk").first()


def named(actor: Actor, action: str, index: str) -> Pseudonym:
    """The pseudonym of whoever has a number; made when nobody has been registered with it."""
    row = _row(index)
    return _make(actor, action, index) if row is None else _counting(row)


def follow(actor: Actor, action: str, person: Person, index: str, *, was_wrong: bool) -> Pseudonym:
    """The pseudonym of a person whose number becomes another.

    A new number: all numbers so far stay this human's, at whichever controller they are written. A number that was
    wrong is nobody's, or somebody else's, from now on.
    """
    if not was_wrong:
        return _add(actor, action, person, index)
    if not _others(person).exists():
        return _replace(actor, action, person, index)
    row = _row(index)
    if row is not None and _counting(row) == person.pseudonym and person.history.filter(blind_index=index).exists():
        return _part(actor, person, row)  # back to the number before: the two were not one after all
    return named(actor, action, index)


def rename(actor: Actor, action: str, row: Pseudonym) -> None:
    """Give a pseudonym that is in no record another value, so that snapshots with the old one know nobody by it."""
    row.value = secrets.token_hex(16)
    audit.write(actor, action, row)


def _add(actor: Actor, action: str, person: Person, index: str) -> Pseudonym:
    row = _row(index)
    if row is not None:
        return _join(actor, person, person.pseudonym, _counting(row))
    _make(actor, action, index, same_as=person.pseudonym)
    return person.pseudonym


def _replace(actor: Actor, action: str, person: Person, index: str) -> Pseudonym:
    """Nobody else has the pseudonym, so it stays this human's; the wrong number no longer leads to it."""
    wrong, row = _row(person.blind_index), _row(index)
    if wrong is not None:
        wrong.blind_index = index if row is None else None
        audit.write(actor, action, wrong)
    return person.pseudonym if row is None else _join(actor, person, person.pseudonym, _counting(row))


def _join(actor: Actor, person: Person, one: Pseudonym, other: Pseudonym) -> Pseudonym:
    """Let the older of two pseudonyms count for both; the person at hand is saved by whoever asked."""
    if one == other:
        return one
    older, younger = sorted((one, other), key=lambda pseudonym: pseudonym.pk)
    for row in (younger, *younger.joined.order_by("pk")):
        row.same_as = older
        audit.write(actor, JOIN, row)
    _move(actor, JOIN, younger, older, but=person)
    return older


def _part(actor: Actor, person: Person, back_to: Pseudonym) -> Pseudonym:
    """Undo a join: of the wrong number and the one before it, the one that gave up its pseudonym has it again."""
    own = person.pseudonym
    leaving = back_to if back_to != own else _row(person.blind_index)
    if leaving is not None:
        leaving.same_as = None
        audit.write(actor, PART, leaving)
        _move(actor, PART, own, leaving, but=person, index=leaving.blind_index)
    return back_to


def _move(actor: Actor, action: str, away: Pseudonym, to: Pseudonym, *, but: Person, index: str | None = None) -> None:
    """Let everyone with a pseudonym (and a number) have another one from now on."""
    with_number = {} if index is None else {"blind_index": index}
    for other in away.persons.filter(**with_number).exclude(pk=but.pk).order_by("pk"):
        other.pseudonym = to
        audit.write(actor, action, other)


def _others(person: Person) -> QuerySet[Person]:
    return Person.objects.filter(pseudonym=person.pseudonym_id).exclude(pk=person.pk)


def _row(index: str) -> Pseudonym | None:
    """The row of a number, held until what is decided by it is saved: so nobody is registered beside a join."""
    return Pseudonym.objects.select_for_update().filter(blind_index=index).order_by("pk").first()


def _counting(row: Pseudonym) -> Pseudonym:
    return row.same_as or row


def _make(actor: Actor, action: str, index: str, same_as: Pseudonym | None = None) -> Pseudonym:
    row = Pseudonym(blind_index=index, value=secrets.token_hex(16), same_as=same_as)
    audit.write(actor, action, row)
    return row
