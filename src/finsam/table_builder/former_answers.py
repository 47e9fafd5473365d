"""The answers that users have had, as publications of one table each: what was told once can't be taken back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from finsam.table_builder.models import AnsweredQuestion

if TYPE_CHECKING:
    from finsam.editions.stored.content import Content
    from finsam.editions.stored.linking import Published
    from finsam.statistics.relations.identity import Implied


def published(snapshots: "Mapping[str, Implied]") -> "Published":
    """Give the answers from some snapshots, by their digests, the oldest first."""
    rows = AnsweredQuestion.objects.filter(snapshot__digest__in=list(snapshots)).select_related("snapshot")
    return [
        (f"answer-{row.pk}", _content(row, snapshots[row.snapshot.digest])) for row in rows.order_by("asked_at", "pk")
    ]


def _content(row: AnsweredQuestion, implied: "Implied") -> "Content":
    from finsam.editions.queries import SPECIAL
    from finsam.editions.stored.content import Content, Inputs
    from finsam.publications.blocks import Publication, Tidy
    from finsam.reports.commission import Commission
    from finsam.reports.special.question import Question
    from finsam.table_builder.answer import Answer

    question, one, answer = Question.parsed(row.question), row.snapshot, Answer.read(row.answer)
    dimensions = question.dated_dimensions(answer.table.dimensions)
    cells = {question.dated(key): cells for key, cells in answer.table.cells.items()}
    table = replace(answer.table, name=question.table, dimensions=dimensions, cells=cells)
    inputs = Inputs(
        SPECIAL,
        question.year,
        "sv",
        one.identifier,
        one.digest,
        one.as_of,
        answer.rule,
        "",
        commission=Commission(row.question, row.title),
    )
    tidy = Tidy(table, row.title, {}, {})
    publication = Publication(
        SPECIAL, row.title, question.year, "sv", one.identifier, one.as_of, "", (), (tidy,), answer.rule
    )
    return Content(inputs, publication, (), (), {}, implied)
