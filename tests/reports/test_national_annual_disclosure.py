"""Invented small cells of every kind of relation in the national annual report: none can be worked out from it."""

from collections.abc import Iterator
from itertools import product

import pytest

from finsam.disclosure.attack.intervals import attack
from finsam.disclosure.cells import TOTAL
from finsam.disclosure.protect import Cell, Status
from finsam.disclosure.relations import Address, Relation, adds_up
from finsam.publications.blocks import Grid, Heading, KeyFigure, KeyFigures, Paragraph, Publication
from finsam.reports.national_annual import counts
from finsam.values.keys import Key
from tests.disclosure.publications import is_wide
from tests.snapshots.populations import Population, report

HEADS = "intervention | year | source | women | men\n1 | 2020 | anonymous | {} | {}\n1 | 2020 | volume | {} | {}"
YEARS = range(2016, 2021)
SEXES: Key = ("women", "men", TOTAL)


def people(*, women_new: int, women_earlier: int, men_new: int, men_earlier: int, others: int = 60) -> Population:
    """Women and men with sickness benefit, new and earlier, and others without it."""
    population = Population().add(others, sex="women").add(others, sex="men")
    for sex, new, earlier in (("women", women_new, women_earlier), ("men", men_new, men_earlier)):
        for began, persons in (("new", new), ("earlier", earlier)):
            population.add(persons, sex=sex, support="sickness_cash_benefit", began=began)
    return population


CASES = {
    "small sex": people(women_new=3, women_earlier=0, men_new=40, men_earlier=0).texts(),
    "small sex among the new": people(women_new=2, women_earlier=30, men_new=40, men_earlier=20).texts(),
    "small difference of ongoing and new": people(women_new=40, women_earlier=3, men_new=40, men_earlier=20).texts(),
    "small sex and small difference": people(women_new=4, women_earlier=1, men_new=9, men_earlier=2).texts(),
    "almost everyone has the support": people(
        women_new=40, women_earlier=30, men_new=40, men_earlier=20, others=2
    ).texts(),
    "small anonymous": people(women_new=40, women_earlier=30, men_new=40, men_earlier=20).texts()
    | {"head_counts": HEADS.format(2, 30, 40, 50)},
    "small anonymous and no volume": people(women_new=40, women_earlier=30, men_new=40, men_earlier=20).texts()
    | {"head_counts": HEADS.format(2, 1, 0, 0)},
    "small volume for both": people(women_new=9, women_earlier=8, men_new=7, men_earlier=6).texts()
    | {"head_counts": HEADS.format(30, 30, 1, 2)},
    "hardly anyone": people(women_new=1, women_earlier=1, men_new=1, men_earlier=1, others=1).texts()
    | {"head_counts": HEADS.format(1, 1, 1, 1)},
}


@pytest.fixture(scope="module", params=CASES, ids=lambda name: name.replace(" ", "-"))
def publication(request: pytest.FixtureRequest) -> Publication:
    """A report with a planted small cell."""
    return report(CASES[request.param])


def cells(publication: Publication, *names: str) -> dict[Address, Cell]:
    """Every cell of the tables."""
    return {
        Address(tidy.table.name, key, figure): cell
        for tidy in publication.tables
        if tidy.table.name in names
        for key, row in tidy.table.cells.items()
        for figure, cell in zip(tidy.table.figures, row, strict=True)
    }


def marked(publication: Publication) -> frozenset[Address]:
    """The cells whose mark tells that there is somebody."""
    return frozenset[Address]().union(*(tidy.table.present(publication.rule) for tidy in publication.tables))


def known_relations() -> Iterator[Relation]:
    """What a reader of the report knows, written down here anew: nothing is taken from the report's own module."""
    flows, figures = ("ongoing", "new"), ("identified", "anonymous", "volume", "participants", "structural_heads")
    for year, support, flow in product(map(str, YEARS), counts.GROUPS, flows):
        women, men, both = (Address("participants", (year, flow, support, sex)) for sex in SEXES)
        yield adds_up(both, women, men)
    for year, support, sex in product(map(str, YEARS), counts.GROUPS, SEXES):
        ongoing, new = (Address("participants", (year, flow, support, sex)) for flow in flows)
        yield adds_up(ongoing, new, Address("difference", (year, support, sex)))
        yield adds_up(Address("totals", (year, "identified", sex)), ongoing, Address("others", (year, support, sex)))
    for year, figure in product(map(str, YEARS), figures):
        women, men, both = (Address("totals", (year, figure, sex)) for sex in SEXES)
        yield adds_up(both, women, men)
    for year, sex in product(map(str, YEARS), SEXES):
        parts = (Address("totals", (year, figure, sex)) for figure in figures[:3])
        yield adds_up(Address("totals", (year, "participants", sex)), *parts)


