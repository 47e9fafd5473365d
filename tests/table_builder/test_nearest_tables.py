"""Which open table a question that was saved before goes to, and what it says when it goes to none."""

from importlib import import_module
from itertools import combinations
from typing import Any
from urllib.parse import parse_qsl

import pytest

from finsam.reports.labels import dimension_words, figure_words
from finsam.statistics.figures.registry import FIGURES
from finsam.table_builder.open_choice import Choice
from tests.table_builder.cubes import asked, cube, declared

moving: Any = import_module("finsam.table_builder.migrations.0004_bookmarks")
PLACE = {"association": "222000-0001"}
SPLIT = ("sex", "age_group", "county", "association", "support", "end_reason")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (asked("persons_new", ("sex",)), "persons_nation?rows=sex&columns=measure&year=2020"),
        (
            asked("persons_new", ("age_group", "sex"), "2016", "2020"),
            "persons_nation?rows=age_group&columns=year&under=sex&measure=new",
        ),
        (asked("persons_new", ("county",)), "persons_counties?rows=county&columns=measure&year=2020"),
        (
            asked("persons_ongoing", (), "2016", "2020", **PLACE),
            "persons_associations?rows=year&columns=measure&place=222000-0001",
        ),
        (
            asked("persons_ongoing", ("sex",), municipality="0180"),
            "persons_municipalities?rows=sex&columns=year&measure=persons&place=0180",
        ),
        (
            asked("participations_new", ("association",), "2020K1", "2020K4"),
            "stays_quarters?rows=association&columns=quarter&year=2020&measure=new",
        ),
        (
            asked("participations_new", ("association",)),
            "stays_quarters?rows=association&columns=quarter&year=2020&measure=new",
        ),
        (
            asked("persons_new", ("age_group", "county")),  # in fewer bands than were asked for
            "persons_counties?rows=age_band&columns=county&year=2020&measure=new",
        ),
        (
            asked("participations_ended", ("end_reason",)),
            "reasons_nation?rows=end_reason&columns=year&measure=participations",
        ),
        (
            asked("participations_supports", ("support",), sex="women"),
            "supports_nation?rows=support&columns=sex&under=measure&year=2020",
        ),
        (asked("heads", ("association",)), "registered_associations?rows=association&columns=measure&year=2020"),
    ],
)
def test_a_question_goes_to_the_nearest_table(question: dict[str, Any], expected: str) -> None:
    name, _, choice = expected.partition("?")
    assert moving.nearest(question) == (name, dict(parse_qsl(choice)))


@pytest.mark.parametrize(
    "question",
    [
        asked("persons_new", education="compulsory"),  # others' figures would be no answer
        asked("participants", ("sex",), municipality="0180"),
        asked("persons_new", ("method",)),
        asked("persons_supports", ("support",)),
        asked("structural_heads"),
    ],
)
def test_a_question_that_no_table_answers_is_gone(question: dict[str, Any]) -> None:
    assert moving.nearest(question) is None


def test_what_a_question_is_moved_to_is_a_view_that_the_table_has() -> None:
    moved = 0
    for figure in moving.FIGURES:
        for many in range(4):
            for by in combinations(SPLIT, many):
                for first in ("2016", "2020", "2020K1"):
                    for where in ({}, PLACE) if "association" not in by else ({},):
                        last = "2020K4" if "K" in first else "2020"
                        if found := moving.nearest(asked(figure, by, first, last, **where)):
                            name, choice = found
                            assert Choice.of(cube(name, **where), choice).place == choice.get("place", "")
                            moved += 1
    assert moved > 300


def test_the_tables_of_then_are_there_still() -> None:
    """Names of tables, dimensions and columns are permanent: so the views that were moved are."""
    for name, (by, columns, by_quarter) in moving.TABLES.items():
        now = declared(name)
        assert (set(by), by_quarter) == (set(now.by), now.by_quarter)
        assert columns.keys() <= now.columns.keys()


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (asked("persons_new"), "Nya deltagare. 2020"),
        (asked("interventions", ("party", "method")), "Insatser efter registreringssätt och utförande part. 2020"),
        (
            asked("persons_new", (), "2019", "2020", education="compulsory"),
            "Nya deltagare, en del av utbildning. 2019–2020",
        ),
    ],
)
def test_what_is_gone_says_what_it_was(question: dict[str, Any], words: str) -> None:
    assert moving.told(question) == words


def test_it_says_so_in_the_words_of_the_figures() -> None:
    assert {name: figure_words(name) for name, one in FIGURES.items() if one.words} == moving.FIGURES
    assert moving.DIMENSIONS.items() <= {name: dimension_words(name).lower() for name in moving.DIMENSIONS}.items()
