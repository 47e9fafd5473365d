"""Every figure agrees with its naive reference, on hundreds of small populations at once."""

from collections.abc import Mapping, Sequence
from functools import cache, partial

import pytest

from finsam.statistics import participation
from finsam.statistics.figures import FIGURES
from finsam.statistics.periods import Periods
from finsam.statistics.tables import Tables
from tests.statistics.naive import durations, interventions, outcomes, people
from tests.statistics.naive.days import STRUCTURAL, Where
from tests.statistics.populations import QUARTERS, YEARS, Reference, assert_agrees, batch

MANY, VERY_MANY = 200, 5_000
REFERENCES: Mapping[str, Reference] = {
    **{f"persons_{flow}": partial(people.persons, flow=flow) for flow in ("ongoing", "new", "ended")},
    **{f"participations_{flow}": partial(people.participations, flow=flow) for flow in ("ongoing", "new", "ended")},
    **{
        f"{unit}_{key}": partial(outcomes.compared, unit=unit, what=what, folds=key == "classes")
        for unit in ("persons", "participations")
        for key, what in (("supports", "support"), ("occupations", "occupation"), ("classes", "occupation"))
    },
    **{f"{unit}_work_or_study": partial(outcomes.work_or_study, unit=unit) for unit in ("persons", "participations")},
    "days_in_intervention": durations.days_in_intervention,
    "months_in_support": partial(durations.months_in_support, flow="new"),
    "heads": interventions.heads,
    "structural_heads": partial(interventions.heads, kind=STRUCTURAL),
    "participants": interventions.participants,
    "planned_and_actual": interventions.planned_and_actual,
    "interventions": interventions.interventions,
    "associations": interventions.associations,
}
# Some dimensions together, and filters on one that is shown and on one that is not; each figure takes what it allows.
TOGETHER: Sequence[tuple[tuple[str, ...], Where]] = (
    (("sex", "age_group"), {}),
    (("support", "need_group"), {"support": {1, 2}}),
    (("sex",), {"target_group": {1, 2}, "kind": {1}}),
    (("association",), {"direction": {1, 3}}),
    (("target_group", "party"), {"association_county": {1}}),
    (("education",), {"sex": {1}, "county": {1, 9}}),
    ((), {"support": {1, 3}}),
    ((), {"direction": set()}),
)


@cache
def tables(size: int) -> Tables:
    """The populations as tables, made once."""
    return batch(size).tables()


def compare(
    key: str, size: int, *, periods: Periods = YEARS, by: Sequence[str] = (), where: Where | None = None
) -> None:
    """Compare one figure with its reference."""
    figure = FIGURES[key]
    if {*by, *(where or {})} <= set(figure.dimensions):
        assert_agrees(
            figure.count, REFERENCES[key], batch(size), tables=tables(size), counts=figure.counts, periods=periods,
            by=by, where=where or {}, always=figure.always,
        )  # fmt: skip


def compare_all(key: str, size: int) -> None:
    """Compare a figure by each dimension, by some together with filters, and by quarter."""
    for name in FIGURES[key].dimensions:
        compare(key, size, by=(name,))
    for by, where in TOGETHER:
        compare(key, size, by=by, where=where)
        if FIGURES[key].quarters:
            compare(key, size, by=by, where=where, periods=QUARTERS)
    if FIGURES[key].quarters:
        for name in ("municipality", "stay_number", "at_once", "support_after"):
            compare(key, size, by=(name,), periods=QUARTERS)


@pytest.mark.parametrize("key", REFERENCES)
def test_a_figure_agrees_with_its_reference_on_two_hundred_populations(key: str) -> None:
    compare_all(key, MANY)


@pytest.mark.slow
@pytest.mark.parametrize("key", REFERENCES)
def test_a_figure_agrees_with_its_reference_on_five_thousand_populations(key: str) -> None:
    compare_all(key, VERY_MANY)


@pytest.mark.parametrize("flow", ["ongoing", "new", "ended"])
@pytest.mark.parametrize("by", [(), ("sex", "county"), ("age_group", "municipality"), ("region", "education")])
def test_persons_laid_out_by_year_give_what_their_stays_give(flow: str, by: Sequence[str]) -> None:
    figure, reference = (partial(count, flow=flow) for count in (participation.persons, people.persons))
    assert_agrees(
        figure, reference, batch(MANY), tables=tables(MANY), counts=["persons"], by=by, where={"sex": {1, 2}},
        of_person=True,
    )  # fmt: skip


def test_every_figure_has_a_reference() -> None:
    assert REFERENCES.keys() == FIGURES.keys()


def test_women_and_men_are_all_persons_whatever_was_corrected() -> None:
    def number(by: Sequence[str]) -> list[tuple[int, int]]:
        figure = FIGURES["persons_ongoing"].count(tables=tables(MANY), periods=YEARS, by=by)
        return [(row["period"], row["persons"]) for row in figure.to_pyarrow().to_pylist()]

    for year in YEARS.numbers:
        women_and_men = [persons for period, persons in number(["sex"]) if period == year]
        assert len(women_and_men) == 2
        assert [(year, sum(women_and_men))] == [row for row in number([]) if row[0] == year]


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("persons_new", partial(people.persons, flow="ongoing")),
        ("persons_ongoing", partial(people.participations, flow="ongoing")),
        ("heads", partial(interventions.heads, kind=STRUCTURAL)),
        ("interventions", interventions.associations),
    ],
)
def test_the_comparison_finds_a_wrong_figure(key: str, wrong: Reference) -> None:
    figure = FIGURES[key]
    with pytest.raises(AssertionError, match="population"):
        assert_agrees(figure.count, wrong, batch(MANY), tables=tables(MANY), counts=figure.counts)
