"""Every count of every figure says its own number: the sentences are read back and held against the cells they name."""

import re
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

import pytest
from django.utils.translation import override

from finsam.disclosure.cells import SUPPRESSED, Cell, Protected, Rule, Status
from finsam.publications.blocks import Bars, Multiples, Transitions
from finsam.publications.wording import counted
from finsam.reports.labels import column_words
from finsam.reports.special.question import ASKED, Question
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.validity import Validity
from finsam.table_builder.answer import Answer
from finsam.table_builder.answering import Tabulation
from finsam.table_builder.grid import Layout
from finsam.table_builder.presentation import publication, sentence
from finsam.values.keys import written
from finsam.values.sentences import Counted
from tests.table_builder.test_questions import answer_to, many, new_question
from tests.tables import table

COLUMNS = [(figure, count) for figure, facts in FIGURES.items() for count in facts.counts]
PLANS = table("plans", "intervention | year | participants\n1 | 2020 | 31\n2 | 2020 | 17")


def population():
    """Many people, heads of both sorts in both kinds of intervention, and plans: enough of each that it is shown."""
    found = many(persons=400)
    kinds = "intervention | association | kind | direction\n1 | 1 | individual | preparatory\n"
    heads = "intervention | year | source | women | men\n1 | 2020 | anonymous | 19 | 14\n1 | 2020 | volume | 8 | 9\n"
    return replace(
        found,
        plans=PLANS,
        interventions=table("interventions", f"{kinds}2 | 2 | individual | preventive\n3 | 1 | structural | training"),
        head_counts=table("head_counts", f"{heads}3 | 2020 | anonymous | 25 | 21\n3 | 2020 | volume | 12 | 10"),
    )


def drawn(answer: Answer) -> Any:
    """The first diagram of an answer."""
    return publication(answer, "2021-01-31-0123456789ab", date(2021, 1, 31), "sv").blocks[0]


def read_back(told: Counted, text: str) -> int | None:
    """The number that a text says by a sentence: 0, or what stands in its place; None where the text doesn't say it."""
    plain = text.replace("\u00a0", "")
    if told.none % {"period": "2020"} in plain:
        return 0
    for form in (told.one, told.many):
        pattern = re.escape(form % {"n": "§", "period": "2020"}).replace("§", r"(\d+)")
        if found := re.search(rf"(?:^|(?<= )){pattern}", plain):
            return int(found[1])
    return None


@pytest.mark.parametrize("figure", sorted(ASKED))
def test_every_sentence_of_a_figure_says_the_number_of_the_cell_it_names(figure):
    answer = answer_to(new_question(figure), population())
    said, layout = sentence(answer), Layout(answer)
    shown = 0
    for count, told in FIGURES[figure].columns.items():
        cell = layout.cell({"period": "2020"}, count)
        assert read_back(told, said) == cell.value, (count, said)
        shown += cell.status is Status.OK
    assert shown


def test_those_who_ended_and_those_in_work_are_two_numbers_in_two_sentences():
    answer = answer_to(new_question("persons_work_or_study"), population())
    ended, active = (int(Layout(answer).cell({"period": "2020"}, count).value or 0) for count in ("ended", "active"))
    assert ended > active > 0
    said = sentence(answer).replace("\u00a0", "")
    assert f"{ended} personer avslutade minst ett deltagande under 2020." in said
    assert f"{active} personer som avslutade arbetar eller studerar efter." in said


@pytest.mark.parametrize("by", [("sex",), ("age_group",), ("county",)])
def test_a_diagram_of_one_of_several_counts_bears_its_name_and_has_its_cells(by):
    answer = answer_to(new_question("participations_work_or_study", by=by, first="2019"), population())
    diagram = drawn(answer)
    assert diagram.title.startswith(column_words("active"))
    cells = {row[1] for row in answer.excerpt.cells.values()}
    if isinstance(diagram, Bars):
        assert {cell for series in diagram.series for cell in series.cells} <= cells
    elif isinstance(diagram, Multiples):
        assert {cell for panel in diagram.panels for line in panel.cells for cell in line} <= cells
    else:
        assert {area.cell for area in diagram.areas} <= cells


