"""Counts late registration; it works for seconds and holds no transaction open meanwhile."""

from collections.abc import Collection

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.editions import queries as edition_queries
from finsam.editions import rules as edition_rules
from finsam.editions.rules import may_no_longer
from finsam.editions.telling import Tell, silently
from finsam.late import queries as late_queries
from finsam.late import rules
from finsam.late.models import LateCounting, Triangle


def count_late(*, actor: Actor, progress: Tell | None = None) -> Triangle:
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
    answer = counting.counted(late.taken, out, rule, before, told, tell=progress or silently)
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


@transaction.atomic
def order(*, actor: Actor) -> LateCounting:
    """Order a counting of what there is to count now; it waits until somebody carries it out."""
    actor.require(Permission.PRODUCE_REPORT)
    late = late_queries.late(actor=actor)
    rules.refuse_too_few(late.taken)
    key = rules.key(late.taken, late.published, settings.DISCLOSURE_RULE)
    counting = LateCounting(key=key, requested_by=actor.user_id, requested_at=actor.at)
    audit.write(actor, "reporting.request_late", counting)
    return counting


def carry_out(*, actor: Actor, counting: LateCounting) -> LateCounting:
    """Count as was ordered, noting how far it has come; a refusal ends as a sentence."""
    actor.require(Permission.PRODUCE_REPORT)
    _move(counting, LateCounting.State.RUNNING)
    ended, message = LateCounting.State.FAILED, _("Något gick fel. Driften ser i loggen vad.")

    def tell(step: str, percent: int) -> None:
        counting.step, counting.progress = step, percent
        counting.save(update_fields=["step", "progress"])

    try:
        count_late(actor=actor, progress=tell)
        ended, message = LateCounting.State.DONE, ""
    except ValidationError as refusal:
        message = " ".join(refusal.messages)
    finally:
        _move(counting, ended, message)
    return counting


@transaction.atomic
def turn_down(*, actor: Actor, counting: LateCounting) -> None:
    """End what was ordered by somebody who may do it no longer when its turn comes."""
    actor.require(Permission.OPERATE)
    _move(counting, LateCounting.State.FAILED, may_no_longer())


@transaction.atomic
def interrupt(*, actor: Actor, queued: Collection[int] = ()) -> int:
    """End what was under way when the worker was stopped, or waits for a task that is in no queue; gives how many."""
    actor.require(Permission.OPERATE)
    under_way = LateCounting.objects.filter(state__in=LateCounting.UNDER_WAY).order_by("pk")
    stopped = list(under_way.exclude(state=LateCounting.State.WAITING, pk__in=queued))
    for counting in stopped:
        sentence = _("Avbröts när servern stoppades. Inget är ändrat. Beställ det en gång till.")
        _move(counting, LateCounting.State.FAILED, sentence)
    return len(stopped)


def _move(counting: LateCounting, to: str, message: str = "") -> None:
    counting.state = edition_rules.move(counting.state, to)
    counting.progress = 100 if to == LateCounting.State.DONE else counting.progress
    counting.step, counting.message = "", message[:1000]
    counting.save()
