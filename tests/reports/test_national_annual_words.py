"""No figure in running text is typed: each is found among the cells, and follows them when they change."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

import pytest

from finsam.publications.blocks import Bars, Grid, Heading, KeyFigures, Paragraph, Publication
from finsam.values.shares import change, percent, rounded
from tests.snapshots.populations import Denominator, Population, report

COUNT = r"\d+(?:[ ,]\d{3})*"
PERCENT = re.compile(r"(\d+(?:[.,]\d)?) (?:procent|percent)")
DIFFERENCE = re.compile(rf"\(([+−-]{COUNT})\)")
YEARS = range(2016, 2021)
DAYS = re.compile(r"31 december|1 januari|31 December|1 January|December 31|January 1")


def texts(scale: int) -> dict[str, str]:
    """People, interventions and heads, none of whose numbers or shares is the same for another scale."""
    many = (
        Population()
        .add(20 * scale, sex="women", support="sickness_cash_benefit")
        .add(9 * scale + 1, sex="women", support="activity_compensation", began="earlier")
        .add(33 * scale, sex="women")
        .add(11 * scale**2 + 2, sex="men", support="sickness_cash_benefit")
        .add(8 * scale**2, sex="men", support="activity_compensation")
        .add(5 * scale + 1, sex="men", support="activity_compensation", began="earlier")
        .add(7 * scale, sex="men", support="sickness_cash_benefit", began="earlier")
        .add(15 * scale**2, sex="men", began="ended")
    )
    return many.texts() | interventions(scale) | {"head_counts": heads(scale)}


def interventions(scale: int) -> dict[str, str]:
    rows = ["intervention | association | kind | direction | starts_on | ends_before"]
    groups = ["intervention | need_group"]
    wanted = (
        ("long_term_sick", "individual", "preparatory", "2019-01-01", 3 * scale),
        ("long_term_sick", "individual", "preventive", "2020-01-01", scale + 1),
        ("long_term_sick", "structural", "training", "2020-01-01", 2 * scale**2 + 1),
        ("young_with_activity_compensation", "individual", "individual_assessment", "2017-01-01", 5 * scale),
        ("young_with_activity_compensation", "individual", "preventive", "2020-01-01", scale**2),
        ("young_with_activity_compensation", "structural", "mapping", "2019-01-01", scale**2 + 1),
        ("young_with_disability", "individual", "preparatory", "2016-01-01", 4 * scale + 1),
        ("young_with_disability", "individual", "preventive", "2020-01-01", scale),
        ("young_with_disability", "structural", "mapping", "2017-01-01", scale**2),
        ("mental_ill_health", "structural", "mapping", "2018-01-01", 2 * scale**2),
    )
    for group, kind, direction, starts_on, number in wanted:
        for _ in range(number):
            key = len(rows)
            rows.append(f"{key} | {key % (4 * scale)} | {kind} | {direction} | {starts_on} | ")
            groups.append(f"{key} | {group}")
    return {"interventions": "\n".join(rows), "target_groups": "\n".join(groups)}


def heads(scale: int) -> str:
    return f"""
        intervention | year | source    | women | men
        1            | 2020 | anonymous | {12 * scale}    | {8 * scale + 3}
        1            | 2020 | volume    | {31 * scale}    | {20 * scale + 1}
        1            | 2019 | volume    | {71 * scale}    | {7 * scale + 1}
        {4 * scale + 2} | 2020 | volume | {507 * scale} | {613 * scale}
    """


def computed(scale: int, language: str = "sv") -> Publication:
    return report(texts(scale), denominators=(Denominator(recipients=9_871 * scale),), language=language)


def sentences(publication: Publication) -> list[str]:
    """All running text, and the words of titles and key figures, with plain spaces and without fixed days."""
    said = [publication.lead]
    for block in publication.blocks:
        match block:
            case Heading() | Paragraph():
                said.append(block.text)
            case Bars():
                said.append(block.title)
            case KeyFigures():
                said += [figure.label for figure in block.figures]
    plain = (DAYS.sub("", text.replace("\u00a0", " ").replace("\u202f", " ")) for text in said)
    return [sentence for text in plain for sentence in re.split(r"(?<=\.) ", text)]


def number(written: str) -> int:
    return int(re.sub(r"[ ,+]", "", written).replace("−", "-"))


def figures(sentence: str) -> tuple[list[str], list[str], list[str]]:
    """The percentages, differences and counts of a sentence; years are none."""
    rest = PERCENT.sub("", sentence)
    differences = DIFFERENCE.findall(rest)
    rest = DIFFERENCE.sub("", rest)
    counts = [found for found in re.findall(COUNT, rest) if number(found) not in YEARS]
    return PERCENT.findall(sentence), differences, counts


def counts(publication: Publication) -> set[int]:
    cells = [cell for tidy in publication.tables for row in tidy.table.cells.values() for cell in row]
    return {cell.value for cell in cells if isinstance(cell.value, int)}


def shown_percentages(publication: Publication) -> set[Fraction]:
    """The rounded percentages in tables and those a sentence may derive: a share or a change of two counts."""
    grids = (block for block in publication.blocks if isinstance(block, Grid))
    cells = [cell for grid in grids for row in grid.rows for cell in row.cells]
    cells += [cell for tidy in publication.tables for row in tidy.table.cells.values() for cell in row]
    return {rounded(cell.value) for cell in cells if isinstance(cell.value, Fraction)}


def derived(part: int, whole: int) -> Iterator[Fraction]:
    found = (percent(part, whole), change(whole, part))
    yield from (rounded(abs(one)) for one in found if one is not None)


@pytest.fixture(scope="module")
def small() -> Publication:
    return computed(1)


@pytest.fixture(scope="module")
def large() -> Publication:
    return computed(3)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("scale", [1, 3])
def test_every_count_and_difference_in_running_text_is_found_among_the_cells(scale: int, language: str) -> None:
    publication = computed(scale, language)
    known = counts(publication)
    apart = {one - other for one, other in permutations(known, 2)}
    found = 0
    for sentence in sentences(publication):
        _, differences, numbers = figures(sentence)
        found += len(differences) + len(numbers)
        assert all(number(one) in known for one in numbers), sentence
        assert all(number(one) in apart for one in differences), sentence
    assert found > 30


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_percentage_in_running_text_is_in_a_table_or_a_share_or_change_of_two_cells(language: str) -> None:
    publication = computed(3, language)
    known, shown = sorted(counts(publication) - {0}), shown_percentages(publication)
    possible = shown | {value for pair in permutations(known, 2) for value in derived(*pair)}
    written = [one for sentence in sentences(publication) for one in figures(sentence)[0]]
    assert len(written) > 20
    assert not [one for one in written if Fraction(one.replace(",", ".")) not in possible]


def test_every_sentence_with_a_figure_follows_its_cells(small: Publication, large: Publication) -> None:
    """With other people and interventions not one figure stands as it did, unless its own cells gave the same."""
    before = {sentence for sentence in sentences(small) if any(figures(sentence))}
    after = {sentence for sentence in sentences(large) if any(figures(sentence))}
    assert len(before) > 25
    assert sorted(before & after) == []