def test_the_ways_from_before_to_after_are_of_everyone_who_ended():
    answer = answer_to(new_question("participations_work_or_study", by=("support", "support_after")), population())
    diagram = drawn(answer)
    assert isinstance(diagram, Transitions)
    ended = answer.excerpt.figures.index("ended")
    assert {cell for row in diagram.flows for cell in row} <= {row[ended] for row in answer.excerpt.cells.values()}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("figure", "count"), COLUMNS)
def test_every_count_has_a_sentence_of_nobody_of_one_and_of_two(figure, count, language):
    with override(language):
        none, one, two = (counted(FIGURES[figure].columns[count], Cell(number), period="2020") for number in (0, 1, 2))
        hidden = counted(FIGURES[figure].columns[count], SUPPRESSED, period="2020")
    assert hidden == ""
    assert not re.search(r"\b0\b", none)
    assert re.search(r"(?i)\b(ingen|inget|nobody|no|none)\b", none), none
    assert re.search(r"\b1\b", one)
    assert re.search(r"\b2\b", two)
    assert not re.search(
        r"\b1 (personer|deltaganden|insatser|anonyma|avslutade|persons|participations|participants)\b", one
    )
    assert not re.search(
        r"\b2 (person|deltagande|insats|anonym|avslutat|participation|participant|intervention)\b", two
    )


def test_no_two_counts_of_a_figure_say_the_same():
    for figure, facts in FIGURES.items():
        said = list(chain.from_iterable(facts.columns.values()))
        forms = {form for told in facts.columns.values() for form in {*told}}
        assert len(forms) == sum(len({*told}) for told in facts.columns.values()), (figure, said)


def test_a_filter_is_said_before_the_numbers():
    assert sentence(answer_to(new_question(sex="women"), population())).startswith("Urval: Kvinnor. ")


def test_small_numbers_are_not_said_in_any_sentence():
    answer = answer_to(
        new_question("heads"),
        replace(
            population(),
            head_counts=table(
                "head_counts",
                "intervention | year | source | women | men\n1 | 2020 | anonymous | 2 | 1\n1 | 2020 | volume | 30 | 40",
            ),
        ),
    )
    said = sentence(answer)
    assert "anonym" not in said.partition("Deltagare i individ")[0]
    assert "70 deltagare räknades i volyminsatser under 2020." in said


def hollow(by, first, last, number, **where) -> Answer:
    """An answer of one number throughout, so that only the codes' days decide what is compared."""
    found = replace(
        many(persons=10),
        labels={},
        validity=Validity({"support": {"none": [(date(2019, 7, 1), None)]}}),
    )
    question = Question.of("persons_new", by, where, first, last)
    counts = Tabulation(question, found).counts()
    cells = {key: (Cell(number + int(written(key[0])[:4])),) for key in counts.cells}
    shown = Protected("table", counts.dimensions, counts.figures, cells, counts.additive, persons=True)
    return Tabulation(question, found).answer(shown, Rule())


@pytest.mark.parametrize(
    ("first", "last", "where", "is_told"),
    [
        ("2016", "2017", {"need_group": "young_with_disability"}, False),
        ("2017", "2018", {"need_group": "young_with_disability"}, True),
        ("2016", "2017", {"need_group": "long_term_sick"}, True),
        ("2019", "2020", {"support": "none"}, False),
        ("2020", "2021", {"support": "none"}, True),
        ("2019K2", "2019K3", {"support": "none"}, False),
        ("2019K3", "2019K4", {"support": "none"}, True),
        ("2019", "2020", {}, True),
    ],
)
def test_the_builder_tells_a_change_only_between_periods_in_which_the_code_was_in_force(first, last, where, is_told):
    answer = hollow((), first, last, 10, **where)
    assert (f"sedan {first}" in sentence(answer)) is is_told
    kept = Answer.read(answer.question, answer.facts())
    assert sentence(kept) == sentence(answer)
    older = {name: value for name, value in answer.facts().items() if name != "lacking"}
    assert f"sedan {first}" in sentence(Answer.read(answer.question, older))  # as it was kept before


def test_a_title_over_time_compares_no_group_with_a_year_before_it():
    def title(first: str, last: str) -> str:
        answer = hollow(("need_group",), first, last, 10)
        title: str = drawn(answer).title
        return title

    assert title("2017", "2018") == "Nya deltagare: fler än 2017 i alla grupper"
    assert title("2016", "2017") == "Nya deltagare"  # one of the groups is from 2017
