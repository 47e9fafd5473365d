"""Questions to a snapshot: what may be asked, what is counted with it, and what is known to hold between tables."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from finsam.disclosure.relations import Address
from finsam.reports import labels
from finsam.reports.special import question as questions
from finsam.reports.special.counting import Counting
from finsam.reports.special.question import Question
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import implied
from finsam.statistics.relations.web import Web
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.table_builder import choices
from tests.relations.addresses import address
from tests.table_builder.populations import living, many, new_question, population


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
    assert all(labels.column_words(name) for name in counts)
    assert all(labels.dimension_words(name) for name in (*DIMENSIONS, "period"))


def test_only_periods_that_have_ended_are_offered():
    assert choices.years(date(2021, 1, 31))[0] == ("2020", "2020")
    assert choices.years(date(2020, 12, 31))[0] == ("2020", "2020")
    assert choices.quarters(date(2021, 3, 30))[0] == ("2020K4", "2020K4")
    assert choices.quarters(date(2021, 3, 31))[0] == ("2021K1", "2021K1")


def test_the_size_is_told_before_anyone_is_counted():
    counting = Counting(new_question(by=("sex",), first="2019"), population(6, 7))
    assert (counting.excerpt_size, counting.size) == (6, 6)


def test_municipalities_of_a_county_are_counted_with_the_one_asked_for():
    counting = Counting(new_question(municipality="0180"), living(_180=20, _127=2))
    assert counting.counts().dimensions == ("period", "municipality")
    assert counting.filters == {"county": "01"}


def test_what_is_said_to_hold_between_tables_holds():
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
    web, values = Web(implied(found)), dict[Address, int]()
    for one in question:
        counting = Counting(one, found)
        counts = counting.counts()
        shape = counting.shape(counts)
        web.tables.append(shape)
        for identity, key, at in shape.cells(web.implied):
            place = web.places.setdefault(identity, address(identity))
            number = int(counts.cells[key][at] or 0)
            assert values.setdefault(place, number) == number
    relations = list(web.relations())
    assert len(relations) > 300
    for relation in relations:
        result = sum(factor * values[cell] for factor, cell in relation.terms) - relation.constant
        assert result >= 0
        assert relation.at_least or not result
