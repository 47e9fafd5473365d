"""What may be done with questions: ask, and keep for another day. `ask` counts for seconds and holds no transaction."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.roles import Permission
from finsam.snapshots import storage
from finsam.snapshots.models import Snapshot
from finsam.table_builder import queries as question_queries
from finsam.table_builder import rules
from finsam.table_builder.models import AnsweredQuestion, SavedQuestion

if TYPE_CHECKING:
    from finsam.reports.special.question import Question


def ask(*, actor: Actor, question: "Question", snapshot: Snapshot) -> AnsweredQuestion:
    """Answer a question, protected beside the same user's answers and the editions that are out.

    A question twice is one answer.
    """
    actor.require(Permission.ASK_TABLES)
    had = question_queries.answer_to(actor=actor, question=question, snapshot=snapshot)
    if had is not None:
        return had
    before = list(question_queries.answers(actor=actor).filter(snapshot=snapshot))
    rules.refuse_beyond(len(before))
    question_queries.question_size(actor=actor, question=question, snapshot=snapshot)
    older = question_queries.answers(actor=actor).filter(question=question.key).exclude(snapshot=snapshot).first()
    title, facts = _answer(actor, question, snapshot, before, older)
    row = AnsweredQuestion(
        user_id=actor.user_id or 0,
        snapshot=snapshot,
        number=len(before) + 1,
        question=question.key,
        title=title[:500],
        answer=facts,
        asked_at=actor.at,
    )
    with transaction.atomic():
        audit.write(actor, "reporting.ask", row)
    return row


@transaction.atomic
def save_question(*, actor: Actor, question: "Question", name: str) -> SavedQuestion:
    """Keep a question under a name, to ask it again of a newer snapshot."""
    actor.require(Permission.ASK_TABLES)
    row = SavedQuestion(user_id=actor.user_id or 0, name=name, question=question.key, saved_at=actor.at)
    audit.write(actor, "reporting.save_question", row)
    return row


@transaction.atomic
def discard_question(*, actor: Actor, pk: int) -> None:
    """Take away a saved question; the answers it has had are kept."""
    row = question_queries.saved_questions(actor=actor).get(pk=pk)
    audit.remove(actor, "reporting.discard_question", row)


def _answer(
    actor: Actor,
    question: "Question",
    snapshot: Snapshot,
    before: Sequence[AnsweredQuestion],
    older: AnsweredQuestion | None,
) -> tuple[str, dict[str, Any]]:
    """Give the title and the answer, protected beside what the same user has had and what is published."""
    from finsam.editions import queries as edition_queries
    from finsam.reports.special.question import Question
    from finsam.snapshots import engines
    from finsam.table_builder import answering, presentation
    from finsam.table_builder.answer import Answer

    answers = [Answer.read(Question.read(json.loads(row.question)), row.answer) for row in before]
    from_older = (older.snapshot.digest, Answer.read(question, older.answer)) if older else None
    beside = answering.Beside(snapshot.digest, answers, from_older, edition_queries.out(actor=actor))
    with engines.tables(storage.folder(snapshot.identifier)) as tables:
        answer = answering.answer(question, tables, beside, settings.DISCLOSURE_RULE)
    return presentation.heading(answer), answer.facts()
