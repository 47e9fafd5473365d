"""The table builder: what may be asked, how answers are protected together, and how they are laid out."""

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from finsam.disclosure.attack.intervals import attack
from finsam.disclosure.cells import TOTAL, Cell, Rule, Status
from finsam.disclosure.refusal import UnprotectableError
from finsam.publications.blocks import AreaMap, Bars, Grid, Lines, Multiples, Pyramid, Transitions
from finsam.reports import labels
from finsam.reports.special import question as questions
from finsam.reports.special.question import Question
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import Identity, implied
from finsam.statistics.relations.web import links
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.table_builder import answering, choices
from finsam.table_builder.answer import Answer
from finsam.table_builder.answering import Tabulation
from finsam.table_builder.presentation import publication
from finsam.values.shares import THOUSANDS
from tests.disclosure.publications import is_wide
from tests.snapshots.populations import Population
from tests.tables import table, tables

LABELS = {"sex": {"women": {"sv": "kvinnor", "en": "women"}, "men": {"sv": "män", "en": "men"}}}
PLACES = "municipality | code | name | county_code\n180 | 0180 | Stockholm | 01\n127 | 0127 | Botkyrka | 01"


def snapshot(**texts):
    given = {"municipalities": PLACES, "associations": "association | number | name\n1 | 222000-0001 | Norra", **texts}
    return replace(tables(**given), labels=LABELS)


def population(women, men, **texts):
    """So many who began in 2020."""
    return snapshot(**Population().add(women, sex="women").add(men, sex="men").texts(), **texts)


def living(**persons):
    """So many women, each with a municipality, who began in 2020."""
    places = [place for place, many in persons.items() for _ in range(many)]
    lines = [f"{n} | {n} | women | {place[1:]} | 2020-03-01 |" for n, place in enumerate(places, start=1)]
    stays = "\n".join(["participation | person | sex | municipality | starts_on | ends_before", *lines])
    return snapshot(participations=stays)


def new_question(figure="persons_new", by=(), first="2020", last="2020", **where):
    return Question.of(figure, by, where, first, last)


def answer_to(question, found, before=(), older=None, published=()):
    beside = answering.Beside("now", before, ("then", older) if older else None, published)
    return answering.answer(question, found, beside, Rule())


def statuses(answer):
    return {key: row[0].status.value for key, row in answer.excerpt.cells.items()}


