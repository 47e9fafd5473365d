"""Answers a question from a snapshot's tables, protected together with what the same person has been answered."""

from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.reporting.questions.answers import TABLE, Answer, Inquiry
from finsam.reporting.questions.asked import Asked, dimension_names
from finsam.reporting.questions.identities import implied
from finsam.reporting.questions.linked import Asking, linked
from finsam.statistics.cells import Counts
from finsam.statistics.disclosure import NOTHING, Known, Rule, protect
from finsam.statistics.linking import earlier, revised
from finsam.statistics.refusal import UnprotectableError
from finsam.statistics.relations import Relation
from finsam.statistics.tables import Tables

OLDER = "older"  # stands for the same question's answer from another snapshot


def answered(asked: Asked, tables: Tables, before: Sequence[Answer], older: Answer | None, rule: Rule) -> Answer:
    """Give the answer; `before` are those from the same snapshot, `older` the same question's from another one."""
    inquiry = Inquiry(asked, tables)
    counts = inquiry.counts()
    relations, known = _links(inquiry, counts, before) if counts.persons else ([], NOTHING)
    if counts.persons and older is not None and older.table.dimensions == counts.dimensions:
        known |= revised(OLDER, earlier(OLDER, [replace(older.table, name=TABLE)]), [counts])
    try:
        return inquiry.answer(protect({TABLE: counts}, relations, rule, known)[TABLE], rule)
    except UnprotectableError as refusal:
        raise ValidationError(refused(refusal)) from refusal


def refused(refusal: UnprotectableError) -> str:
    """The sentence for a table that can't be shown, with a coarser one where that would do."""
    if refusal.instead is None:
        return _(
            "Tabellen går inte att visa: tillsammans med dem du har fått skulle små antal gå att räkna ut. "
            "Välj andra perioder, eller en tabell som du redan har fått."
        )
    names = {"dimension": dimension_names()[refusal.instead[1]].lower()}
    return (
        _(
            "Tabellen går inte att visa: tillsammans med dem du har fått skulle små antal gå att räkna ut. "
            "Utan uppdelning på %(dimension)s går den att visa."
        )
        % names
    )


def _links(inquiry: Inquiry, counts: Counts, before: Sequence[Answer]) -> tuple[list[Relation], Known]:
    asked = inquiry.asked
    new = Asking(asked.figure, counts.dimensions, counts.figures, inquiry.left, tuple(counts.cells))
    about = [answer for answer in before if answer.table.persons and _touches(asked, answer.asked)]
    held = [(asking(answer), answer.table.cells) for answer in about]
    return linked(TABLE, new, held, implied(inquiry.tables))


def asking(answer: Answer) -> Asking:
    """An answer as it was asked for, whole."""
    table = answer.table
    return Asking(answer.asked.figure, table.dimensions, table.figures, tuple(answer.where.items()), tuple(table.cells))


def _touches(one: Asked, other: Asked) -> bool:
    """Whether two questions are about some year in common."""
    return one.first[:4] <= other.last[:4] and other.first[:4] <= one.last[:4]
