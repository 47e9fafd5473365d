"""What users were answered before is out: known beside editions of its snapshot, and lost where it gives cells away."""

from datetime import date
from typing import Any

import pytest

from finsam.access.actors import Actor
from finsam.access.roles import Role
from finsam.associations.models import Association
from finsam.disclosure.cells import TOTAL, Cell, Rule, Status
from finsam.disclosure.protect import protect
from finsam.editions import actions as edition_actions
from finsam.editions import queries
from finsam.editions.models import Edition
from finsam.editions.stored.encoding import encode
from finsam.interventions import actions as interventions
from finsam.late import actions as late_actions
from finsam.late.models import Triangle
from finsam.reports.commission import Commission
from finsam.reports.registry import REPORTS
from finsam.reports.special.counting import TABLE, Counting
from finsam.reports.special.question import Question
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots import engines, storage
from finsam.snapshots.models import Snapshot
from finsam.table_builder import former_answers, free_queries
from finsam.table_builder.answer import Answer
from finsam.table_builder.models import AnsweredQuestion
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "quick")]

SPECIAL = REPORTS["special"]
OPERATOR = factories.operator()


@pytest.fixture
def snapshot() -> Snapshot:
    """Thirty are counted at one association, and three at another."""
    for women, men in ((14, 16), (3, 0)):
        counted = factories.intervention(method="numbers_only")
        interventions.count_heads(actor=OPERATOR, intervention=counted, year=2020, women=women, men=men)
    return snapshot_actions.take(actor=OPERATOR, as_of=date(2021, 3, 31))


def heads(*by: str) -> Question:
    return Question.of("heads", by, {}, "2020", "2020")


def answered(actor: Actor, snapshot: Snapshot, question: Question) -> AnsweredQuestion:
    """What the table builder kept when somebody had asked it."""
    with engines.tables(storage.folder(snapshot.identifier)) as tables:
        table = protect({TABLE: Counting(question, tables).counts()}, [], Rule())[TABLE]
    return AnsweredQuestion.objects.create(
        user_id=actor.user_id or 0,
        snapshot=snapshot,
        number=1,
        question=question.key,
        title="Titel",
        answer={"table": encode(table), "rule": encode(Rule()), "codes": {}, "filters": {}, "covered": []},
        asked_at=actor.at,
    )


def compiled(actor: Actor, snapshot: Snapshot, question: Question) -> Edition:
    commission = Commission(question.key, "Titel", "Orsak", "Alla")
    return edition_actions.compile_edition(
        actor=actor, report=SPECIAL, year=2020, snapshot=snapshot, commission=commission
    )


def cells(actor: Actor, one: Edition) -> dict[Any, Cell]:
    (table,) = queries.content(actor=actor, edition=one).tables
    return {key: row[table.figures.index("volume")] for key, row in table.cells.items()}


def of_the_larger() -> Question:
    """The thirty of one association."""
    number = Association.objects.order_by("pk")[0].number
    return Question.of("heads", (), {"association": number}, "2020", "2020")


def test_what_was_answered_is_known_beside_an_edition(anna: Actor, snapshot: Snapshot) -> None:
    """The thirty of one association were answered: with all of them, the three of the other would be told."""
    alone = cells(anna, compiled(anna, snapshot, heads("association")))
    assert alone["2020", TOTAL].value == 33
    row = answered(anna, snapshot, of_the_larger())
    assert Answer.read(row.answer).table.cells["2020",][1].value == 30
    beside = compiled(anna, snapshot, heads("association"))
    assert cells(anna, beside)["2020", TOTAL].status is Status.SUPPRESSED
    assert queries.leaks(actor=anna, edition=beside) == ()


def test_answers_of_another_snapshot_are_not(anna: Actor, snapshot: Snapshot) -> None:
    answered(anna, snapshot, heads())
    actor = factories.operator(factories.NOW.replace(month=4, day=1))
    factories.intervention()
    newer = snapshot_actions.take(actor=actor, as_of=date(2021, 4, 1))
    content = queries.content(actor=anna, edition=compiled(anna, newer, heads("association")))
    assert former_answers.published({newer.digest: content.implied}) == []
    assert [name for name, _content in former_answers.published({snapshot.digest: content.implied})] == [
        f"answer-{AnsweredQuestion.objects.get().pk}"
    ]


def test_what_answers_give_away_is_lost_and_stops_no_edition(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    """One has been answered how many all are, and another how many they are of one association: so three are told."""
    for who, question in ((anna, heads()), (alva, of_the_larger())):
        row = answered(who, snapshot, question)
        assert next(iter(Answer.read(row.answer).table.cells.values()))[1].value in {30, 33}
    one = compiled(anna, snapshot, heads("association"))
    assert Status.SUPPRESSED in {cell.status for cell in cells(anna, one).values()}
    assert queries.leaks(actor=anna, edition=one) == ()
    out = edition_actions.publish(actor=alva, edition=edition_actions.review(actor=anna, edition=one))
    assert out.state == "published"
    log = queries.attack(actor=anna)
    assert log is not None
    assert log.leaks == ()


def test_the_rows_go_with_their_snapshot(anna: Actor, snapshot: Snapshot) -> None:
    answered(anna, snapshot, heads())
    assert free_queries.former_answers(actor=OPERATOR) == 1
    snapshot.delete()
    assert free_queries.former_answers(actor=OPERATOR) == 0


@pytest.mark.participants
def test_late_registration_is_counted_beside_them(anna: Actor, snapshot: Snapshot) -> None:
    answered(anna, snapshot, Question.of("persons_new", (), {}, "2020", "2020"))
    actor = factories.operator(factories.NOW.replace(month=4, day=1))
    factories.intervention()
    snapshot_actions.take(actor=actor, as_of=date(2021, 4, 1))
    out = compiled(anna, snapshot, heads("association"))
    other = factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
    edition_actions.publish(actor=other, edition=edition_actions.review(actor=anna, edition=out))
    assert len(queries.former_answers(actor=anna)) == 1
    late_actions.count_late(actor=anna)
    assert Triangle.objects.get().answer["published"] == [out.identifier]