def blocks(answer):
    return publication(answer, "2021-01-31-0123456789ab", date(2021, 1, 31), "sv").blocks


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"figure": "invented"}, "figure", "finns inte"),
        ({"by": ("sex", "age_group", "county", "education")}, "by", "högst 3"),
        ({"figure": "interventions", "by": ("sex",)}, "by", "kan inte delas upp efter kön"),
        ({"figure": "interventions", "where": {"sex": "men"}}, "filters", "kan inte delas upp"),
        ({"by": ("sex",), "where": {"sex": "men"}}, "filters", "antingen att dela upp"),
        ({"by": ("at_once", "stay_number")}, "by", "båda på en gång kan inte skyddas"),
        ({"by": ("at_once",), "where": {"stay_number": "2"}}, "by", "insatser samtidigt, vilken gång i ordningen"),
        ({"first": "2021"}, "last", "ligger före"),
        ({"first": "2020K1"}, "last", "kvartal i båda"),
        ({"figure": "heads", "first": "2020K1", "last": "2020K2"}, "first", "bara för hela år"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(change, field, sentence):
    facts = {"figure": "persons_new", "by": (), "where": {}, "first": "2020", "last": "2020"} | change
    with pytest.raises(ValidationError) as refusal:
        Question.of(**facts)
    assert list(refusal.value.message_dict) == [field]
    assert sentence in refusal.value.message_dict[field][0]


def test_the_same_question_is_written_in_one_way():
    one = Question.of("persons_new", ("sex", "county"), {"support": "none", "education": "compulsory"}, "2020", "2020")
    other = Question.of(
        "persons_new", ("county", "sex"), {"education": "compulsory", "support": "none"}, "2020", "2020"
    )
    assert one.key == other.key
    assert Question.read(one.facts()) == one


def test_every_figure_that_is_a_table_of_counts_has_its_words():
    """What is counted in classes is the same counts as by occupation; days and months are no table of cells."""
    named = set(questions.ASKED)
    assert {key for key in FIGURES if key not in named} == {
        "persons_classes",
        "participations_classes",
        "days_in_intervention",
        "months_in_support",
    }
    counts = {count for key in named for count in FIGURES[key].counts}
    assert all(labels.figure_words(name) for name in named)
    assert {*DIMENSIONS, "period", *counts} <= {name for name, words in labels.headings().items() if words}


def test_only_periods_that_have_ended_are_offered():
    assert choices.years(date(2021, 1, 31))[0] == ("2020", "2020")
    assert choices.years(date(2020, 12, 31))[0] == ("2020", "2020")
    assert choices.quarters(date(2021, 3, 30))[0] == ("2020K4", "2020K4")
    assert choices.quarters(date(2021, 3, 31))[0] == ("2021K1", "2021K1")


def test_the_size_is_told_before_anyone_is_counted():
    tabulation = Tabulation(new_question(by=("sex",), first="2019"), population(6, 7))
    assert (tabulation.excerpt_size, tabulation.size) == (6, 6)


def test_what_a_filter_leaves_out_is_protected_with_the_rest():
    """Twenty women of twenty-three persons: without the women the three men could be had by subtracting."""
    found = population(20, 3)
    women = answer_to(new_question(sex="women"), found)
    assert women.question.by == ()
    assert women.table.dimensions == ("period", "sex")
    assert women.excerpt.dimensions == ("period",)
    everyone = answer_to(new_question(), found, [women])
    shown = {women.excerpt.cells["2020",][0].status, everyone.excerpt.cells["2020",][0].status}
    assert Status.SUPPRESSED in shown


def test_answers_in_a_row_leave_no_small_number_to_be_worked_out():
    """Each question is harmless alone; the intruder has all the answers, and knows what adds up."""
    found = living(_180=20, _127=3)
    had: list[Answer] = []
    for question in (
        new_question(),
        new_question(municipality="0180"),
        new_question("persons_ongoing", by=("municipality",)),
        new_question("persons_ongoing", by=("county", "sex")),
        new_question("participations_new", by=("municipality",)),
        new_question("participants", by=("sex",)),
        new_question(by=("municipality",), sex="women"),
        new_question("persons_supports", by=("support",)),
        new_question("persons_ended", by=("support_after",)),
        new_question("persons_work_or_study", by=("municipality",)),
    ):
        had.append(answer_to(question, found, had))
    tables = [(answering.shape(answer), answer.table.cells, answer.rule) for answer in had]
    nothing = replace(answering.shape(had[0]), keys=())
    _own, known = links("table", nothing, tables, implied(found))
    shown = {place: int(cell.value) for place, cell in known.cells.items() if cell.value is not None}
    hidden = [place for place, cell in known.cells.items() if cell.status is Status.SUPPRESSED]
    assert hidden
    intervals = attack(shown, known.relations, hidden, known.present)
    assert all(is_wide(one, 5) for one in intervals.values())


def test_a_table_that_nothing_can_protect_is_refused_with_what_would_do():
    refusal = UnprotectableError(["table"], ("table", "sex"))
    assert "Utan uppdelning på kön går den att visa." in answering.refusal_sentence(refusal)
    assert "Välj andra perioder" in answering.refusal_sentence(UnprotectableError(["table"], None))


def test_an_answer_from_a_newer_snapshot_knows_the_older_one():
    before = answer_to(new_question(by=("sex",)), population(20, 3))
    after = answer_to(new_question(by=("sex",)), population(21, 3), older=before)
    assert statuses(before) == statuses(after)


def test_municipalities_of_a_county_are_protected_with_the_one_asked_for():
    found = living(_180=20, _127=2)
    one = answer_to(new_question(municipality="0180"), found)
    assert one.table.dimensions == ("period", "municipality")
    assert one.where == {"county": "01"}


def test_an_answer_is_kept_and_read_back():
    answer = answer_to(new_question(by=("sex",)), population(20, 30))
    assert Answer.read(answer.question, answer.facts()) == answer


def test_things_are_counted_without_protection():
    answer = answer_to(new_question("interventions", ("association",)), population(1, 1))
    assert statuses(answer) == {("2020", "222000-0001"): "ok", ("2020", TOTAL): "ok"}


def test_a_table_has_its_sexes_across_and_its_periods_down():
    answer = answer_to(new_question(by=("sex",), first="2019"), population(20, 30))
    bars, grid = blocks(answer)
    assert isinstance(bars, Bars)
    assert isinstance(grid, Grid)
    assert (grid.corner, grid.columns) == ("Period", ("Kvinnor", "Män", "Totalt"))
    assert [(row.header, [cell.value for cell in row.cells]) for row in grid.rows] == [
        ("2019", [0, 0, 0]),
        ("2020", [20, 30, 50]),
    ]
    assert [series.role for series in bars.series] == ["women", "men"]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ({"first": "2018K1", "last": "2020K4"}, Lines),
        ({"by": ("age_group", "sex")}, Pyramid),
        ({"by": ("county",)}, AreaMap),
        ({"by": ("age_group",), "first": "2019"}, Multiples),
        ({"by": ("support",)}, Bars),
        ({"figure": "persons_occupations", "by": ("occupation",)}, Bars),
        ({"figure": "participations_ended", "by": ("occupation", "occupation_after")}, Transitions),
    ],
)
def test_the_diagram_suits_the_question(question, kind):
    found = many() if "figure" in question else living(_180=20, _127=30)
    assert isinstance(blocks(answer_to(new_question(**question), found))[0], kind)


def test_nobody_is_no_diagram():
    [grid] = blocks(answer_to(new_question("persons_ended", by=("sex",)), population(20, 30)))
    assert isinstance(grid, Grid)


