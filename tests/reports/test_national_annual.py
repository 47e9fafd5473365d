"""The national annual report says what its cells say."""

from fractions import Fraction

import pytest

from finsam.disclosure.protect import Status
from finsam.publications.blocks import Bars, Definitions, Grid, Heading, KeyFigures, Paragraph, Publication
from finsam.values.keys import written
from tests.publications.invented import without_words
from tests.reports.published import differences, rows
from tests.snapshots.populations import Denominator, Population, report

INTERVENTIONS = """
    intervention | association | kind       | direction                           | starts_on  | ends_before
    1            | 1           | individual | rehabilitation_to_work_or_education | 2019-01-01 |
    2            | 1           | individual | rehabilitation_to_work_or_education | 2020-01-01 |
    3            | 2           | individual | preparatory                         | 2020-01-01 |
    4            | 2           | structural | training                            | 2016-01-01 | 2020-01-01
    5            | 3           | structural | dialogue_and_communication          | 2020-12-31 |
"""
TARGET_GROUPS = """
    intervention | need_group
    1            | long_term_sick
    2            | long_term_sick
    3            | long_term_sick
    5            | long_term_sick
    4            | young_with_disability
"""
HEADS = """
    intervention | year | source    | women | men
    1            | 2020 | anonymous | 12    | 8
    1            | 2020 | volume    | 30    | 20
    1            | 2019 | volume    | 7     | 7
    5            | 2020 | volume    | 500   | 600
"""


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Sixty women and forty men, some with sickness benefit."""
    people = (
        Population()
        .add(20, sex="women", support="sickness_cash_benefit")
        .add(10, sex="women", support="rehabilitation_cash_benefit", began="earlier")
        .add(30, sex="women")
        .add(10, sex="men", support="sickness_cash_benefit")
        .add(8, sex="men", support="sickness_cash_benefit", began="earlier")
        .add(22, sex="men", began="earlier")
    )
    return people.texts() | {"interventions": INTERVENTIONS, "target_groups": TARGET_GROUPS, "head_counts": HEADS}


@pytest.fixture(scope="module")
def publication(texts: dict[str, str]) -> Publication:
    """The report of them."""
    return report(texts)


def text(publication: Publication) -> str:
    """All running text, with plain spaces."""
    words = [block.text for block in publication.blocks if isinstance(block, Heading | Paragraph)]
    return "\n".join([publication.lead, *words]).replace("\u00a0", " ")


def lines(publication: Publication, name: str) -> dict[str, tuple[object, ...]]:
    """The cells of a tidy table; a status where there is no value."""
    table = next(tidy.table for tidy in publication.tables if tidy.table.name == name)
    return {
        " ".join(map(written, key)): tuple(
            cell.value if cell.status is Status.OK else cell.status.value for cell in cells
        )
        for key, cells in table.cells.items()
    }


def test_the_tidy_tables_have_their_columns_in_order(publication: Publication) -> None:
    assert {tidy.table.name: (*tidy.table.dimensions, *tidy.table.figures) for tidy in publication.tables} == {
        "participants": ("year", "flow", "support", "sex", "persons"),
        "shares": ("year", "flow", "support", "sex", "percent", "base"),
        "totals": ("year", "figure", "sex", "persons"),
        "need_groups": ("year", "flow", "need_group", "sex", "persons"),
        "interventions": ("year", "need_group", "kind", "direction", "interventions", "associations"),
        "recipients": ("year", "support", "persons", "recipients", "percent"),
    }
    for tidy in publication.tables:
        assert without_words(tidy) == set()
        assert {*tidy.table.dimensions, *tidy.table.figures} <= tidy.columns.keys()


def test_participants_shares_and_totals_are_counted(publication: Publication) -> None:
    participants, shares, totals = (lines(publication, name) for name in ("participants", "shares", "totals"))
    assert participants["2020 ongoing sickness_benefit women"] == (30,)
    assert participants["2020 ongoing sickness_benefit total"] == (48,)
    assert participants["2020 new sickness_benefit men"] == (10,)
    assert participants["2019 new sickness_benefit women"] == (10,)
    assert participants["2016 ongoing activity_compensation total"] == (0,)
    assert shares["2020 ongoing sickness_benefit women"] == (Fraction(3000, 48), 48)
    assert shares["2016 ongoing sickness_benefit women"] == ("missing", "missing")
    assert totals["2020 identified total"] == (100,)
    assert totals["2020 participants women"] == (60 + 12 + 30,)
    assert totals["2020 structural_heads men"] == (600,)
    assert totals["2019 participants total"] == (40 + 14,)


def test_interventions_are_counted_by_need_group_kind_and_direction(publication: Publication) -> None:
    interventions = lines(publication, "interventions")
    assert interventions["2020 long_term_sick total total"] == (4, 3)
    assert interventions["2020 long_term_sick individual rehabilitation_to_work_or_education"] == (2, 1)
    assert interventions["2019 young_with_disability structural total"] == (1, 1)
    assert interventions["2020 young_with_disability total total"] == (0, 0)
    assert interventions["2020 prioritised total total"] == (4, 3)
    assert interventions["2020 total total total"] == (4, 3)


def test_recipients_are_those_published_elsewhere_and_missing_without_them(publication: Publication) -> None:
    recipients = lines(publication, "recipients")
    assert recipients == {
        "2020 sickness_benefit": (48, 1000, Fraction(4800, 1000)),
        "2020 activity_compensation": ("missing", "missing", "missing"),
    }


def test_the_newest_number_of_recipients_counts(texts: dict[str, str]) -> None:
    newer = Denominator(recipients=480, as_of=Denominator.as_of.replace(month=3))
    recipients = lines(report(texts, denominators=(newer, Denominator())), "recipients")
    assert recipients["2020 sickness_benefit"] == (48, 480, Fraction(10))


def test_a_share_over_a_hundred_percent_is_missing_and_the_report_says_why(texts: dict[str, str]) -> None:
    small = report(texts, denominators=(Denominator(recipients=47),))
    assert lines(small, "recipients")["2020 sickness_benefit"] == ("missing", "missing", "missing")
    assert "av alla 47" not in text(small)
    assert "kommer från Försäkringskassan. Det är mindre än antalet deltagare. Därför visas ingen andel." in text(small)
    assert "Därför visas ingen andel." not in text(report(texts, denominators=(Denominator(recipients=48),)))


def test_sentences_choose_their_words_from_the_cells(publication: Publication) -> None:
    said = text(publication)
    assert "170 deltagare räknades under 2020. Antalet som går att följa har ökat med 150 procent" in said
    assert "Under 2020 tog 48 personer med sjukpenning del av en insats." in said
    assert "Det är 5 procent av alla 1 000 som hade sjukpenning under året." in said
    assert "30 av de 48 (63 procent) började en insats under året." in said
    assert "Antalet nya kvinnor har ökat med 100 procent och antalet nya män har ökat med 25 procent." in said
    assert "Antalet insatser har ökat med 300 procent jämfört med 2019, då det var 1 i 1 samordningsförbund." in said
    assert "75 procent är individinriktade och 25 procent är strukturövergripande." in said
    assert "är rehabilitering till arbete/utbildning: 67 procent." in said
    assert "Under 2020 fanns ingen insats som särskilt riktar sig till gruppen." in said


def test_a_fall_and_a_standstill_have_their_own_words(texts: dict[str, str]) -> None:
    fewer = Population().add(20, sex="women", began="earlier").texts() | {"interventions": INTERVENTIONS}
    said = text(report(fewer))
    assert "Antalet registrerade med personuppgifter är oförändrat jämfört med 2019." in said
    assert "Lika många deltagare går att följa" in said
    ended = INTERVENTIONS.replace("2019-01-01 |", "2019-01-01 | 2020-01-01")
    said = text(report(texts | {"interventions": ended}))
    assert "Antalet har ökat med 50 procent jämfört med 2019, då det var 2." in said


def test_diagrams_point_at_the_table_with_the_same_cells(publication: Publication) -> None:
    grids = {block.key: block for block in publication.blocks if isinstance(block, Grid)}
    for bars in (block for block in publication.blocks if isinstance(block, Bars)):
        shown = [cell for row in grids[bars.grid_key].rows for cell in row.cells]
        assert all(cell in shown for series in bars.series for cell in series.cells)
        assert all(len(series.cells) == len(bars.categories) for series in bars.series)


def test_every_row_of_a_table_has_a_cell_for_every_column(publication: Publication) -> None:
    for grid in (block for block in publication.blocks if isinstance(block, Grid)):
        assert len(grid.columns) == len(grid.shows)
        assert sum(width for _, width in grid.groups) in (0, len(grid.columns))
        assert {len(row.cells) for row in grid.rows} == {len(grid.columns)}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_two_rows_of_a_table_and_no_two_tables_look_alike(texts: dict[str, str], language: str) -> None:
    """A direction of the same name, as 'annan inriktning', may stand under both kinds."""
    grids = [block for block in report(texts, language=language).blocks if isinstance(block, Grid)]
    assert len({grid.caption for grid in grids}) == len({grid.key for grid in grids}) == len(grids)
    for grid in grids:
        headers = [row.header for row in grid.rows]
        assert len(set(headers)) == len(headers), grid.caption


def test_the_directions_of_each_kind_sum_to_the_kind(publication: Publication) -> None:
    kinds = [block for block in publication.blocks if isinstance(block, Grid) and block.key.startswith("directions_")]
    assert [grid.rows[-1].cells[-1].value for grid in kinds] == [3, 1]
    for grid in kinds:
        *directions, every = [[cell.value or 0 for cell in row.cells] for row in grid.rows]
        assert [sum(column) for column in zip(*directions, strict=True)] == every


def test_directions_are_explained(publication: Publication) -> None:
    terms = [term for block in publication.blocks if isinstance(block, Definitions) for term, _ in block.items]
    assert "Förberedande insatser" in terms
    assert all(words for block in publication.blocks if isinstance(block, Definitions) for _, words in block.items)


def test_there_are_at_most_four_key_figures(publication: Publication) -> None:
    assert [len(block.figures) for block in publication.blocks if isinstance(block, KeyFigures)] == [4]


def test_the_same_snapshot_gives_the_same_publication(texts: dict[str, str], publication: Publication) -> None:
    assert report(texts) == publication


def test_without_participants_everything_about_persons_is_missing_and_heads_remain(texts: dict[str, str]) -> None:
    given = {name: table for name, table in texts.items() if name not in ("participations", "supports")}
    shown = report(given, without_persons=True)
    assert set(lines(shown, "participants").values()) == {("missing",)}
    assert set(lines(shown, "shares").values()) == {("missing", "missing")}
    assert lines(shown, "totals")["2020 identified women"] == ("missing",)
    assert lines(shown, "totals")["2020 participants total"] == ("missing",)
    assert lines(shown, "totals")["2020 volume women"] == (30,)
    assert lines(shown, "interventions")["2020 total total total"] == (4, 3)
    assert lines(shown, "recipients")["2020 sickness_benefit"] == ("missing",) * 3
    assert "Uppgifter om personer saknas." in text(shown)


def test_an_empty_snapshot_gives_a_report_of_zeros() -> None:
    shown = report({"interventions": "intervention"})
    assert lines(shown, "totals")["2020 participants total"] == (0,)


def test_the_comparison_with_the_published_figures_finds_what_differs(publication: Publication) -> None:
    found = differences(publication)
    assert "participants_total 2020: 170 instead of 24867" in found
    assert sum(len(rows(name)) for name in ("participants_2016_2020", "measures_by_need_group")) == 29
    assert len(found) > 100


def test_the_snapshots_own_words_for_a_code_win_over_the_first_edition(texts: dict[str, str]) -> None:
    own = {"need_group": {"long_term_sick": {"sv": "Sjukskrivna länge", "en": "Sick for long"}}}
    assert "Insatser för sjukskrivna länge" in text(report(texts, labels=own))
