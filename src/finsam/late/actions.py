"""Counts late registration; it works for seconds and holds no transaction open meanwhile."""

from django.conf import settings
from django.db import transaction

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.editions import queries as edition_queries
from finsam.late import queries as late_queries
from finsam.late import rules
from finsam.late.models import Triangle


def count_late(*, actor: Actor) -> Triangle:
    """Count the years that are over in every snapshot, protected together and with everything that is out.

    The same snapshots beside the same editions are counted once.
    """
    from finsam.late import counting  # loads the data frames

    actor.require(Permission.PRODUCE_REPORT)
    late, rule = late_queries.late(actor=actor), settings.DISCLOSURE_RULE
    if late.row is not None and late.is_current:
        return late.row
    out = edition_queries.out(actor=actor)
    before = late.row.answer if late.row is not None else None
    told = edition_queries.former_answers(actor=actor)
    answer = counting.counted(late.taken, out, rule, before, told)
    key = rules.key(late.taken, late.published, rule)
    found = Triangle(
        key=key,
        answer=answer,
        counted_by=actor.user_id,
        counted_at=actor.at,
    )
    with transaction.atomic():
        audit.write(actor, "reporting.count_late", found)
    return found
