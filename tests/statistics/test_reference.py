"""Every figure agrees with its naive reference, on hundreds of small populations at once."""

from collections.abc import Mapping, Sequence
from functools import cache, partial

import pytest

from finsam.statistics.figures import participation
from finsam.statistics.figures.interventions import facts
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables import person_years
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from tests.statistics.naive import durations, interventions, outcomes, people
from tests.statistics.naive.days import STRUCTURAL, Where
from tests.statistics.populations import QUARTERS, YEARS, Reference, assert_agrees, batch
from tests.tables import CODES

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
    (("support", "need_group"), {"support": {1, 2}}),
    (("sex",), {"target_group": {1, 2}, "kind": {1}}),
    (("target_group", "association"), {"association_county": {1}, "direction": {1, 3}}),
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


def compare_all(key: str, size: int, *, at_a_time: int) -> None:
    """Compare a figure by some dimensions at a time, by others together with filters, and by quarter."""
    dimensions = FIGURES[key].dimensions
    for first in range(0, len(dimensions), at_a_time):
        compare(key, size, by=dimensions[first : first + at_a_time])
    for by, where in TOGETHER:
        compare(key, size, by=by, where=where)
    if FIGURES[key].quarters:
        for by, where in (TOGETHER[0], (("municipality", "stay_number"), {}), (("at_once", "support_after"), {})):
            compare(key, size, by=by, where=where, periods=QUARTERS)


@pytest.mark.parametrize("key", REFERENCES)
def test_a_figure_agrees_with_its_reference_on_two_hundred_populations(key: str) -> None:
    compare_all(key, MANY, at_a_time=4)


@pytest.mark.slow
@pytest.mark.parametrize("key", REFERENCES)
def test_a_figure_agrees_with_its_reference_on_five_thousand_populations(key: str) -> None:
    compare_all(key, VERY_MANY, at_a_time=1)


@pytest.mark.parametrize("flow", ["ongoing", "new", "ended"])
@pytest.mark.parametrize("by", [(), ("sex", "county"), ("age_group", "municipality"), ("region", "education")])
def test_persons_laid_out_by_year_give_what_their_stays_give(flow: str, by: Sequence[str]) -> None:
    figure, reference = (partial(count, flow=flow) for count in (participation.persons, people.persons))
    assert_agrees(
        figure, reference, batch(MANY), tables=tables(MANY), counts=["persons"], by=by, where={"sex": {1, 2}},
        of_person=True,
    )  # fmt: skip


@pytest.mark.parametrize("flow", participation.FLOWS)
def test_persons_by_group_of_supports_are_those_with_any_of_its_supports(flow: str) -> None:
    found = participation.by_support_group(tables=tables(MANY), periods=YEARS).to_pyarrow().to_pylist()
    for group, codes in participation.SUPPORT_GROUPS.items():
        where = {"support": {CODES["support"][code] for code in codes}}
        expected = people.persons(batch(MANY).rows, YEARS, ["sex"], where, flow=flow)
        counts = {(row["period"], row["sex"]): (row[f"{group}_{flow}"],) for row in found if row[f"{group}_{flow}"]}
        assert counts == expected


@pytest.mark.parametrize("flow", participation.FLOWS)
def test_persons_by_need_group_of_both_flows_at_once_are_those_of_each(flow: str) -> None:
    found = person_years.need_years(tables=tables(MANY), periods=YEARS).to_pyarrow().to_pylist()
    counts = {(row["period"], row["need_group"], row["sex"]): (row[flow],) for row in found if row[flow]}
    assert counts == people.persons(batch(MANY).rows, YEARS, ["need_group", "sex"], {}, flow=flow)


def test_the_facts_of_interventions_are_the_figures_by_intervention() -> None:
    rows, by = batch(MANY).rows, ("intervention",)
    parts = [partial(count, kind=kind) for count in (interventions.planned, interventions.heads) for kind in (1, 2)]
    plans, structural_plans, heads, structural_heads = (part(rows, YEARS, by) for part in parts)
    persons = people.persons(rows, YEARS, by, flow="ongoing")
    found = facts(tables=tables(MANY), periods=YEARS).to_pyarrow().to_pylist()
    assert {(row["period"], row["intervention"]) for row in found} == set(interventions.interventions(rows, YEARS, by))
    for row in found:
        cell = (row["period"], row["intervention"])
        assert (row["planned"],) == (plans | structural_plans).get(cell, (None,))
        assert (row["identified"],) == persons.get(cell, (0,))
        assert (row["anonymous"], row["volume"]) == (heads | structural_heads).get(cell, (0, 0))


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
