"""The national annual report counts every need group on the individual, and compares only years in which it existed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from finsam.disclosure.additivity import within
from finsam.disclosure.attack.intervals import attack
from finsam.disclosure.protect import Rule
from finsam.disclosure.relations import Address, Relation, adds_up, at_most, covered
from finsam.publications.blocks import Bars, Grid, Paragraph, Publication
from finsam.reports.national_annual import counts
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.statistics.tables.validity import Row, Validity
from tests.disclosure.publications import is_wide
from tests.reports.test_national_annual import lines, text
from tests.snapshots.populations import Denominator, Population, report
from tests.tables import tables

SICK, ACTIVITY, DISABILITY = "long_term_sick", "young_with_activity_compensation", "young_with_disability"
GROUPS = (SICK, ACTIVITY, DISABILITY, "mental_ill_health", "not_stated")
FLOWS, SEXES = ("ongoing", "new"), ("women", "men", "total")


def population() -> Population:
    """Young people with a disability, others in two groups at once, and some of whom nothing is recorded."""
    people = Population().add(12, sex="women", needs=[DISABILITY]).add(8, sex="men", needs=[DISABILITY])
    people.add(6, sex="men", began="earlier", needs=[DISABILITY, SICK])
    return people.add(30, sex="women", began="earlier", needs=[SICK]).add(9, sex="men")


def said_of(texts: dict[str, str], validity: Validity | None = None) -> str:
    return text(of(texts, validity))


def of(texts: dict[str, str], validity: Validity | None = None, year: int = 2020) -> Publication:
    """The report of them, with codes that have days."""
    return REPORTS["national-annual"].compute(
        Source(
            replace(tables(**texts), validity=validity or Validity()),
            year,
            Rule(),
            snapshot_id="2021-01-31-000000000000",
            as_of=date(2021, 1, 31),
            recipients=[Denominator()],
        )
    )


def test_persons_are_counted_once_in_each_of_their_need_groups_by_sex():
    found = lines(report(population().texts()), "need_groups")
    assert found[f"2020 ongoing {DISABILITY} women"] == (12,)
    assert found[f"2020 ongoing {DISABILITY} men"] == (8 + 6,)
    assert found[f"2020 new {DISABILITY} total"] == (12 + 8,)
    assert found[f"2020 ongoing {SICK} total"] == (30 + 6,)
    assert found[f"2020 new {SICK} total"] == (0,)
    assert found["2020 ongoing not_stated men"] == (9,)
    assert found[f"2019 ongoing {DISABILITY} men"] == ("suppressed",)  # all six who were there
    assert found[f"2016 ongoing {DISABILITY} total"] == (0,)


def test_young_people_with_a_disability_are_told_on_the_individual_and_nothing_says_that_it_cannot_be_done():
    said = said_of(population().texts())
    group = "unga med funktionsnedsättning (utan aktivitetsersättning)"
    assert f"Under 2020 tog 26 personer i behovsgruppen {group} del av en insats." in said
    assert "46 procent av dem är kvinnor och 54 procent är män." in said
    assert "20 av dem (77 procent) började en insats under året." in said
    assert "redovisas gruppen genom" not in said


def test_the_table_of_need_groups_shows_every_group_and_says_that_they_overlap():
    (grid,) = [
        block for block in of(population().texts()).blocks if isinstance(block, Grid) and block.key == "need_groups"
    ]
    assert [row.header for row in grid.rows][-1] == "Uppgift saknas"
    assert len(grid.rows) == len(GROUPS)
    disability = next(row for row in grid.rows if row.header.startswith("Unga med funktionsnedsättning"))
    assert [cell.value for cell in disability.cells] == [12, 14, 26, 12, 8, 20]
    assert "räknas i var och en" in grid.note


def test_without_persons_the_need_groups_are_missing_and_the_sentence_says_so():
    shown = report({}, without_persons=True)
    assert set(lines(shown, "need_groups").values()) == {("missing",)}
    assert "Uppgifter om personer saknas." in text(shown)


def test_nobody_in_a_group_and_nobody_new_have_their_own_sentences():
    said = said_of(population().texts())
    assert "Under 2020 tog ingen i behovsgruppen unga med aktivitetsersättning del av en insats." in said
    assert "Ingen av dem började en insats under året." in said  # of those who are sick for long


def small() -> dict[str, Population]:
    """Small cells of each kind: in a group, between ongoing and new, outside a group, and who has none."""
    sick = "sickness_cash_benefit"
    return {
        "small sex": Population().add(3, sex="women", needs=[SICK]).add(40, sex="men", needs=[SICK]),
        "small difference": Population()
        .add(20, sex="women", needs=[SICK])
        .add(2, sex="women", began="earlier", needs=[SICK])
        .add(30, sex="men", needs=[SICK, DISABILITY]),
        "hardly anyone outside": Population()
        .add(50, sex="women", needs=[SICK])
        .add(2, sex="women", needs=[DISABILITY])
        .add(40, sex="men", needs=[SICK]),
        "almost all who began have the support": Population()
        .add(30, sex="women", support=sick)
        .add(2, sex="women")
        .add(40, sex="men", support=sick)
        .add(20, sex="men", began="earlier"),
        "hardly anyone without a group": Population()
        .add(30, sex="women", needs=[SICK])
        .add(1, sex="women")
        .add(25, sex="men", needs=[ACTIVITY])
        .add(2, sex="men", began="earlier"),
    }


@pytest.fixture(scope="module", params=range(5))
def hiding(request: pytest.FixtureRequest) -> Publication:
    """A report with small cells."""
    return report(list(small().values())[request.param].texts())


def known() -> Iterator[Relation]:
    """What a reader knows of need groups, written down anew."""
    for year, sex in product(map(str, range(2016, 2021)), SEXES):
        identified, began = Address("totals", (year, "identified", sex)), Address("all who began", (year, sex))
        yield adds_up(identified, began, Address("difference", (year, "all", sex)))
        for flow, everyone in zip(FLOWS, (identified, began), strict=True):
            parts = [Address("need_groups", (year, flow, group, sex)) for group in GROUPS]
            yield covered(everyone, *parts)
            yield from (adds_up(everyone, part, part._replace(table="others")) for part in parts)
        for group in GROUPS:
            ongoing, new = (Address("need_groups", (year, flow, group, sex)) for flow in FLOWS)
            yield adds_up(ongoing, new, Address("difference", (year, group, sex)))
        for support in counts.GROUPS:
            new = Address("participants", (year, "new", support, sex))
            yield adds_up(began, new, Address("without", (year, support, sex)))
    for table, codes in (("need_groups", GROUPS), ("participants", counts.GROUPS)):
        for year, flow, code in product(map(str, range(2016, 2021)), FLOWS, codes):
            women, men, both = (Address(table, (year, flow, code, sex)) for sex in SEXES)
            yield adds_up(both, women, men)
    for year in map(str, range(2016, 2021)):
        for address in (Address("totals", (year, "identified", "")), Address("all who began", (year, ""))):
            women, men, both = (address._replace(key=(*address.key[:-1], sex)) for sex in SEXES)
            yield adds_up(both, women, men)


def test_no_hidden_cell_of_a_need_group_and_no_small_difference_can_be_worked_out(hiding: Publication):
    shown = {
        Address(tidy.table.name, key, figure): cell.value
        for tidy in hiding.tables
        if tidy.table.persons
        for key, row in tidy.table.cells.items()
        for figure, cell in zip(tidy.table.figures, row, strict=True)
    }
    figures = {address: value for address, value in shown.items() if isinstance(value, int)}
    assert not [value for value in figures.values() if 0 < value < 5]
    relations = list(known())
    between = {cell for relation in relations for _factor, cell in relation.terms} - shown.keys()
    hidden = [address for address, value in shown.items() if value is None]
    assert hidden
    marked = frozenset[Address]().union(*(tidy.table.present(hiding.rule) for tidy in hiding.tables))
    for address, interval in attack(figures, relations, [*hidden, *sorted(between)], marked).items():
        known_small = interval.lower == interval.upper and 0 < interval.lower < 5
        assert not known_small, (address, interval)
        assert address not in hidden or is_wide(interval, 5), (address, interval)


def test_every_relation_that_the_report_declares_of_need_groups_holds_for_its_counts():
    exact = counts.count(tables(**population().texts()), range(2016, 2021))
    values = {address: value for table in exact.counts.values() for address, value in table.filled()}
    own = [relation for table in exact.counts.values() if table.persons for relation in within(table)]
    named = 0
    for relation in (*exact.relations, *own):
        result = sum(factor * values[cell] for factor, cell in relation.terms) - relation.constant
        assert result == 0 or (relation.at_least and result > 0), relation
        named += any(cell.table == "need_groups" for _factor, cell in relation.terms)
    assert named > 100
    outside = at_most(
        Address("need_groups", ("2020", "new", SICK, "men")), Address("began", ("2020", "everyone", "men"))
    )
    assert all(cell in values for _factor, cell in outside.terms)


def dated(list_name: str, code: str, *rows: Row) -> Validity:
    return Validity({list_name: {code: rows}})


def interventions(group: str) -> dict[str, str]:
    """One for the group in 2016, two from 2017, three from 2019, four in 2020."""
    years = {1: 2016, 2: 2017, 3: 2019, 4: 2020}
    return {
        "interventions": "\n".join(["intervention | starts_on", *(f"{n} | {year}-01-01" for n, year in years.items())]),
        "target_groups": "\n".join(["intervention | need_group", *(f"{n} | {group}" for n in years)]),
    }


def test_no_change_is_told_since_a_year_before_the_mandate():
    """Three more than in 2016, when nobody was asked for the group; two more than in 2017, when they were."""
    said = said_of(interventions(DISABILITY))
    assert "har ökat med 100 procent sedan 2017: från 2 till 4 (+2)." in said
    assert "sedan 2016" not in said
    assert "har ökat med 300 procent sedan 2016: från 1 till 4 (+3)." in said_of(interventions(SICK))


@pytest.mark.parametrize(
    ("first_day", "since"),
    [("2017-01-01", "sedan 2017: från 2"), ("2017-01-02", "sedan 2018: från 2"), ("2019-01-01", "sedan 2019: från 3")],
)
def test_a_change_begins_with_the_first_whole_year_that_the_code_was_in_force(first_day, since):
    row = (date.fromisoformat(first_day), None)
    assert since in said_of(interventions(SICK), dated("need_group", SICK, row))


def test_no_change_from_the_year_before_is_told_of_a_group_that_began_this_year():
    begun = dated("need_group", SICK, (date(2020, 1, 1), None))
    said = said_of(interventions(SICK) | population().texts(), begun)
    assert "Antalet har ökat med 33 procent jämfört med 2019, då det var 3." in said  # all of them are compared
    assert "då det var 3 i " not in said  # the group is not
    assert "Det antalet har" not in said  # nor the sum that it is in
    assert "2019 fanns ingen" not in said
    assert "Antalet i gruppen" not in said.partition("långtidssjukskrivna del av en insats")[2].partition("Färre")[0]


def test_a_record_is_not_told_of_years_in_which_one_of_the_groups_did_not_exist():
    def title(group: str, validity: Validity | None = None) -> str:
        bars = [block for block in of(interventions(group), validity).blocks if isinstance(block, Bars)]
        return next(block.title for block in bars if block.key == "interventions_over_time")

    assert title(SICK) == "Insatser för de prioriterade behovsgrupperna: fler än 2019"  # the third group is from 2017
    begun = dated("need_group", SICK, (date(2020, 1, 1), None))
    assert title(SICK, begun) == "Insatser för de prioriterade behovsgrupperna"


def test_changes_of_a_support_begin_with_its_code_and_end_with_it():
    people = Population().add(20, sex="women", support="activity_compensation")
    texts = people.add(10, sex="men", support="activity_compensation", began="earlier").texts()
    assert "Antalet har ökat med 200 procent jämfört med 2019." in said_of(texts)
    for row in ((date(2019, 1, 2), None), (date(2004, 1, 1), date(2020, 12, 31))):
        shown = of(texts, dated("support", "activity_compensation", row))
        paragraph = next(
            block.text
            for block in shown.blocks
            if isinstance(block, Paragraph) and "aktivitetsersättning del" in block.text
        )
        assert "jämfört med" not in paragraph
        titles = [block.title for block in shown.blocks if isinstance(block, Bars)]
        assert "Nya deltagare med aktivitetsersättning" in titles
