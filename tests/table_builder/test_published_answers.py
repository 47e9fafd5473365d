"""The table builder beside what is published: no answer gives away a cell that an edition hides."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from finsam.access.roles import Role
from finsam.disclosure.attack.intervals import attack
from finsam.disclosure.cells import TOTAL, Cell, Protected, Rule, Status
from finsam.disclosure.relations import Address, at_most
from finsam.editions import actions as edition_actions
from finsam.editions import queries as edition_queries
from finsam.editions.stored.content import Content, Inputs
from finsam.interventions import actions as interventions
from finsam.publications.blocks import Publication, Tidy
from finsam.publications.formats import writer
from finsam.reports.national_annual import counts as annual
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.reports.table import Tells
from finsam.snapshots import actions as snapshot_actions
from finsam.statistics.relations.identity import Identity, implied
from finsam.statistics.relations.web import address, links
from finsam.table_builder import actions as question_actions
from finsam.table_builder import queries as question_queries
from finsam.table_builder.answer import Answer
from finsam.table_builder.answering import Tabulation
from finsam.table_builder.models import AnsweredQuestion
from finsam.table_builder.published_answers import EditionAnswers, same_snapshot
from finsam.values.keys import joined
from tests import factories
from tests.disclosure.publications import is_wide
from tests.snapshots.populations import Population
from tests.table_builder.test_questions import answer_to, many, new_question, snapshot

AS_OF = date(2021, 1, 31)
OPERATOR = factories.operator()
SEXES = ("women", "men")


def edition(found, digest="now") -> tuple[str, Content]:
    """The national annual report of 2020, published from a snapshot."""
    made = REPORTS["national-annual"].compile(Source(found, 2020, Rule(), "2021-01-31-0123456789ab", AS_OF))
    content = Content(inputs(digest), made.publication, made.release.pattern, made.release.relations, {})
    return "national-annual-2020-0123456789ab", content


def inputs(digest: str) -> Inputs:
    return Inputs("national-annual", 2020, "sv", "2021-01-31-0123456789ab", digest, AS_OF, Rule(), "finsam 0")


def population(support: str, women: int = 12):
    """Of 14 women all but two have the support: how many may not be known, since it tells of those without."""
    people = Population().add(women, sex="women", support=support).add(11, sex="men", support=support)
    return snapshot(**people.add(14 - women, sex="women").add(30, sex="men").texts())


def figures(tables: Iterable[Protected]) -> dict[Address, int]:
    return {
        Address(table.name, key, figure): int(cell.value)
        for table in tables
        for key, row in table.cells.items()
        for figure, cell in zip(table.figures, row, strict=True)
        if cell.value is not None and table.persons
    }


@pytest.mark.parametrize(
    ("group", "support"),
    [("sickness_benefit", "sickness_cash_benefit"), ("activity_compensation", "activity_compensation")],
)
def test_an_answer_gives_no_cell_away_that_an_edition_from_the_same_snapshot_hides(group, support):
    found = population(support)
    identifier, content = edition(found)
    hidden = Address("participants", ("2020", "ongoing", group, "women"))
    question = new_question("persons_ongoing", by=("sex",), support=support)
    beside = answer_to(question, found, published=[(identifier, content)])
    mine = figures([replace(beside.excerpt, name="answer")])
    held = [*content.relations]
    held += [at_most(Address("answer", ("2020", sex)), hidden._replace(key=(*hidden.key[:3], sex))) for sex in SEXES]
    interval = attack({**figures(content.tables), **mine}, held, [hidden])[hidden]
    assert is_wide(interval, 5)
    assert beside.excerpt.cells["2020", "women"][0].status is Status.SUPPRESSED


def test_what_an_edition_from_another_snapshot_hides_stays_hidden():
    """A man has come since; whoever believes that nobody else has changed would read the women off."""
    then = edition(population("activity_compensation"), digest="then")
    newer = population("activity_compensation")
    question = new_question("persons_ongoing", by=("sex",), support="activity_compensation")
    assert answer_to(question, newer, published=[then]).excerpt.cells["2020", "women"][0].status is Status.SUPPRESSED


def test_an_older_answer_and_an_edition_are_both_held_against():
    found = population("activity_compensation")
    question = new_question("persons_ongoing", by=("sex",), support="activity_compensation")
    identifier, content = edition(found)
    for digest in ("now", "then", "long ago"):
        published = [(identifier, replace(content, inputs=inputs(digest)))]
        before = answer_to(question, found, published=published)
        after = answer_to(question, found, older=before, published=published)
        assert after.excerpt.cells["2020", "women"][0].status is Status.SUPPRESSED


def test_what_has_nothing_to_do_with_the_edition_is_shown_as_before():
    found = population("activity_compensation")
    for question in (
        new_question("participations_new", by=("end_reason",)),
        new_question("interventions", by=("association",)),
    ):
        assert answer_to(question, found, published=[edition(found)]).excerpt == answer_to(question, found).excerpt


def test_a_snapshot_without_persons_has_nothing_to_hold_against():
    found = population("activity_compensation")
    identifier, content = edition(found)
    missing = {key: (Cell(None, Status.MISSING),) for table in content.tables[:1] for key in table.cells}
    tidy = replace(content.publication.tables[0], table=replace(content.tables[0], cells=missing))
    content = replace(content, publication=replace(content.publication, tables=(tidy,)))
    question = new_question("persons_ongoing", by=("sex",), support="activity_compensation")
    assert answer_to(question, found, published=[(identifier, content)]).excerpt == answer_to(question, found).excerpt


def exact(found) -> EditionAnswers:
    """The national annual report as nobody may see it."""
    counted = annual.count(found, range(2019, 2021))
    tables = [Tidy(_open(table), "", {}, {}) for table in counted.counts.values() if table.published]
    publication = Publication("national-annual", "", 2020, "sv", "", AS_OF, "", (), tuple(tables), Rule())
    return EditionAnswers("e", Content(inputs("now"), publication, (), counted.relations, {}), implied(found))


def _open(table) -> Protected:
    cells = {key: tuple(map(Cell, row)) for key, row in table.cells.items()}
    return Protected(table.name, table.dimensions, table.figures, cells, table.additive, persons=table.persons)


def test_what_is_said_to_hold_between_a_report_and_answers_holds():
    """Exact counts of the report and of questions about the same: equal where they meet, and every relation true."""
    found = many()
    told, names, seen = exact(found), implied(found), dict[Identity, Cell]()
    held = list(told.answers)
    for one in (
        new_question("persons_ongoing", by=("sex", "support"), first="2019", last="2020"),
        new_question("persons_new", by=("support",), first="2019", last="2020"),
        new_question("persons_new", by=("sex",), support="sickness_cash_benefit"),
        new_question("participants", by=("sex",), first="2019", last="2020"),
        new_question("heads", by=("sex",)),
        new_question("structural_heads", by=("sex",)),
    ):
        counts = Tabulation(one, found).counts()
        shape = Tabulation(one, found).shape(counts)
        held.append((shape, {key: tuple(map(Cell, row)) for key, row in counts.cells.items()}, Rule()))
    met = 0
    for shape, cells, _rule in held:
        for identity, key, at in shape.cells(names):
            met += identity in seen
            assert seen.setdefault(identity, cells[key][at]) == cells[key][at]
    assert met > 40
    _own, known = links("table", replace(held[0][0], keys=()), held, names)
    values = {place: int(cell.value or 0) for place, cell in known.cells.items()}
    for relation in (*known.relations, *same_snapshot(told)):
        if all(cell in values for _, cell in relation.terms):
            result = sum(factor * values[cell] for factor, cell in relation.terms) - relation.constant
            assert result >= 0
            assert relation.at_least or not result
    groups = [row for row in known.relations if any("support_group=" in joined(cell.key) for _, cell in row.terms)]
    assert any(row.at_least and len(row.terms) == 3 for row in groups)  # of one or both of its supports
    assert address(Identity("structural_heads", "heads", "2020", ())) in values


def test_every_table_of_persons_in_the_national_report_is_known():
    counted = annual.count(many(), [2020]).counts.values()
    declared = REPORTS["national-annual"].tables.tables
    told = {table.name for table in declared if isinstance(table.tells, Tells) and not table.made_of}
    assert {table.name for table in counted if table.persons and table.published} == told


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home")
def test_whoever_asks_is_answered_beside_the_editions_that_are_out(monkeypatch):
    """33 in all are published: with the 30 of one kind beside it, the three of the other could be worked out."""
    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")
    anna, alva, asks = (factories.actor(factories.user(None, Role.NATIONAL_ANALYST)) for _ in range(3))
    for method, women, men in (("identified", 14, 16), ("numbers_only", 3, 0)):
        counted = factories.intervention(kind="structural", direction="training", method="numbers_only")
        if method == "identified":  # from before that was refused
            type(counted).objects.filter(pk=counted.pk).update(method=method, controller=factories.agency())
        interventions.count_heads(actor=OPERATOR, intervention=counted, year=2020, women=women, men=men)
    taken = snapshot_actions.take(actor=OPERATOR, as_of=date(2021, 3, 31))
    report = REPORTS["national-annual"]
    one = edition_actions.compile_edition(actor=anna, report=report, year=2020, snapshot=taken)

    def ask(actor):
        question = question_queries.new_question(
            actor=actor, figure="structural_heads", by=[], where={}, first="2020", last="2020"
        )
        row = question_actions.ask(actor=actor, question=question, snapshot=taken)
        return [cell.status.value for cell in Answer.read(question, row.answer).excerpt.cells["2020",]]

    assert ask(anna) == ["ok", "suppressed"]
    AnsweredQuestion.objects.all().delete()  # else the edition would have to hide what it tells
    edition_actions.publish(actor=alva, edition=edition_actions.review(actor=anna, edition=one))
    totals = next(table for table in edition_queries.content(actor=anna, edition=one).tables if table.name == "totals")
    assert totals.cells["2020", "structural_heads", TOTAL][0].value == 33
    assert ask(asks) == ["suppressed", "suppressed"]
