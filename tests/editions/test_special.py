"""Special editions: one table that somebody asked for, protected beside all that is out, and let out by two."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from finsam.access.actors import Actor
from finsam.access.roles import Role
from finsam.background import actions as background_actions
from finsam.disclosure.cells import TOTAL, Status
from finsam.disclosure.protect import Cell
from finsam.editions import actions as edition_actions
from finsam.editions import queries, run_actions, run_queries
from finsam.editions.models import Edition
from finsam.editions.stored import places
from finsam.interventions import actions as interventions
from finsam.reports.commission import Commission
from finsam.reports.registry import REPORTS
from finsam.reports.special.question import Question
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots import folders
from finsam.snapshots.models import Snapshot
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "quick")]

SPECIAL, ANNUAL = REPORTS["special"], REPORTS["national-annual"]
OPERATOR = factories.operator()


def asked(figure: str = "heads", by: tuple[str, ...] = (), last: str = "2020", **where: str) -> Commission:
    question = Question.of(figure, by, where, "2020", last)
    return Commission(question.key, "Utbildningarna", "De ska jämföras.", "Regionen")


@pytest.fixture
def snapshot() -> Snapshot:
    """Thirty are counted in an intervention of one kind, and three in another."""
    for women, men in ((14, 16), (3, 0)):
        counted = factories.intervention(method="numbers_only")
        interventions.count_heads(actor=OPERATOR, intervention=counted, year=2020, women=women, men=men)
    return snapshot_actions.take(actor=OPERATOR, as_of=date(2021, 3, 31))


def compiled(actor: Actor, snapshot: Snapshot, commission: Commission, **more: Any) -> Edition:
    return edition_actions.compile_edition(
        actor=actor, report=SPECIAL, year=2020, snapshot=snapshot, commission=commission, **more
    )


def out(by: Actor, other: Actor, one: Edition) -> Edition:
    return edition_actions.publish(actor=other, edition=edition_actions.review(actor=by, edition=one))


def cells(actor: Actor, one: Edition) -> dict[Any, Cell]:
    (tidy,) = queries.content(actor=actor, edition=one).publication.tables
    return {key: row[tidy.table.figures.index("volume")] for key, row in tidy.table.cells.items()}


def test_it_says_what_was_asked_why_and_for_whom(anna: Actor, snapshot: Snapshot) -> None:
    commission = asked(by=("association",))
    one = compiled(anna, snapshot, commission)
    content = queries.content(actor=anna, edition=one)
    assert content.inputs.commission == commission
    assert content.publication.title == "Utbildningarna"
    html = queries.file(actor=anna, edition=one, name="report.html").decode()
    assert all(words in html for words in ("Utbildningarna", "De ska jämföras.", "Regionen"))
    assert queries.title(actor=anna, edition=one) == "Utbildningarna"
    assert {cell.status for cell in cells(anna, one).values()} == {Status.OK, Status.SUPPRESSED}


def test_two_people_let_it_out_and_it_is_listed_with_the_others(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    one = edition_actions.review(actor=anna, edition=compiled(anna, snapshot, asked(by=("association",))))
    with pytest.raises(ValidationError, match="publicerar den inte"):
        edition_actions.publish(actor=anna, edition=one)
    assert edition_actions.publish(actor=alva, edition=one).state == "published"
    lead = factories.actor(factories.user(None, Role.INTERVENTION_LEAD))
    assert [each.pk for each in queries.editions(actor=lead)] == [one.pk]


def test_several_of_a_year_are_out_beside_each_other(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    for commission in (asked(by=("association",)), asked("interventions", ("association",))):
        out(anna, alva, compiled(anna, snapshot, commission))
    assert set(queries.numbers(actor=anna).values()) == {"special-2020-1", "special-2020-2"}


def test_the_manifest_of_other_editions_says_nothing_of_it(anna: Actor, snapshot: Snapshot) -> None:
    ordinary = edition_actions.compile_edition(actor=anna, report=ANNUAL, year=2020, snapshot=snapshot)
    named = folders.facts_of(places.folder(ordinary.identifier)).keys()
    assert not named & {"question", "title", "purpose", "recipient", "answers"}


def test_what_an_edition_shows_is_given_instead(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    out(anna, alva, edition_actions.compile_edition(actor=anna, report=ANNUAL, year=2020, snapshot=snapshot))
    with pytest.raises(ValidationError, match=r"finns redan i ”.+” i utgåvan national-annual-2020-1"):
        compiled(anna, snapshot, asked())
    first = out(anna, alva, compiled(anna, snapshot, asked(by=("association",))))
    with pytest.raises(ValidationError, match="i utgåvan special-2020-1"):
        compiled(anna, snapshot, Commission(asked(by=("association",)).question, "Igen", "Bara för att.", "Alla"))
    assert list(Edition.objects.filter(report="special")) == [first]


def test_what_is_out_is_known_to_it_and_it_to_what_comes_after(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    """33 in all are published: with the 30 of one association the three of the other could be worked out."""
    out(anna, alva, edition_actions.compile_edition(actor=anna, report=ANNUAL, year=2020, snapshot=snapshot))
    one = compiled(anna, snapshot, asked(by=("association",)))
    shown = [cell.value for key, cell in cells(anna, one).items() if key[-1] is not TOTAL]
    assert {str(value) for value in shown} == {"None"}
    assert queries.leaks(actor=anna, edition=one) == ()


@pytest.mark.parametrize("is_first", [True, False])
def test_a_year_is_counted_from_the_snapshot_it_has(
    anna: Actor, alva: Actor, snapshot: Snapshot, is_first: bool
) -> None:
    out(anna, alva, edition_actions.compile_edition(actor=anna, report=ANNUAL, year=2020, snapshot=snapshot))
    if not is_first:
        out(anna, alva, compiled(anna, snapshot, asked(by=("association",))))
    actor = factories.operator(factories.NOW.replace(month=4, day=1))
    factories.intervention()
    newer = snapshot_actions.take(actor=actor, as_of=date(2021, 4, 1))
    with pytest.raises(ValidationError, match=f"ögonblicksbilden {snapshot.identifier}.*välj den"):
        compiled(anna, newer, asked(by=("kind",)))


def test_a_question_is_needed_and_other_reports_have_none(anna: Actor, snapshot: Snapshot, tmp_path: Any) -> None:
    facts: Any = {"actor": anna, "year": 2020, "snapshot": snapshot}
    for refused in (
        lambda: compiled(anna, snapshot, Commission()),
        lambda: edition_actions.compile_edition(report=ANNUAL, commission=asked(), **facts),
        lambda: edition_actions.order(report=SPECIAL, **facts),
        lambda: run_actions.order(report=SPECIAL, **facts),
        lambda: run_actions.produce(report=SPECIAL, folder=tmp_path / "out", **facts),
    ):
        with pytest.raises(ValidationError, match="svarar på en fråga"):
            refused()
    assert SPECIAL.key not in {one.key for one in run_queries.reports(actor=anna)}
    with pytest.raises(PermissionDenied):
        compiled(factories.actor(factories.user(None, Role.INTERVENTION_LEAD)), snapshot, asked())


def test_it_is_compiled_in_the_background_as_it_was_ordered(anna: Actor, snapshot: Snapshot) -> None:
    commission = asked(by=("association",))
    run = background_actions.request_edition(
        actor=anna, report=SPECIAL, year=2020, snapshot=snapshot, commission=commission
    )
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    run.refresh_from_db()
    assert (run.state, run.message) == ("done", "")
    assert run.edition is not None
    assert queries.content(actor=anna, edition=run.edition).inputs.commission == commission


def test_a_correction_is_of_the_same_question(anna: Actor, alva: Actor, snapshot: Snapshot) -> None:
    old = out(anna, alva, compiled(anna, snapshot, asked(by=("direction",))))
    actor = factories.operator(factories.NOW.replace(month=4, day=1))
    more = factories.intervention(method="numbers_only")
    interventions.count_heads(actor=actor, intervention=more, year=2020, women=40, men=40)
    newer = snapshot_actions.take(actor=actor, as_of=date(2021, 4, 1))
    table = Question.read(json.loads(asked(by=("direction",)).question)).table
    facts: Any = {"replaces": old, "reason": "Ett antal var fel.", "corrects": [table]}
    new = edition_actions.compile_edition(actor=anna, report=SPECIAL, year=2020, snapshot=newer, **facts)
    assert queries.content(actor=anna, edition=new).inputs.commission == asked(by=("direction",))
    assert out(anna, alva, new).replaces == old