def test_rows_with_nobody_are_left_out_of_a_long_table_and_stand_in_its_files():
    lines = "\n".join(f"{code} | {code:04} | Kommun {code} | 25" for code in range(2501, 2560))
    found = replace(living(_180=20, _127=30), municipalities=table("municipalities", f"{PLACES}\n{lines}"))
    answer = answer_to(new_question(by=("municipality",)), found)
    grid = blocks(answer)[-1]
    assert [row.header for row in grid.rows] == ["Botkyrka", "Stockholm", "Totalt"]
    assert "utelämnade" in grid.note
    assert len(answer.excerpt.cells) == 62


def test_an_association_sees_the_municipalities_it_covers_on_its_map():
    coverage = "association | municipality | first_day\n1 | 127 | 2019-01-01"
    found = replace(living(_180=20, _127=30), coverage=table("coverage", coverage))
    drawn = blocks(answer_to(new_question(by=("municipality",), association="222000-0001"), found))[0]
    assert [area.label for area in drawn.areas] == ["Botkyrka"]


def test_the_sentence_says_the_newest_whole_and_how_it_moved():
    found = publication(
        answer_to(new_question(first="2019"), population(20, 30)), "2021-01-31-0123456789ab", date(2021, 1, 31), "sv"
    )
    assert found.title == "Nya deltagare. 2019–2020"
    assert found.lead.startswith(
        "50 personer började i en individinriktad insats under 2020. Antalet har ökat från noll sedan 2019."
    )


def test_a_filter_stands_in_the_title_and_english_is_english():
    answer = answer_to(new_question(sex="women"), population(2000, 3000))
    sv, en = (publication(answer, "2021-01-31-0123456789ab", date(2021, 1, 31), language) for language in ("sv", "en"))
    assert sv.title == "Nya deltagare. Kvinnor, 2020"
    assert f"2{THOUSANDS['en']}000" in en.lead


def many(seed=1, persons=120):
    """People in two associations, with several stays, supports and places."""
    drawn = random.Random(seed)
    stays, supports = [], []
    for number in range(1, persons * 2 + 1):
        began, days = date(2019, 1, 1) + timedelta(drawn.randrange(730)), drawn.randrange(30, 400)
        facts = [drawn.randint(1, 2), drawn.choice(["women", "men"]), drawn.choice([180, 127]), began]
        work = drawn.choice(["work", "other"])
        stays.append(
            " | ".join(map(str, [number, number % persons, *facts, began + timedelta(days), "other", work, 1980]))
        )
        for moment in ("start", "end"):
            chosen = drawn.sample(["none", "sickness_cash_benefit", "social_assistance"], drawn.choice([1, 1, 2]))
            supports += [f"{number} | {moment} | {support}" for support in chosen]
    columns = "participation | person | intervention | sex | municipality | starts_on | ends_before"
    return snapshot(
        participations="\n".join([f"{columns} | occupation_at_start | occupation_at_end | birth_year", *stays]),
        supports="\n".join(["participation | moment | support", *supports]),
        interventions="intervention | association | direction\n1 | 1 | preparatory\n2 | 2 | preventive",
        associations="association | number | name\n1 | 222000-0001 | Norra\n2 | 222000-0002 | Södra",
        head_counts="intervention | year | source | women | men\n1 | 2020 | anonymous | 9 | 4",
    )


def test_what_is_said_to_hold_between_answers_holds():
    """The same exact counts asked for in many ways: equal where they are the same, and every relation true."""
    found, years = many(), {"first": "2019", "last": "2020"}
    question = [
        new_question(by=("sex", "municipality"), **years),
        new_question("persons_ongoing", by=("county",), **years),
        new_question("persons_ongoing", by=("municipality",), sex="women"),
        new_question("persons_ongoing", by=("association", "support")),
        new_question("persons_ended", by=("support", "support_after"), **years),
        new_question("persons_ended", by=("association",), first="2020K1", last="2020K4"),
        new_question("persons_supports", by=("support", "sex")),
        new_question("persons_supports", by=("sex",), support="none"),
        new_question("persons_occupations", by=("occupation",), support="none"),
        new_question("persons_work_or_study", by=("support_after", "association")),
        new_question("participations_ended", by=("occupation", "occupation_after")),
        new_question("participations_occupations", by=("support",), association="222000-0002"),
        new_question("participations_new", by=("intervention",), first="2020K1", last="2020K4"),
        new_question("participations_new", by=("direction", "association")),
        new_question("participants", by=("sex", "association")),
        new_question("heads", by=("sex",)),
        new_question("planned_and_actual", by=("association",)),
    ]
    held = []
    for one in question:
        tabulation = Tabulation(one, found)
        counts = tabulation.counts()
        shape = tabulation.shape(counts)
        held.append((shape, {key: tuple(map(Cell, row)) for key, row in counts.cells.items()}, Rule()))
    names, seen = implied(found), dict[Identity, Cell]()
    for shape, cells, _rule in held:
        for identity, key, at in shape.cells(names):
            assert seen.setdefault(identity, cells[key][at]) == cells[key][at]
    _own, known = links("table", replace(held[0][0], keys=()), held, names)
    assert len(known.relations) > 300
    for relation in known.relations:
        values = [factor * int(known.cells[cell].value or 0) for factor, cell in relation.terms]
        result = sum(values) - relation.constant
        assert result >= 0
        assert relation.at_least or not result
