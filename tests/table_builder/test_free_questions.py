"""Free questions: exact, of any snapshot, with what would be hidden, and a row of each; and editions made of them."""

import csv
import io
import json
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from finsam.access.actors import Actor
from finsam.access.roles import Permission, Role, roles
from finsam.background import actions as background_actions
from finsam.disclosure.cells import Rule, Status
from finsam.disclosure.protect import protect
from finsam.editions import actions as edition_actions
from finsam.editions import queries as edition_queries
from finsam.editions.models import Compilation, Edition
from finsam.interventions import actions as interventions
from finsam.publications.formats import writer
from finsam.reports.registry import REPORTS
from finsam.reports.special.counting import Counting
from finsam.reports.special.question import Question
from finsam.reports.special.tables import collection
from finsam.reports.telling import told
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots.models import Snapshot
from finsam.statistics.relations.believed import believed
from finsam.statistics.relations.identity import implied
from finsam.statistics.relations.web import Web
from finsam.table_builder import free_actions, free_queries, rules, working_files, working_layout, working_table
from finsam.table_builder.models import FreeQuestion
from finsam.table_builder.working_table import WorkingTable
from finsam.values.keys import Sum, written
from tests import factories
from tests.table_builder.populations import living, many, new_question, population

OPERATOR = factories.operator()
AS_OF = date(2021, 1, 31)


def exact(question: Question, found: Any, hidden: Any = None) -> WorkingTable:
    return working_table.counted(question, found, snapshot="2021-01-31-0123456789ab", as_of=AS_OF, hidden=hidden)


def stays(found: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = found.participations.to_pyarrow().to_pylist()
    return rows


def test_the_figures_are_those_that_are_counted_one_by_one() -> None:
    found = many()
    table = exact(new_question("participations_new", by=("sex",), first="2019"), found)
    sexes = {number: code for code, number in found.codes["sex"].items()}
    for (year, sex), (number,) in table.numbers.items():
        of = [row for row in stays(found) if str(row["starts_on"].year) == year]
        wanted = len([row for row in of if sex in (Sum.TOTAL, sexes[row["sex"]])])
        assert number == wanted


def test_small_figures_are_exact_and_a_filter_shows_only_its_part() -> None:
    table = exact(new_question(sex="women"), population(3, 20))
    assert dict(table.numbers) == {("2020",): (3,)}
    assert table.title == "Nya deltagare. Kvinnor, 2020"


def test_what_would_be_hidden_is_what_protection_hides() -> None:
    """With nothing out: the table alone is protected, with all its parts."""
    found, question = living(_180=20, _127=3), new_question(by=("municipality", "sex"))
    table = Counting(question, found).dated()
    web = Web(implied(found))
    same = [row for one in told(collection(question.key), [table]) for row in web.add(one.shape, one.at)]
    release = protect({table.name: table}, [*same, *web.relations()], Rule(), believed=believed(web))[table.name]
    hidden = {key for key, (cell,) in release.cells.items() if cell.status is Status.SUPPRESSED}
    held = frozenset((tuple(map(written, key)), "persons") for key in hidden)
    shown = exact(question, found, held)
    assert hidden
    assert {key for key, _numbers, (marked,) in shown.rows() if marked} == hidden


def test_the_page_and_the_files_say_that_it_may_not_be_let_out() -> None:
    question = new_question(by=("sex",), first="2019")
    hidden = frozenset({(("2020", "women"), "persons")})
    table = exact(question, population(3, 20), hidden)
    page = working_layout.laid_out(table)
    assert page.columns == ("Kvinnor", "Män", "Totalt")
    assert [(row.header, row.cells) for row in page.rows] == [
        ("2019", ((0, False), (0, False), (0, False))),
        ("2020", ((3, True), (20, False), (23, False))),
    ]
    lines = list(csv.reader(io.StringIO(working_files.csv_bytes(table).decode())))
    assert lines[0] == ["Får inte lämnas ut", "Nya deltagare efter kön. 2019–2020", "2021-01-31-0123456789ab"]
    assert lines[1] == ["period", "sex", "persons", "would_be_hidden"]
    assert ["2020", "women", "3", "persons"] in lines
    with ZipFile(BytesIO(working_files.xlsx_bytes(table))) as book:
        sheet, texts = (book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "sharedStrings"))
    assert "<oddHeader>&amp;C&amp;BFår inte lämnas ut</oddHeader>" in sheet
    assert texts.index("Får inte lämnas ut") < texts.index("Nya deltagare efter kön")
    assert working_files.xlsx_bytes(table) == working_files.xlsx_bytes(table)


