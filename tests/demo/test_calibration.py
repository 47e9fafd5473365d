"""The plan, counted by plain loops as it was known on 2021-01-31, gives back every published figure."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from finsam.demo.drawing.records import AS_OF, TODAY, Plan
from finsam.values.codes.need_groups import PRIORITISED
from tests.demo import counting
from tests.demo.counting import Cells

pytestmark = pytest.mark.once

REFERENCE = Path(__file__).parents[1] / "reference"


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


@pytest.mark.parametrize("row", rows("participants_2016_2020.csv"), ids=lambda row: "-".join(list(row.values())[:3]))
def test_women_and_men_of_table_1_come_back(then: Cells, row: dict[str, str]) -> None:
    for sex in ("women", "men"):
        assert then[int(row["year"]), row["flow"], row["support"], sex] == int(row[sex])


@pytest.mark.parametrize("row", rows("shares_2016_2020.csv"), ids=lambda row: "-".join(list(row.values())[:3]))
def test_shares_of_table_2_come_back(then: Cells, row: dict[str, str]) -> None:
    by_sex = {sex: then[int(row["year"]), row["flow"], row["support"], sex] for sex in ("women", "men")}
    for sex, persons in by_sex.items():
        assert counting.percent(persons, sum(by_sex.values())) == int(row[f"{sex}_percent"])


def totals(plan: Plan, cells: Cells, year: int) -> dict[str, float]:
    women, men = (cells[year, "ongoing", "all", sex] for sex in ("women", "men"))
    before = sum(cells[year - 1, "ongoing", "all", sex] for sex in ("women", "men"))
    unnamed = sum(counting.heads(plan, AS_OF, year, "individual", source) for source in ("anonymous", "volume"))
    every = counting.running(plan, AS_OF, year)
    kinds = Counter(one.kind for one in every)
    prioritised = [one for one in every if set(one.need_groups) & set(PRIORITISED)]
    supported = {
        group: sum(cells[year, "ongoing", group, sex] for sex in ("women", "men")) for group in counting.GROUPS
    }
    return {
        "participants_total": women + men + unnamed,
        "participants_with_personal_data": women + men,
        "participants_with_personal_data_women_percent": counting.percent(women, women + men),
        "participants_with_personal_data_men_percent": counting.percent(men, women + men),
        "change_participants_with_personal_data_percent": counting.percent(women + men - before, before),
        "measures_total": len(every),
        "measures_individual_percent": counting.percent(kinds["individual"], len(every)),
        "measures_structural_percent": counting.percent(kinds["structural"], len(every)),
        "measures_prioritised": len(prioritised),
        "measures_prioritised_percent": counting.percent(len(prioritised), len(every)),
        "recipients_activity_compensation": 36276,
        "recipients_sickness_benefit": 679631,
        "share_of_recipients_activity_compensation_percent": counting.percent(
            supported["activity_compensation"], 36276
        ),
        "share_of_recipients_sickness_benefit_percent": round(100 * supported["sickness_benefit"] / 679631, 1),
    }


@pytest.mark.parametrize("year", [2019, 2020])
def test_national_totals_come_back(plan: Plan, then: Cells, year: int) -> None:
    published = {row["figure"]: float(row["value"]) for row in rows("national_totals.csv") if row["year"] == str(year)}
    ours = totals(plan, then, year)
    assert {figure: ours[figure] for figure in published} == published


def test_the_identified_of_2019_lie_where_15_percent_fewer_puts_them(then: Cells) -> None:
    assert 20415 <= sum(then[2019, "ongoing", "all", sex] for sex in ("women", "men")) <= 20655


@pytest.mark.parametrize(("day", "figure"), [(date(2009, 5, 31), "2009"), (date(2013, 7, 31), "2013")])
def test_associations_and_municipalities_of_earlier_years_come_back(plan: Plan, day: date, figure: str) -> None:
    published = {row["figure"]: int(row["value"]) for row in rows("national_totals.csv") if row["year"] == figure}
    covered = {joining.who for one in plan.associations for joining in one.coverage if joining.first_day <= day}
    assert sum(one.first_day <= day for one in plan.associations) == published["associations"]
    assert len(covered) == published["municipalities"]


def figures_of_group(plan: Plan, year: int, group: str) -> dict[str, object]:
    found = counting.running(plan, AS_OF, year, group)
    individual = [one for one in found if one.kind == "individual"]
    (direction, most), (_next, fewer) = Counter(one.direction for one in individual).most_common(2)
    assert most > fewer
    return {
        "measures": len(found),
        "associations": len({one.association.number for one in found}),
        "individual_percent": counting.percent(len(individual), len(found)),
        "structural_percent": counting.percent(len(found) - len(individual), len(found)),
        "most_common_direction": direction,
        "most_common_direction_percent": counting.percent(most, len(individual)),
    }


@pytest.mark.parametrize("row", rows("measures_by_need_group.csv"), ids=lambda row: "-".join(list(row.values())[:2]))
def test_interventions_of_the_groups_come_back(plan: Plan, row: dict[str, str]) -> None:
    ours = figures_of_group(plan, int(row["year"]), row["need_group"])
    for column, value in row.items():
        if column in ours and value:
            assert str(ours[column]) == value, column


def test_no_intervention_has_two_of_the_priority_groups(plan: Plan) -> None:
    assert all(len(set(one.need_groups) & set(PRIORITISED)) <= 1 for one in plan.interventions)


def test_structural_interventions_are_most_often_dialogue(plan: Plan) -> None:
    found = Counter(one.direction for one in counting.running(plan, AS_OF, 2020) if one.kind == "structural")
    assert found.most_common(1)[0][0] == "dialogue_and_communication"


def test_what_became_known_later_gives_other_figures(plan: Plan, then: Cells, now: Cells) -> None:
    changed = {cell for cell in now if cell[0] == 2020 and now[cell] != then.get(cell)}
    assert {cell[2] for cell in changed} == {"all", "sickness_benefit", "activity_compensation"}
    assert len(counting.running(plan, TODAY, 2020)) > len(counting.running(plan, AS_OF, 2020))
    assert counting.heads(plan, TODAY, 2020, "individual", "volume") != counting.heads(
        plan, AS_OF, 2020, "individual", "volume"
    )


def test_at_least_200_things_of_2020_were_registered_after_the_published_figures_were_drawn(plan: Plan) -> None:
    after = counting.end_of(AS_OF)
    late = [stay for stay in plan.stays if stay.states[0][0] >= after and stay.latest.starts_on.year == 2020]
    again = [
        stay
        for stay in plan.stays
        if stay.states[0][0] < after <= stay.states[-1][0]
        and counting.is_ongoing(stay.states[0][1], 2020)
        and (stay.latest.end_reason == "misregistration" or stay.latest.ends_before is None)
    ]
    undone = [stay for stay in again if stay.latest.end_reason == "misregistration"]
    assert len(late) >= 100
    assert len(undone) >= 30
    assert len(again) - len(undone) >= 50
    assert len(late) + len(again) >= 200
