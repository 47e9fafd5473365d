"""What may be done with snapshots: take, verify, and store beside them a linkage or denominators.

`take` and `store_linkage` work for seconds and therefore hold no transaction open while they read and write files: on
SQLite nobody else could save meanwhile. What they leave in the database is written in one.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date

from django.db import transaction

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.snapshots import denominators, linkage, rules, storage, writing
from finsam.snapshots.models import Denominator, Linkage, Snapshot

Tell = Callable[[str], None]  # what is being done


def take(*, actor: Actor, as_of: date, progress: Tell | None = None) -> Snapshot:
    """Take a snapshot as of a day; the same content gives the same snapshot, which is then not taken twice."""
    from finsam.snapshots.extract import extract  # loads what reads columns: seconds that no other command has to wait

    actor.require(Permission.TAKE_SNAPSHOT)
    rules.refuse_future(as_of, actor.today)
    with writing.alone():
        read = extract.read(as_of, progress or extract.silently)
        written = writing.write(read, as_of)
    return _register(actor, written, as_of)


def verify(*, actor: Actor, snapshot: Snapshot) -> list[str]:
    """Compare every byte of a snapshot with what was taken; gives what is wrong, as sentences."""
    actor.require(Permission.SEE_SNAPSHOTS)
    return storage.faults(snapshot.identifier, snapshot.digest)


def store_linkage(
    *, actor: Actor, snapshot: Snapshot, rows: Sequence[linkage.Row], unknown: int, source: str = ""
) -> Linkage:
    """Store what another agency says of persons in a snapshot, whom `participants` has given their pseudonyms.

    `unknown` is how many of its rows were about nobody in this home.
    """
    actor.require(Permission.LINK)
    storage.refuse_damaged(snapshot.identifier, snapshot.digest)
    written = linkage.write(snapshot, rows, unknown=unknown, source=source)
    with transaction.atomic():
        found = Linkage.objects.filter(digest=written.digest).order_by("pk").first()
        if found is None:
            found = Linkage(
                snapshot=snapshot, source=source, stored_by=actor.user_id, stored_at=actor.at, **asdict(written)
            )
            audit.write(actor, "reporting.store_linkage", found)
    return found


@transaction.atomic
def import_denominators(*, actor: Actor, content: bytes) -> int:
    """Import every row of a file (columns as COLUMNS), or none; gives how many were new or changed."""
    actor.require(Permission.MANAGE_CODES)
    return sum(_import_line(actor, line) for line in denominators.read(content, actor.today))


@transaction.atomic
def _register(actor: Actor, written: writing.Written, as_of: date) -> Snapshot:
    found = Snapshot.objects.filter(digest=written.digest).order_by("pk").first()
    if found is None:
        found = Snapshot(
            identifier=written.identifier,
            as_of=as_of,
            digest=written.digest,
            taken_by=actor.user_id,
            taken_at=actor.at,
            rows=written.rows,
            erased=written.erased,
        )
        audit.write(actor, "reporting.take", found)
    return found


def _import_line(actor: Actor, line: denominators.Line) -> int:
    row = Denominator.objects.filter(year=line.year, support=line.support).order_by("pk").first() or Denominator()
    if row.pk and (row.recipients, row.source, row.as_of) == (line.recipients, line.source, line.as_of):
        return 0
    row.year, row.support, row.recipients = line.year, line.support, line.recipients
    row.source, row.as_of = line.source, line.as_of
    audit.write(actor, "reporting.import_denominators", row)
    return 1