def test_a_table_lacks_nothing_that_the_files_have() -> None:
    """A long table leaves out rows with nobody, and says so; the files have them."""
    table = exact(new_question(by=("county", "age_group"), first="2010"), living(_180=20, _127=3))
    page = working_layout.laid_out(table)
    assert page.is_shortened
    assert len(working_files.csv_bytes(table).splitlines()) == len(table.numbers) + 2


@pytest.fixture
def taken() -> Snapshot:
    """Thirty are counted at one association, and three at another."""
    for women, men in ((14, 16), (3, 0)):
        counted = factories.intervention(method="numbers_only")
        interventions.count_heads(actor=OPERATOR, intervention=counted, year=2020, women=women, men=men)
    return snapshot_actions.take(actor=OPERATOR, as_of=date(2021, 3, 31))


@pytest.fixture
def anna(db: None) -> Actor:
    return factories.actor(factories.user(None, Role.NATIONAL_ANALYST))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")
    monkeypatch.setattr(writer, "xlsx_bytes", lambda publication: b"PK")


def heads(*by: str) -> Question:
    return Question.of("heads", by, {}, "2020", "2020")


def counted_in_background() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home")
def test_asking_leaves_a_row_and_no_figure(anna: Actor, taken: Snapshot) -> None:
    row = background_actions.request_free_answer(actor=anna, question=heads("association"), snapshot=taken)
    assert (row.user_id, row.snapshot, row.asked_at) == (anna.user_id, taken, anna.at)
    assert row.title == "Deltagare räknade utan personuppgifter efter förbund. 2020"
    assert row.refusal == ""
    assert "30" not in json.dumps([row.hidden, row.title])
    table = free_queries.free_table(actor=anna, row=row)
    assert sorted(numbers[1] or 0 for numbers in table.numbers.values()) == [3, 30, 33]
    hidden = {numbers[1] for _key, numbers, marks in table.rows() if marks[1]}
    assert 3 in hidden
    assert len(hidden) > 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home", "quick")
def test_what_would_be_hidden_is_what_the_edition_made_of_it_hides(anna: Actor, taken: Snapshot) -> None:
    report = REPORTS["national-annual"]
    other = factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
    first = edition_actions.compile_edition(actor=anna, report=report, year=2020, snapshot=taken)
    edition_actions.publish(actor=other, edition=edition_actions.review(actor=anna, edition=first))
    row = background_actions.request_free_answer(actor=anna, question=heads("association"), snapshot=taken)
    assert row.is_waiting
    counted_in_background()
    row.refresh_from_db()
    run = background_actions.request_special(actor=anna, row=row, title="Titel", purpose="Orsak", recipient="Alla")
    counted_in_background()
    run.refresh_from_db()
    assert (run.state, run.message) == ("done", "")
    (table,) = edition_queries.content(actor=anna, edition=Edition.objects.get(report="special")).tables
    hidden = {
        (tuple(map(written, key)), figure)
        for key, cells in table.cells.items()
        for figure, cell in zip(table.figures, cells, strict=True)
        if cell.status is Status.SUPPRESSED
    }
    assert {(tuple(key), figure) for key, figure in row.hidden or ()} == hidden
    assert hidden


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home", "quick")
def test_what_cannot_be_let_out_says_why_and_is_exact_all_the_same(anna: Actor, taken: Snapshot) -> None:
    other = factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
    report = REPORTS["national-annual"]
    first = edition_actions.compile_edition(actor=anna, report=report, year=2020, snapshot=taken)
    edition_actions.publish(actor=other, edition=edition_actions.review(actor=anna, edition=first))
    row = background_actions.request_free_answer(actor=anna, question=heads(), snapshot=taken)
    counted_in_background()
    row.refresh_from_db()
    assert "finns redan i" in row.refusal
    assert "national-annual-2020-1" in row.refusal
    with pytest.raises(ValidationError, match="finns redan i"):
        background_actions.request_special(actor=anna, row=row, title="Titel", purpose="Orsak", recipient="Alla")
    assert not Compilation.objects.filter(report="special").exists()
    assert free_queries.free_table(actor=anna, row=row).numbers["2020",] == (0, 33)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home")
