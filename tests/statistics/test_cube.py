"""Any figure as a table with every cell and every margin."""

from collections.abc import Collection, Iterable, Mapping

import pytest

from finsam.disclosure.additivity import within
from finsam.disclosure.cells import Counts
from finsam.disclosure.relations import Relation
from finsam.statistics.figures.cube import Cube, Question
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import Code
from tests.statistics.populations import QUARTERS, YEARS, batch
from tests.tables import assert_found, tables, tables_without_persons

YEAR = Periods.years(2020)


def cube(figure: str, *by: str, given: Tables, where: Mapping[str, Collection[int]] | None = None) -> Cube:
    """Ask for a figure in 2020."""
    return Cube(Question(FIGURES[figure], YEAR, by, where or {}), given)


def rows(counts: Counts) -> Iterable[dict[str, Code | int | None]]:
    """Write a table of counts as rows; a code that is a number stays text."""
    for key, values in counts.cells.items():
        yield dict(zip(counts.dimensions, key, strict=True)) | dict(zip(counts.figures, values, strict=True))


PLACES = """
    municipality | code | county_code
    1            | 0180 | 01
    2            | 0980 | 09
    3            | 1480 | 14
"""


def test_every_cell_is_there_and_every_margin() -> None:
    given = tables(
        municipalities=PLACES,
        participations="""
            participation | person | sex   | municipality | starts_on
            1             | 1      | women | 1            | 2020-02-01
            2             | 1      | women | 3            | 2020-03-01
            3             | 2      | men   | 3            | 2020-03-01
        """,
    )
    assert_found(
        rows(cube("persons_new", "region", "sex", given=given).counts("new")),
        expect="""
            period | region | sex   | persons
            2020   | 01     | women | 0
            2020   | 01     | men   | 0
            2020   | 01     | total | 0
            2020   | 0980   | women | 0
            2020   | 0980   | men   | 0
            2020   | 0980   | total | 0
            2020   | 14     | women | 1
            2020   | 14     | men   | 1
            2020   | 14     | total | 2
            2020   | total  | women | 1
            2020   | total  | men   | 1
            2020   | total  | total | 2
        """,
    )


def test_a_total_counts_whoever_stands_in_several_parts_once() -> None:
    counts = cube(
        "persons_ongoing",
        "association",
        given=tables(
            associations="""
                association | number
                1           | 222000-0001
                2           | 222000-0002
            """,
            interventions="""
                intervention | association
                1            | 1
                2            | 2
            """,
            participations="""
                participation | person | intervention | starts_on
                1             | 1      | 1            | 2020-02-01
                2             | 1      | 2            | 2020-03-01
                3             | 2      | 2            | 2020-03-01
            """,
        ),
    ).counts("ongoing")
    assert counts.additive == frozenset()
    assert_found(
        rows(counts),
        expect="""
            period | association | persons
            2020   | 222000-0001 | 1
            2020   | 222000-0002 | 2
            2020   | total       | 2
        """,
    )


def test_not_stated_stands_in_the_table_only_where_something_is_not_stated() -> None:
    given = {
        "supports": """
            participation | support
            1             | activity_compensation
        """,
        "participations": """
            participation | person | starts_on
            1             | 1      | 2020-02-01
        """,
    }
    asked = {"support": {1, 3}}
    assert_found(
        rows(cube("persons_new", "support", given=tables(**given), where=asked).counts("new")),
        expect="""
            period | support               | persons
            2020   | sickness_cash_benefit | 0
            2020   | activity_compensation | 1
            2020   | total                 | 1
        """,
    )
    assert_found(
        rows(cube("participations_new", "education", given=tables(**given)).counts("new")),
        expect="""
            period | education       | participations
            2020   | compulsory      | 0
            2020   | upper_secondary | 0
            2020   | not_stated      | 1
            2020   | total           | 1
        """,
    )


def test_a_filter_on_a_county_leaves_its_municipalities() -> None:
    given = tables(municipalities=PLACES)
    assert_found(
        rows(cube("persons_new", "municipality", given=given, where={"county": {1, 9}}).counts("new")),
        expect="""
            period | municipality | persons
            2020   | 0180         | 0
            2020   | 0980         | 0
            2020   | total        | 0
        """,
    )


