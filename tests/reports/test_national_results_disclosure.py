"""Invented small cells in the report on results: none can be worked out, alone or beside what is published."""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

import pytest

from finsam.disclosure.attack.intervals import attack
from finsam.disclosure.cells import TOTAL
from finsam.disclosure.protect import Rule, Status
from finsam.disclosure.relations import Address, Relation, adds_up, at_most
from finsam.editions.stored import linking
from finsam.editions.stored.content import Content, Inputs
from finsam.reports.compiled import Compiled
from finsam.reports.registry import REPORTS
from finsam.values.keys import Code, Key
from tests.disclosure.publications import is_wide
from tests.snapshots.leavers import AS_OF, Leavers, compiled

SEXES: Key = ("women", "men", TOTAL)
OCCUPATIONS = ("work", "studies", "job_seeking", "other")


def leavers(*, women_active: int = 30, women_rest: int = 30, increased: int = 10, heads: str = "") -> Leavers:
    """Women and men who ended, with a planted small group among the women."""
    found = Leavers()
    if heads:
        found.heads = f"{found.heads}\n{heads}"
    found.add(women_active, sex="women", occupation_at_end="work")
    found.add(women_rest, sex="women")
    for extent in (50, 100):
        number = increased if extent == 100 else 20
        found.add(
            number, sex="women", occupation_at_start="work", extent_at_start=50, occupation_at_end="work",
            extent_at_end=extent,
        )  # fmt: skip
    found.add(40, sex="men", occupation_at_end="studies").add(50, sex="men")
    return found


TWICE: Mapping[str, Any] = {"person": 1, "starts_on": "2020-02-01", "ends_before": "2020-08-01"}
CASES = {
    "few work, few in a county, few anonymous": leavers(
        women_active=3, increased=0, heads="1 | 2020 | anonymous | 3 | 40"
    )
    .add(2, municipality=2, occupation_at_end="work")
    .add(30, municipality=2, sex="men"),
    "almost all work, few go on, few began earlier": leavers(women_rest=2)
    .add(2, sex="women", ends_before="")
    .add(2, starts_on="2015-06-01", sex="men"),
    "few increased, few ended twice, few were long": leavers(increased=3)
    .add(2, **TWICE)
    .add(3, starts_on="2018-06-01", sex="men"),
    "hardly anyone": Leavers().add(1, occupation_at_end="work").add(2, sex="men").add(1, sex="men", before=[]),
}


@cache
def report(case: str) -> Compiled:
    """The report of a case, once for all tests."""
    return compiled(CASES[case])


@pytest.fixture(params=CASES, ids=lambda name: name.replace(",", "").replace(" ", "-"))
def made(request: pytest.FixtureRequest) -> Compiled:
    """A report with planted small cells."""
    return report(request.param)


def figures(made: Compiled) -> tuple[dict[Address, int], list[Address]]:
    """Every count of people that is shown, and those that are hidden."""
    counts, hidden = {}, []
    for tidy in made.publication.tables:
        for key, row in tidy.table.cells.items() if tidy.table.persons else ():
            for figure, cell in zip(tidy.table.figures, row, strict=True):
                address = Address(tidy.table.name, key, figure)
                if isinstance(cell.value, int):
                    counts[address] = cell.value
                elif cell.status is Status.SUPPRESSED:
                    hidden.append(address)
    return counts, hidden


def at(table: str, *key: Code, figure: str = "participations") -> Address:
    return Address(table, key, figure)


def known() -> Iterator[Relation]:
    """What a reader of the report knows, written down here anew: nothing is taken from the report's own module."""
    for sex, year in product(SEXES, map(str, range(2016, 2021))):
        for unit in ("participations", "persons"):
            ended, active, gained = (
                at(f"outcomes_{unit}", year, sex, figure=figure) for figure in ("ended", "active", "gained")
            )
            yield adds_up(ended, active, Address("not_active", (unit, year, sex)))
            yield adds_up(active, gained, Address("not_gained", (unit, year, sex)))
        whole, *parts = (
            at("outcomes_participations", year, sex, figure=figure) for figure in ("gained", "began", "increased")
        )
        yield adds_up(whole, *parts)
        yield at_most(at("outcomes_persons", year, sex, figure="ended"), at("totals", year, "identified", sex))
        counties: Key = ("01", "14", TOTAL)
        for county in counties:
            ended, active = (at("counties", year, county, sex, figure=figure) for figure in ("ended", "active"))
            yield adds_up(ended, active, Address("county_not_active", (year, county, sex)))
    for sex in SEXES:
        active = at("outcomes_participations", "2020", sex, figure="active")
        yield adds_up(active, *(at("occupations", "2020", TOTAL, after, sex) for after in ("work", "studies")))
        before_and_after = [at("occupations", "2020", *pair, sex) for pair in product(OCCUPATIONS, OCCUPATIONS)]
        yield adds_up(at("occupations", "2020", TOTAL, TOTAL, sex), *before_and_after)