def test_no_hidden_cell_can_be_worked_out(publication: Publication) -> None:
    shown = cells(publication, "participants", "totals")
    hidden = [address for address, cell in shown.items() if cell.status is Status.SUPPRESSED]
    known = {address: cell.value for address, cell in shown.items() if isinstance(cell.value, int)}
    for address, interval in attack(known, list(known_relations()), hidden, marked(publication)).items():
        assert is_wide(interval, 5), (address, interval)


def test_something_is_hidden_and_no_small_cell_is_shown(publication: Publication) -> None:
    shown = cells(publication, "participants", "totals").values()
    assert any(cell.status is Status.SUPPRESSED for cell in shown)
    assert not any(cell.value is not None and 0 < cell.value < 5 for cell in shown)


def test_no_difference_that_can_be_worked_out_is_small(publication: Publication) -> None:
    shown = cells(publication, "participants", "totals")
    known = {address: cell.value for address, cell in shown.items() if isinstance(cell.value, int)}
    differences = [
        Address(name, (year, support, sex))
        for name in ("difference", "others")
        for year, support, sex in product(map(str, YEARS), counts.GROUPS, SEXES)
    ]
    for address, interval in attack(known, list(known_relations()), differences, marked(publication)).items():
        assert not (interval.lower == interval.upper and 0 < interval.lower < 5), (address, interval)


def test_a_share_falls_with_its_numerator_and_its_base(publication: Publication) -> None:
    shown = cells(publication, "participants", "shares", "recipients")
    for address, cell in shown.items():
        if address.table == "shares":
            *key, _ = address.key
            used = [shown[Address("participants", (*key, sex))] for sex in (address.key[3], TOTAL)]
            assert cell.value is None or all(part.status is Status.OK for part in used)
        if address.table == "recipients" and cell.value is not None:
            year, support = address.key
            assert shown[Address("participants", (year, "ongoing", support, TOTAL))].status is Status.OK


def written(publication: Publication) -> list[object]:
    """Everything that can be read: text, key figures, tables and diagrams."""
    words = [block.text for block in publication.blocks if isinstance(block, Heading | Paragraph)]
    figures = [figure for block in publication.blocks if isinstance(block, KeyFigures) for figure in block.figures]
    return [publication.lead, *words, *figures]


def test_a_hidden_total_is_told_as_hidden_and_no_sentence_is_made_of_it() -> None:
    publication = report(people(women_new=3, women_earlier=0, men_new=0, men_earlier=0).texts())
    (after,) = [
        words.text
        for heading, words in zip(publication.blocks, publication.blocks[1:], strict=False)
        if isinstance(heading, Heading) and heading.text == "Sjukskrivna" and isinstance(words, Paragraph)
    ]
    assert after == "Antalet är dolt för att ingen ska kunna kännas igen."


def balanced(women: int) -> Population:
    """So many women who are new with a support; everything that is shown of anybody is the same whatever they are."""
    sick = "sickness_cash_benefit"
    population = people(women_new=women, women_earlier=30 - women, men_new=50 - women, men_earlier=20 + women)
    others = {"new": (30 - women, 10 + women), "earlier": (10 + women, 40 - women), "ended": (30 - women, 10 + women)}
    for began, (of_women, of_men) in others.items():
        population.add(of_women, sex="women", began=began).add(of_men, sex="men", began=began)
    population.add(10 + women, sex="women", support=sick, began="ended")
    return population.add(40 - women, sex="men", support=sick, began="ended")


@pytest.mark.parametrize(("one", "other"), [(2, 3), (3, 4), (4, 2)])  # in both the same cells are hidden
def test_publications_that_differ_only_in_hidden_cells_are_the_same(one: int, other: int) -> None:
    """Sentences, key figures, shares, tables and diagrams: nothing anywhere changes with a hidden figure."""
    assert report(balanced(one).texts()) == report(balanced(other).texts())


def test_a_change_in_the_text_falls_with_last_years_cell() -> None:
    publication = report(people(women_new=40, women_earlier=2, men_new=40, men_earlier=1).texts())
    paragraphs = [words for words in written(publication) if isinstance(words, str) and "jämfört med 2019" in words]
    assert not [words for words in paragraphs if "sjukpenning" in words]


def test_grids_and_key_figures_show_only_cells_of_the_tables(publication: Publication) -> None:
    tidy = [cell for tidy in publication.tables for row in tidy.table.cells.values() for cell in row]
    for block in publication.blocks:
        if isinstance(block, Grid) and block.key in ("ongoing", "new", "totals", "over_time"):
            assert all(cell in tidy for row in block.rows for cell in row.cells)
        if isinstance(block, KeyFigures):
            assert all(isinstance(figure, KeyFigure) and figure.cell in tidy for figure in block.figures)