def test_interventions_that_cannot_count_are_not_asked_after() -> None:
    given = tables(
        interventions="""
            intervention | kind       | direction   | starts_on  | ends_before
            1            | individual | preparatory | 2019-01-01 |
            2            | structural | training    | 2019-01-01 |
            3            | individual | preventive  | 2019-01-01 | 2020-01-01
        """
    )
    assert_found(
        rows(cube("persons_new", "intervention", given=given).counts("new")),
        expect="""
            period | intervention | persons
            2020   | 1            | 0
            2020   | total        | 0
        """,
    )
    assert_found(
        rows(cube("structural_heads", "direction", given=given).counts("heads")),
        expect="""
            period | direction                  | anonymous | volume
            2020   | dialogue_and_communication | 0         | 0
            2020   | training                   | 0         | 0
            2020   | mapping                    | 0         | 0
            2020   | other_structural           | 0         | 0
            2020   | total                      | 0         | 0
        """,
    )


def test_what_nobody_registered_is_empty_and_interventions_are_no_persons() -> None:
    counts = cube("participants", given=tables_without_persons()).counts("participants")
    assert counts.cells == {("2020",): (None, 0, 0, None)}
    assert not cube("interventions", given=tables()).counts("interventions").persons


def test_the_size_is_known_before_anybody_is_counted() -> None:
    asked = cube("persons_new", "county", "sex", given=tables(municipalities=PLACES))
    assert asked.size == len(asked.counts("new").cells) == 12


@pytest.mark.parametrize(
    ("figure", "by", "where", "periods"),
    [
        ("heads", ("municipality",), {}, YEAR),
        ("persons_new", (), {"height": {1}}, YEAR),
        ("persons_new", ("sex", "sex"), {}, YEAR),
        ("heads", (), {}, Periods.quarters("2020K1", "2020K1")),
    ],
)
def test_a_question_that_the_figure_does_not_answer_is_refused(
    figure: str, by: tuple[str, ...], where: dict[str, set[int]], periods: Periods
) -> None:
    with pytest.raises(ValueError, match=r"cannot be split|by year only"):
        Question(FIGURES[figure], periods, by, where)


def refused(asked: Question) -> list[Relation]:
    """Find what a table says of its sums that its cells do not bear out."""
    counts = Cube(asked, batch(200).tables()).counts("table")
    values = dict(counts.filled())
    over = {
        relation: sum(factor * values[cell] for factor, cell in relation.terms) - relation.constant
        for relation in within(counts)
    }
    return [relation for relation, more in over.items() if more < 0 or (more and not relation.at_least)]


@pytest.mark.parametrize(
    ("figure", "by", "where", "periods"),
    [
        ("persons_ongoing", ("sex", "county", "age_group"), {}, QUARTERS),
        ("persons_new", ("sex", "support"), {"county": {1, 9}}, YEARS),
        ("participations_ongoing", ("association", "need_group"), {}, QUARTERS),
        ("participants", ("sex", "target_group"), {"direction": {1, 2}}, YEARS),
        ("interventions", ("kind", "direction", "party"), {}, YEARS),
    ],
)
def test_what_a_table_says_adds_up_does(
    figure: str, by: tuple[str, ...], where: dict[str, set[int]], periods: Periods
) -> None:
    assert not refused(Question(FIGURES[figure], periods, by, where))


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key, figure in FIGURES.items() if not figure.always])
def test_what_every_figure_says_adds_up_in_a_dimension_does(key: str) -> None:
    for name in FIGURES[key].dimensions:
        assert not refused(Question(FIGURES[key], YEARS, (name,)))


def test_where_participants_was_left_out_every_cell_is_empty() -> None:
    given = tables_without_persons(municipalities=PLACES)
    assert_found(
        rows(cube("persons_ended", "region", "sex", given=given, where={"region": {1}}).counts("ended")),
        expect="""
            period | region | sex   | persons
            2020   | 01     | women |
            2020   | 01     | men   |
            2020   | 01     | total |
            2020   | total  | women |
            2020   | total  | men   |
            2020   | total  | total |
        """,
    )
