"""The report on results says what its cells say."""

from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest

from finsam.disclosure.protect import Cell, Rule, Status
from finsam.editions import consistency
from finsam.editions.stored.content import Content, Inputs
from finsam.publications.blocks import (
    AreaMap,
    Bars,
    Grid,
    Heading,
    KeyFigures,
    Lines,
    Multiples,
    Paragraph,
    Publication,
    Pyramid,
    Transitions,
)
from finsam.reports.compiled import Compiled
from finsam.reports.registry import REPORTS
from finsam.values.keys import written
from tests.publications.invented import without_words
from tests.snapshots.leavers import AS_OF, Leavers, compiled
from tests.tables import tables

Shown = int | Fraction | str | None
DIAGRAMS = (Bars, Lines, Transitions, Pyramid, AreaMap, Multiples)
SICK, HELP = "sickness_cash_benefit", "social_assistance"


def leavers() -> Leavers:
    """Three hundred, of whom some work or study after, in two counties and associations."""
    found = Leavers(heads="intervention | year | source | women | men\n1 | 2020 | anonymous | 30 | 20")
    for sex, times in (("women", 2), ("men", 1)):
        found.add(20 * times, sex=sex, occupation_at_end="work", before=[SICK], after=["none"])
        found.add(10 * times, sex=sex, occupation_at_end="studies", before=[SICK, HELP], after=[HELP])
        found.add(
            10 * times, sex=sex, occupation_at_start="work", extent_at_start=50, occupation_at_end="work",
            extent_at_end=100, before=[HELP],
        )  # fmt: skip
        found.add(10 * times, sex=sex, occupation_at_start="work", occupation_at_end="work", before=[HELP])
        found.add(
            30 * times, sex=sex, municipality=2, intervention=2, occupation_at_start="job_seeking",
            occupation_at_end="job_seeking", before=[HELP], after=[HELP], birth_year=1998, education="compulsory",
            months_in_support=40, starts_on="2019-03-01",
        )  # fmt: skip
        found.add(20 * times, sex=sex, ends_before="2019-12-01", starts_on="2019-03-01", occupation_at_end="work")
    return found


@pytest.fixture(scope="module")
def given() -> Leavers:
    """The participations."""
    return leavers()


@pytest.fixture(scope="module")
def made(given: Leavers) -> Compiled:
    """The report of them, with its release."""
    return compiled(given)


@pytest.fixture(scope="module")
def publication(made: Compiled) -> Publication:
    """The report of them."""
    return made.publication


def lines(publication: Publication, name: str) -> dict[str, tuple[Shown, ...]]:
    """The cells of a tidy table; a status where there is no value."""
    table = next(tidy.table for tidy in publication.tables if tidy.table.name == name)
    return {" ".join(map(written, key)): tuple(map(shown, cells)) for key, cells in table.cells.items()}


def shown(cell: Cell) -> Shown:
    return cell.value if cell.status is Status.OK else cell.status.value


def text(publication: Publication) -> str:
    """All running text, with plain spaces."""
    words = [block.text for block in publication.blocks if isinstance(block, Heading | Paragraph)]
    return "\n".join([publication.lead, *words]).replace("\u00a0", " ")


def test_those_who_ended_are_counted_as_one_by_one(given: Leavers, publication: Publication) -> None:
    outcomes, persons = (lines(publication, f"outcomes_{unit}") for unit in ("participations", "persons"))
    for sex, times in (("women", 2), ("men", 1), ("total", 3)):
        assert outcomes[f"2020 {sex}"] == (80 * times, 50 * times, 30 * times, 10 * times, 40 * times)
        assert persons[f"2020 {sex}"] == (80 * times, 50 * times, 40 * times)
        assert outcomes[f"2019 {sex}"][:2] == (20 * times, 20 * times)
    assert outcomes["2016 total"] == (0,) * 5
    flows = lines(publication, "occupations")
    for before in ("work", "studies", "job_seeking", "other"):
        for after in ("work", "studies", "job_seeking", "other"):
            for sex in ("women", "men"):
                number = given.counted(
                    occupation_at_start=before, occupation_at_end=after, sex=sex, ends_before="2020-07-01"
                )
                assert flows[f"2020 {before} {after} {sex}"] == (number,)


