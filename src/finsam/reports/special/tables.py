"""The one table of a special edition, as every report says its tables; which it is follows from what was asked."""

from typing import Final

from django.utils.translation import gettext as _

from finsam.reports.labels import column_words, dimension_words
from finsam.reports.special.question import Question
from finsam.reports.special.words import heading
from finsam.reports.table import Codes, Collection, Counted, Table, Tells, Unread
from finsam.reports.telling import QUARTER, YEAR
from finsam.statistics.figures.cube import THINGS
from finsam.statistics.tables.dimensions import DIMENSIONS

NONE: Final = Collection((), columns={}, unseen={})


def collection(asked: str) -> Collection:
    """What a special edition says of its table, given the question as it is written down."""
    question = Question.parsed(asked)

    def of(codes: Codes, column: str) -> Counted:
        return Counted(question.figure, column, tuple(question.remaining(codes).items()))

    figure, of_things = question.counted, question.counted.unit in THINGS
    split = (*question.by, *dict(question.where))
    origin = [*figure.tables, *(name for one in split for name in DIMENSIONS[one].tables)]
    table = Table(
        question.table,
        heading(question, {}),
        question.dimensions,
        figure.counts,
        _(figure.sentence),
        tuple(dict.fromkeys(origin)),
        Unread("about no persons") if of_things else Tells((), of),
        of_things=of_things,
    )
    return Collection((table,), columns=columns(question), unseen={})


def columns(question: Question) -> dict[str, str]:
    """What the dimensions and columns of the table are called."""
    dated = {YEAR: _("År"), QUARTER: _("Kvartal")}
    named = {name: dated.get(name) or dimension_words(name) for name in question.dimensions}
    return named | {name: column_words(name) for name in question.counted.counts}