def marked(made: Compiled) -> frozenset[Address]:
    return frozenset[Address]().union(*(table.present(made.publication.rule) for table in made.release.tables.values()))


def by_sex(cells: dict[Address, int], hidden: list[Address]) -> Iterator[Relation]:
    for address in {*cells, *hidden}:
        if address.key[-1] == TOTAL and address.table != "associations":
            parts = [address._replace(key=(*address.key[:-1], sex)) for sex in ("women", "men")]
            yield adds_up(address, *parts)


def test_no_hidden_cell_can_be_worked_out(made: Compiled) -> None:
    cells, hidden = figures(made)
    relations = [*known(), *by_sex(cells, hidden)]
    for address, interval in attack(cells, relations, hidden, marked(made)).items():
        assert is_wide(interval, 5), (address, interval)


def test_no_small_cell_is_shown_and_something_is_hidden(made: Compiled) -> None:
    cells, hidden = figures(made)
    assert hidden
    assert {address: value for address, value in cells.items() if 0 < value < 5} == {}


def test_no_difference_that_can_be_worked_out_is_small(made: Compiled) -> None:
    cells, hidden = figures(made)
    relations = [*known(), *by_sex(cells, hidden)]
    among = {cell for relation in relations for _, cell in relation.terms} - cells.keys() - set(hidden)
    for address, interval in attack(cells, relations, sorted(among), marked(made)).items():
        assert not (interval.lower == interval.upper and 0 < interval.lower < 5), (address, interval)


def test_what_is_made_of_a_hidden_cell_is_hidden(made: Compiled) -> None:
    tables = {tidy.table.name: tidy.table for tidy in made.publication.tables}
    shares, outcomes = tables["outcome_shares"], tables["outcomes_participations"]
    for (year, sex), row in outcomes.cells.items():
        cells = dict(zip(outcomes.figures, row, strict=True))
        for outcome in ("active", "began", "increased", "gained"):
            of = {cells[outcome].status, cells["ended"].status}
            assert (shares.cells[year, outcome, sex][2].status is Status.SUPPRESSED) == (Status.SUPPRESSED in of)


def test_a_median_that_needs_a_hidden_class_is_hidden() -> None:
    tables = {tidy.table.name: tidy.table for tidy in report("hardly anyone").publication.tables}
    stays = tables["months_in_intervention"].cells
    assert stays["2020", "006", "women"][0].status is Status.SUPPRESSED
    median = tables["quartiles"].cells["2020", "months_in_intervention", "median", "women"]
    assert median[0].status is Status.SUPPRESSED


def content(made: Compiled, report: str, published: tuple[str, ...] = ()) -> Content:
    inputs = Inputs(report, 2020, "sv", "2021-01-31-0", "0", AS_OF, Rule(), "finsam 0", published=published)
    return Content(inputs, made.publication, made.release.pattern, made.release.relations, {"leaks": ()})


def test_beside_the_annual_report_nothing_that_it_hides_follows() -> None:
    case = "few work, few in a county, few anonymous"
    annual = content(compiled(CASES[case], "national-annual"), "national-annual")
    published = [("annual", annual)]
    made = compiled(CASES[case], link=lambda counts: linking.known(published, "0", linking.addresses(counts)))
    assert linking.attacked(content(made, "national-results", ("annual",)), published).leaks == ()
    hidden = {cell for cell in annual.pattern if cell.table == "totals" and cell.key[1] in ("identified", "anonymous")}
    assert hidden
    assert hidden <= set(made.release.pattern)


def test_every_table_has_words_for_a_refusal_also_one_that_is_never_shown() -> None:
    relations = report(next(iter(CASES))).release.relations
    tables = {cell.table for relation in relations for _factor, cell in relation.terms}
    assert {"again", "going_on", "ended_begun_earlier"} < tables <= REPORTS["national-results"].tables.words().keys()
