"""What may be done with free questions: ask one, and work out what would be hidden if its answer were let out."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.disclosure.cells import Status
from finsam.editions import queries as edition_queries
from finsam.editions import refusals, run_queries
from finsam.editions.rules import may_no_longer
from finsam.reports.commission import Commission
from finsam.snapshots import storage
from finsam.snapshots.models import Snapshot
from finsam.table_builder import free_queries, rules
from finsam.table_builder.models import FreeQuestion
from finsam.values.keys import written
from finsam.values.shares import swedish_number

if TYPE_CHECKING:
    from finsam.reports.special.question import Question


@transaction.atomic
def count_freely(*, actor: Actor, question: "Question", snapshot: Snapshot) -> FreeQuestion:
    """Note that a question is asked; its exact answer is counted when it is shown, and never stored."""
    from finsam.reports.special.counting import Counting
    from finsam.reports.special.words import heading
    from finsam.snapshots import engines

    actor.require(Permission.COUNT_FREELY)
    _asked, together = free_queries.free_sizes(actor=actor, question=question, snapshot=snapshot)
    with engines.tables(storage.folder(snapshot.identifier)) as tables:
        title = heading(question, Counting(question, tables).filter_words())
    refusal = _too_large(together) if together > rules.MOST_EXAMINED else ""
    row = FreeQuestion(user_id=actor.user_id or 0, snapshot=snapshot, question=question.key, title=title[:500])
    row.asked_at, row.refusal = actor.at, refusal
    audit.write(actor, "reporting.count_freely", row)
    return row


def examine(*, actor: Actor, row: FreeQuestion) -> FreeQuestion:
    """Work out what would be hidden if the answer were let out beside everything that is; a refusal is kept with it."""
    actor.require(Permission.COUNT_FREELY)
    if not row.is_waiting:
        return row
    hidden, refusal = None, _("Det gick inte att räkna ut vad som skulle döljas. Driften ser i loggen varför.")
    try:
        hidden, refusal = _hidden(actor, row), ""
    except ValidationError as why:
        refusal = " ".join(why.messages)[:1000]
    finally:
        row.hidden, row.refusal = hidden, refusal
        row.save(update_fields=["hidden", "refusal"])
    return row


@transaction.atomic
def turn_down(*, actor: Actor, row: FreeQuestion) -> None:
    """End what was asked by somebody who may do it no longer when its turn comes."""
    actor.require(Permission.OPERATE)
    row.refusal = may_no_longer()
    row.save(update_fields=["refusal"])


@transaction.atomic
def interrupt(*, actor: Actor) -> int:
    """End what was being worked out when the worker was stopped; gives how many."""
    actor.require(Permission.OPERATE)
    stopped = list(FreeQuestion.objects.filter(hidden__isnull=True, refusal="").order_by("pk"))
    for row in stopped:
        row.refusal = _("Avbröts när servern stoppades. Ställ frågan en gång till.")
        row.save(update_fields=["refusal"])
    return len(stopped)


def _hidden(actor: Actor, row: FreeQuestion) -> list[list[object]]:
    """Protect the table as the edition that is made of it would be; gives the cells that are hidden."""
    from finsam.reports.special import report as special
    from finsam.snapshots import engines

    question = free_queries.free_asked(actor=actor, row=row)
    report = run_queries.report(actor=actor, key=special.KEY).of(row.question)
    inputs = edition_queries.inputs(
        actor=actor,
        report=report,
        year=question.year,
        snapshot=row.snapshot,
        commission=Commission(row.question),
    )
    with engines.tables(storage.folder(row.snapshot.identifier)) as tables, refusals.in_words(report.tables.words()):
        table = special.released(edition_queries.source_of(actor=actor, inputs=inputs, tables=tables))[question.table]
    return [
        [[written(code) for code in key], figure]
        for key, cells in table.cells.items()
        for figure, cell in zip(table.figures, cells, strict=True)
        if cell.status is Status.SUPPRESSED
    ]


def _too_large(cells: int) -> str:
    """The sentence for an answer that is more than is protected together."""
    return _(
        "Tabellen kan inte lämnas ut: %(cells)s celler skulle skyddas tillsammans, och högst %(most)s kan det. "
        "Välj färre perioder eller indelningar."
    ) % {"cells": swedish_number(cells), "most": swedish_number(rules.MOST_EXAMINED)}