def test_a_large_one_is_worked_out_in_the_background(
    anna: Actor, taken: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "AT_ONCE", 1)
    row = background_actions.request_free_answer(actor=anna, question=heads("association"), snapshot=taken)
    assert (row.is_waiting, row.hidden) == (True, None)
    assert free_queries.free_table(actor=anna, row=row).hidden is None
    counted_in_background()
    done = FreeQuestion.objects.get()
    assert done.hidden
    assert not done.refusal


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home")
def test_what_was_stopped_says_so(anna: Actor, taken: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "AT_ONCE", 1)
    row = background_actions.request_free_answer(actor=anna, question=heads("association"), snapshot=taken)
    background_actions.give_up(actor=OPERATOR)
    row.refresh_from_db()
    assert row.refusal == "Avbröts när servern stoppades. Ställ frågan en gång till."


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home")
def test_one_too_large_is_counted_or_refused(anna: Actor, taken: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_EXAMINED", 1)
    row = background_actions.request_free_answer(actor=anna, question=heads("association"), snapshot=taken)
    assert "kan inte lämnas ut" in row.refusal
    monkeypatch.setattr(rules, "MOST_COUNTED", 1)
    with pytest.raises(ValidationError, match="räknas på en gång"):
        background_actions.request_free_answer(actor=anna, question=heads("association"), snapshot=taken)
    assert FreeQuestion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home")
def test_an_answer_is_for_who_asked_and_the_rows_are_for_the_administrator(anna: Actor, taken: Snapshot) -> None:
    row = background_actions.request_free_answer(actor=anna, question=heads("association"), snapshot=taken)
    other = factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
    with pytest.raises(FreeQuestion.DoesNotExist):
        free_queries.free_question(actor=other, pk=row.pk)
    with pytest.raises(FreeQuestion.DoesNotExist):
        free_queries.free_table(actor=other, row=row)
    admin = factories.actor(factories.user(None, Role.SYSTEM_ADMIN))
    assert list(free_queries.all_free_questions(actor=admin)) == [row]
    with pytest.raises(PermissionDenied):
        free_queries.all_free_questions(actor=anna)


def test_only_the_national_analyst_counts_freely() -> None:
    assert [role for role, row in roles().items() if Permission.COUNT_FREELY in row.may] == [Role.NATIONAL_ANALYST]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("role", [role.value for role in roles() if role is not Role.NATIONAL_ANALYST])
def test_nobody_else_is_answered(anna: Actor, taken: Snapshot, role: str) -> None:
    row = background_actions.request_free_answer(actor=anna, question=heads("association"), snapshot=taken)
    who = factories.actor(factories.user(None, Role(role), where=factories.association()))
    about: Any = {"actor": who, "question": heads(), "snapshot": taken}
    for refused in (
        lambda: free_actions.count_freely(**about),
        lambda: background_actions.request_free_answer(**about),
        lambda: free_actions.examine(actor=who, row=row),
        lambda: free_queries.free_sizes(**about),
        lambda: free_queries.free_table(actor=who, row=row),
        lambda: free_queries.free_page(actor=who, row=row),
        lambda: free_queries.free_file(actor=who, row=row, kind="csv"),
        lambda: background_actions.request_special(actor=who, row=row, title="T", purpose="O", recipient="A"),
    ):
        with pytest.raises(PermissionDenied):
            refused()