def test_before_and_after_with_the_change_in_number_and_percent(publication: Publication) -> None:
    changed = lines(publication, "supports_changed")
    assert changed[f"2020 {SICK} women"] == (60, 0, -60, Fraction(-100))
    assert changed[f"2020 {HELP} total"] == (60 + 90 + 30, 30 + 90, -60, Fraction(-100, 3))
    assert changed["2020 none total"] == ("missing",) * 4  # nobody had none before: no percentage, and an empty row
    grid = grids(publication)["supports_changed"]
    row = next(row for row in grid.rows if row.header == "Ingen offentlig försörjning")
    assert [shown(cell) for cell in row.cells] == [80, 40, 120, "missing", "missing", "missing"]
    matrix = lines(publication, "supports")
    assert matrix[f"2020 {SICK} none total"] == (60,)
    assert matrix[f"2020 {SICK} {HELP} total"] == (30,)
    assert matrix[f"2020 {HELP} {HELP} total"] == (30 + 90,)


def test_background_places_and_time_are_counted(publication: Publication) -> None:
    assert lines(publication, "ages")["2020 20 women"] == (60,)
    assert lines(publication, "educations")["2020 compulsory total"] == (90,)
    assert lines(publication, "repeats")["2020 1 total"] == (240,)
    assert lines(publication, "at_once")["2020 2 total"] == (0,)
    assert lines(publication, "counties")["2020 14 total"] == (90, 0)
    assert lines(publication, "associations_shares")["2020 7"] == (150, 150, Fraction(100))
    quartiles = lines(publication, "quartiles")
    assert quartiles["2020 months_in_support lower total"] == (14,)  # 12 months lie in the class of 12 to 14
    assert quartiles["2020 months_in_support upper total"] == (47,)
    assert quartiles["2020 months_in_intervention median total"] == (6,)  # 182 days, six twelfths of a year
    assert lines(publication, "still_in_intervention")["2020 006 total"] == (Fraction(150, 3),)


def test_the_band_is_what_the_anonymous_could_move_the_share_of_persons_within(publication: Publication) -> None:
    band = lines(publication, "bands")["2020 women"]
    assert band == (100, 160, Fraction(1000, 16), 30, Fraction(1000, 19), Fraction(1300, 19))


def test_every_table_by_sex_has_women_men_total_difference_and_share(publication: Publication) -> None:
    row = next(row for row in grids(publication)["end_reasons"].rows if row.header == "Totalt")
    assert [shown(cell) for cell in row.cells] == [160, 80, 240, 80, Fraction(200, 3)]
    row = grids(publication)["outcome_shares"].rows[0]
    assert [shown(cell) for cell in row.cells] == [Fraction(125, 2), Fraction(125, 2), Fraction(125, 2), 0, 240]


def test_a_share_of_fewer_than_twenty_is_marked(publication: Publication) -> None:
    few = Leavers().add(19, occupation_at_end="work").add(20, municipality=2, sex="men", occupation_at_end="work")
    found = grids(compiled(few).publication)["counties"]
    rows = {row.header: row.cells[2].few for row in found.rows}
    assert rows == {"Stockholms län": True, "Västra Götalands län": False, "Totalt": False}
    assert not any(cell.few for grid in grids(publication).values() for row in grid.rows for cell in row.cells)


def grids(publication: Publication) -> dict[str, Grid]:
    return {block.key: block for block in publication.blocks if isinstance(block, Grid)}


def drawn(block: object) -> list[Cell]:
    """Every cell of a diagram."""
    match block:
        case Bars() | Lines():
            return [cell for series in block.series for cell in series.cells]
        case Transitions():
            sides = [group.cell for group in (*block.before, *block.after)]
            return sides + [cell for row in block.flows for cell in row]
        case Pyramid():
            return [*block.left.cells, *block.right.cells]
        case AreaMap():
            return [area.cell for area in block.areas]
        case Multiples():
            return [cell for panel in block.panels for cells in panel.cells for cell in cells]
    return []


def test_every_kind_of_diagram_is_there_and_stands_in_the_table_beside_it(publication: Publication) -> None:
    diagrams = [block for block in publication.blocks if isinstance(block, DIAGRAMS)]
    assert {type(block) for block in diagrams} == set(DIAGRAMS)
    assert len({block.key for block in diagrams}) == len(diagrams)
    for block in diagrams:
        places = [cell.at for row in grids(publication)[block.grid_key].rows for cell in row.cells]
        assert drawn(block)
        assert {cell.at for cell in drawn(block)} <= {*places, None}, block.key
        assert block.title
        assert block.subtitle


