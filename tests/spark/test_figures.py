"""Every figure gives the same rows on Spark as on DuckDB, and those of its naive reference."""

from collections.abc import Sequence
from functools import partial
from types import SimpleNamespace

import pytest

from finsam.snapshots import engines
from finsam.statistics.figures import participation
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables import person_years
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from tests.statistics.naive import people
from tests.statistics.naive.days import Where
from tests.statistics.populations import QUARTERS, YEARS, assert_agrees, batch
from tests.statistics.test_reference import MANY, REFERENCES, TOGETHER, VERY_MANY

FIVE = ("persons_ongoing", "persons_supports", "days_in_intervention", "participants", "interventions")
Asked = tuple[Sequence[str], Where, Periods]


def asked(key: str, *, dimensions: bool) -> list[Asked]:
    """How a figure is asked for: by all of its dimensions, a few at a time, by some with filters, and by quarter."""
    figure = FIGURES[key]
    found: list[Asked] = [((), {}, YEARS), (("sex",), {}, YEARS)]
    if dimensions:
        found += [(figure.dimensions[first : first + 3], {}, YEARS) for first in range(0, len(figure.dimensions), 3)]
    found += [(by, where, YEARS) for by, where in (TOGETHER if dimensions else TOGETHER[:3])]
    if figure.quarters:
        found += [(*TOGETHER[0], QUARTERS)]
    return [(by, where, periods) for by, where, periods in found if {*by, *where} <= set(figure.dimensions)]


def rows(key: str, tables: Tables, one: Asked) -> list[str]:
    """The rows of a figure in an order of our own; the types count too."""
    by, where, periods = one
    return sorted(map(repr, engines.rows(FIGURES[key].count(tables=tables, periods=periods, by=by, where=where))))


def compare(key: str, size: int, on: SimpleNamespace, *, dimensions: bool) -> None:
    """Compare a figure on Spark with the same on DuckDB, and with its reference population by population.

    The reference is what counts; that nothing else differs, the types either, one question of a figure shows.
    """
    figure, every = FIGURES[key], asked(key, dimensions=dimensions)
    for one in every if dimensions else every[1:2]:
        assert rows(key, on.spark(size), one) == rows(key, on.duckdb(size), one), f"{key} by {one[0]}, where {one[1]}"
    for by, where, periods in every:
        assert_agrees(
            figure.count, REFERENCES[key], batch(size), tables=on.spark(size), counts=figure.counts, periods=periods,
            by=by, where=where, always=figure.always, fetch=engines.rows,
        )  # fmt: skip


@pytest.fixture
def on(in_duckdb, in_spark) -> SimpleNamespace:
    """The tables of a number of populations on both engines."""
    return SimpleNamespace(duckdb=in_duckdb, spark=in_spark)


@pytest.mark.parametrize("key", FIVE)
def test_five_figures_are_the_same_on_both_engines_for_two_hundred_populations(key: str, on: SimpleNamespace) -> None:
    compare(key, MANY, on, dimensions=False)


@pytest.mark.slow
@pytest.mark.parametrize("key", FIGURES)
def test_every_figure_is_the_same_on_both_engines_for_five_thousand_populations(key: str, on: SimpleNamespace) -> None:
    compare(key, VERY_MANY, on, dimensions=True)


def test_persons_laid_out_by_year_are_the_same_on_both_engines(on: SimpleNamespace) -> None:
    assert_agrees(
        partial(participation.persons, flow="new"), partial(people.persons, flow="new"), batch(MANY),
        tables=on.spark(MANY), counts=["persons"], by=("sex", "county"), fetch=engines.rows, of_person=True,
    )  # fmt: skip
    for count in (participation.by_support_group, person_years.need_years):
        found = [
            sorted(map(repr, engines.rows(count(tables=tables, periods=YEARS))))
            for tables in (on.spark(MANY), on.duckdb(MANY))
        ]
        assert found[0] == found[1] != []
