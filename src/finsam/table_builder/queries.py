"""What may be asked of the table builder: what part of the country, which snapshots, and what has been answered."""

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.associations.models import Association
from finsam.codes import queries as codes
from finsam.snapshots import rules as snapshot_rules
from finsam.snapshots.models import Snapshot
from finsam.snapshots.storage import folder
from finsam.table_builder import rules as question_rules
from finsam.table_builder.models import AnsweredQuestion, SavedQuestion
from finsam.values.keys import parted, written

if TYPE_CHECKING:
    from finsam.editions.provenance import Provenance
    from finsam.publications.blocks import Publication
    from finsam.reports.special.question import Question
    from finsam.table_builder.choices import Choices


def question_places(*, actor: Actor) -> list[tuple[str, str]]:
    """What part of the country can be asked about: all of it, or an association by number."""
    actor.require(Permission.ASK_TABLES)
    found = Association.objects.order_by("name", "pk")
    return [("", _("Hela landet")), *((one.number, one.name) for one in found)]


def question_snapshots(*, actor: Actor) -> QuerySet[Snapshot]:
    """The snapshots that questions can be asked of, newest day first."""
    actor.require(Permission.ASK_TABLES)
    return Snapshot.objects.order_by("-as_of", "-pk")


def question_snapshot(*, actor: Actor) -> Snapshot | None:
    """The snapshot a question is asked of when none is chosen; None before the first is taken."""
    return snapshot_rules.newest_complete(list(question_snapshots(actor=actor)))


def question_choices(*, actor: Actor, snapshot: Snapshot) -> "Choices":
    """What can be chosen in a question to a snapshot."""
    from finsam.table_builder import choices  # loads the statistics

    actor.require(Permission.ASK_TABLES)
    return choices.choices(snapshot.as_of, codes.labels)


def new_question(
    *, actor: Actor, figure: str, by: Iterable[str], where: Mapping[str, str], first: str, last: str
) -> "Question":
    """A question as it is asked; refused at its field when it can't be."""
    from finsam.reports.special.question import Question

    actor.require(Permission.ASK_TABLES)
    return Question.of(figure, tuple(by), where, first, last)


def question_size(*, actor: Actor, question: "Question", snapshot: Snapshot) -> tuple[int, int]:
    """How many cells a question's table will have, and how many are protected with them; refused when too many."""
    from finsam.reports.special.question import MOST_CELLS
    from finsam.snapshots import engines
    from finsam.table_builder.answering import Tabulation

    actor.require(Permission.ASK_TABLES)
    with engines.tables(folder(snapshot.identifier)) as tables:
        tabulation = Tabulation(question, tables)
        question_rules.refuse_large(tabulation.size, MOST_CELLS)
        return tabulation.excerpt_size, tabulation.size


def answers(*, actor: Actor) -> QuerySet[AnsweredQuestion]:
    """What the actor has asked and been answered, newest first."""
    actor.require(Permission.ASK_TABLES)
    return (
        AnsweredQuestion.objects.filter(user_id=actor.user_id or 0)
        .select_related("snapshot")
        .order_by("-asked_at", "-pk")
    )


def answer(*, actor: Actor, pk: int) -> AnsweredQuestion:
    """One answer the actor has had."""
    return answers(actor=actor).get(pk=pk)


def answer_to(*, actor: Actor, question: "Question", snapshot: Snapshot) -> AnsweredQuestion | None:
    """The answer the actor has had to a question; None when it has not been asked."""
    return answers(actor=actor).filter(snapshot=snapshot, question=question.key).first()


def question_of(*, actor: Actor, row: AnsweredQuestion | SavedQuestion) -> "Question":
    """The question of an answer or of one that is saved."""
    from finsam.reports.special.question import Question

    actor.require(Permission.ASK_TABLES)
    return Question.read(json.loads(row.question))


def answer_publication(*, actor: Actor, row: AnsweredQuestion, language: str) -> "Publication":
    """An answer ready to be shown or written to a file."""
    from finsam.table_builder.answer import Answer
    from finsam.table_builder.presentation import publication

    question = question_of(actor=actor, row=row)
    kept = Answer.read(question, row.answer)
    return publication(kept, row.snapshot.identifier, row.snapshot.as_of, language)


def answer_figure(*, actor: Actor, row: AnsweredQuestion, key: str) -> "Provenance":
    """Where a row of an answer comes from; DoesNotExist when there is no such row."""
    from finsam.table_builder.answer import Answer
    from finsam.table_builder.provenance import provenance

    question = question_of(actor=actor, row=row)
    found = provenance(Answer.read(question, row.answer), parted(key), row.snapshot.as_of)
    if found is None:
        raise AnsweredQuestion.DoesNotExist
    return found


def saved_questions(*, actor: Actor) -> QuerySet[SavedQuestion]:
    """The questions the actor keeps, by name."""
    actor.require(Permission.ASK_TABLES)
    return SavedQuestion.objects.filter(user_id=actor.user_id or 0).order_by("name", "pk")


def question_address(*, actor: Actor, row: AnsweredQuestion | SavedQuestion) -> str:
    """A question as it stands in an address; of a saved one without a snapshot, so that the newest is asked."""
    question = question_of(actor=actor, row=row)
    where = dict(question.where)
    number = written(where.pop("association", ""))
    parts = [f"{name}:{written(code)}" for name, code in where.items()]
    found = [
        ("figure", question.figure),
        *(("by", name) for name in question.by),
        *zip(("part", "part_too"), parts, strict=False),
    ]
    found += [("first", question.first), ("last", question.last), ("place", number)]
    if isinstance(row, AnsweredQuestion):
        found.append(("snapshot", row.snapshot.identifier))
    return urlencode(found)