@pytest.mark.parametrize("language", ["sv", "en"])
def test_tables_are_whole_and_no_two_rows_or_tables_look_alike(given: Leavers, language: str) -> None:
    found = compiled(given, language=language).publication
    blocks = [block for block in found.blocks if isinstance(block, Grid)]
    assert len({grid.caption for grid in blocks}) == len({grid.key for grid in blocks}) == len(blocks)
    for grid in blocks:
        assert len(grid.columns) == len(grid.shows)
        assert sum(width for _, width in grid.groups) in (0, len(grid.columns))
        assert {len(row.cells) for row in grid.rows} == {len(grid.columns)}
        assert [header for header, times in Counter(row.header for row in grid.rows).items() if times > 1] == []
    assert [len(block.figures) for block in found.blocks if isinstance(block, KeyFigures)] == [4]


def test_every_code_of_the_files_has_words(publication: Publication) -> None:
    for tidy in publication.tables:
        assert without_words(tidy) == set(), tidy.table.name
        assert {*tidy.table.dimensions, *tidy.table.figures} <= tidy.columns.keys()


def test_every_table_says_where_its_figures_come_from(made: Compiled) -> None:
    assert {tidy.table.name for tidy in made.publication.tables} == {
        table.name for table in REPORTS["national-results"].tables.tables
    }


def test_sentences_and_titles_are_made_of_the_cells(publication: Publication) -> None:
    said = text(publication)
    assert "63 procent av de 240 deltaganden som avslutades 2020 slutade med arbete eller studier." in said
    assert "I 120 har personen börjat arbeta eller studera, eller gör det mer än före: 50 procent." in said
    assert "Antalet i arbete eller studier har ökat med 150 procent jämfört med 2019." in said
    assert "Om de 50 anonyma deltagarna också räknas ligger andelen mellan 52 procent och 69 procent." in said
    assert "Hälften har slutat inom 6 månader" in said
    assert "För 240 (100 procent) var det första gången." in said
    titles = {block.key: block.title for block in publication.blocks if isinstance(block, DIAGRAMS)}
    assert titles["occupations_flows"] == "150 av 240 gick till förvärvsarbete eller studier"
    assert titles["counties_map"] == "Från 0 procent i Västra Götalands län till 100 i Stockholms län"


def test_nothing_in_the_text_or_between_the_cells_contradicts_the_rest(made: Compiled) -> None:
    inputs = Inputs("national-results", 2020, "sv", "2021-01-31-0", "0", AS_OF, Rule(), "finsam 0")
    content = Content(inputs, made.publication, made.release.pattern, made.release.relations, {"leaks": ()})
    assert [consistency.said(found) for found in consistency.gate(content, None, [])] == []


def test_the_same_snapshot_gives_the_same_report(given: Leavers, publication: Publication) -> None:
    assert compiled(given).publication == publication


def test_without_participants_everything_about_persons_is_missing() -> None:
    found = compiled(None).publication
    for tidy in found.tables:
        if tidy.table.name != "totals":
            assert {shown(cell) for row in tidy.table.cells.values() for cell in row} <= {"missing"}, tidy.table.name
    assert lines(found, "totals")["2020 anonymous total"] == (0,)
    assert "Uppgifter om personer saknas." in text(found)


def test_a_year_in_which_nobody_ended_is_a_report_of_zeros() -> None:
    found = compiled(Leavers()).publication
    assert lines(found, "outcomes_participations")["2020 total"] == (0,) * 5
    assert set(lines(found, "quartiles").values()) == {("missing",)}


def test_an_occupation_that_was_added_to_the_list_counts_as_other() -> None:
    plain = leavers()
    added = tables(**plain.texts())
    more = {**added.codes, "occupation": {**added.codes["occupation"], "volunteering": 5}}
    stays = added.participations
    assert stays is not None
    moved = stays.mutate(occupation_at_end=stays.occupation_at_end.substitute({3: 5}).cast("int8"))
    found = compiled(replace(added, codes=more, participations=moved)).publication
    assert lines(found, "occupations")["2020 job_seeking other total"] == (90,)
    assert "2020 job_seeking volunteering total" not in lines(found, "occupations")


def test_a_sex_that_was_corrected_between_two_participations_stops_nothing() -> None:
    given = leavers()
    for person in range(1, 11):
        given.add(1, person=person, sex="women", occupation_at_end="work")
        given.add(1, person=person, sex="men", starts_on="2020-08-01", ends_before="")
    found = compiled(given).publication
    assert lines(found, "outcomes_participations")["2020 women"][0] == 170
    assert lines(found, "outcomes_persons")["2020 men"][0] == 90
