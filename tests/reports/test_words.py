"""Words belong to a code of a dimension: in no file does one dimension speak with the words of another."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import combinations
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from finsam.disclosure.cells import Cell, Key, Protected, Rule, placed
from finsam.editions.provenance import TERMS, provenance
from finsam.editions.stored import changes
from finsam.editions.stored.content import Content, Inputs
from finsam.publications import blocks
from finsam.publications.blocks import Grid, Publication, Tidy
from finsam.publications.formats.xlsx import xlsx_bytes
from finsam.reports.labels import banded
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.values.keys import Code
from tests.snapshots.leavers import AS_OF
from tests.snapshots.populations import Population
from tests.table_builder.populations import let_out, new_question, snapshot

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ALIKE: Final = [  # but what is not asked for together
    by
    for by in combinations((name for name, one in DIMENSIONS.items() if one.bands), 2)
    if not all(DIMENSIONS[name].counts_stays for name in by)
]


def special_page(*by: str) -> Publication:
    """What is let out of a question to some who began, by dimensions whose codes are the same numbers."""
    found = snapshot(**Population().add(30, sex="women").add(25, sex="men").texts())
    made: Publication = let_out(new_question("persons_ongoing", by=by), found)
    return made


def sheet(made: Publication) -> list[dict[str, str]]:
    """The sheet with the table, a row as the words under each heading."""
    book = zipfile.ZipFile(io.BytesIO(xlsx_bytes(made)))
    shared = ["".join(one.itertext()) for one in ET.fromstring(book.read("xl/sharedStrings.xml"))]
    rows = [
        [_text(cell, shared) for cell in row.iter(f"{MAIN}c")]
        for row in ET.fromstring(book.read("xl/worksheets/sheet2.xml")).iter(f"{MAIN}row")
    ]
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def _text(cell: ET.Element, shared: list[str]) -> str:
    value = "".join(cell.itertext())
    return shared[int(value)] if cell.get("t") == "s" else value


@pytest.mark.parametrize("by", ALIKE)
def test_excel_says_the_words_of_each_dimension_where_two_have_the_same_codes(by: tuple[str, str]) -> None:
    made = special_page(*by)
    (tidy,) = made.tables
    own: dict[str, set[str]] = {tidy.column(name): set(tidy.words[name].values()) for name in by}
    said: dict[str, set[str]] = defaultdict(set)
    for row in sheet(made):
        for heading in own:
            said[heading].add(row[heading])
    assert said == own
    assert len({words for every in own.values() for words in every}) > max(map(len, own.values()))


def test_a_time_in_support_is_never_a_number_of_interventions() -> None:
    rows = sheet(special_page("support_time", "at_once"))
    assert {row["Insatser samtidigt"] for row in rows} == {"En insats", "Två insatser", "Minst 3 insatser", "Totalt"}
    shortest = "Under ett år"
    assert {row["Tid i försörjning före"] for row in rows if row["Insatser samtidigt"] == "En insats"} >= {shortest}


def numbered(name: str, dimension: str, code: str, number: int) -> Tidy:
    """A table with one row, of one code of a dimension."""
    cells: dict[Key, tuple[Cell, ...]] = {("2020", code): (Cell(number),)}
    shown = placed(Protected(name, ("year", dimension), ("persons",), cells))
    words: dict[str, dict[Code, str]] = {dimension: {code: f"{dimension} {code}"}}
    return Tidy(shown, name, {"persons": "Personer"}, words)


def test_changed_cells_of_two_tables_with_the_same_codes_never_have_the_words_of_the_other() -> None:
    """The first time in one table and one intervention in the other, both with the key 2020/1; 2020/2 in one alone."""

    def edition(number: int) -> Publication:
        tables = (
            numbered("repeats", "stay_number", "1", number),
            numbered("at_once", "at_once", "1", number),
            numbered("ages", "age_group", "2", number),
        )
        return Publication("national-results", "", 2020, "sv", "a", AS_OF, "", (), tables, Rule())

    inputs = Inputs("national-results", 2020, "sv", "a", "a", AS_OF, Rule(), "finsam 0")
    made = changes.with_changes(edition(6), Content(inputs, edition(5), (), (), {}))
    tidy = made.tables[-1]
    assert sorted(tidy.row(key) for key in tidy.table.cells) == [
        ["ages", "2020, age_group 2", "Personer"],
        ["at_once", "2020/1", "Personer"],
        ["repeats", "2020/1", "Personer"],
    ]
    rows = [row.header for block in made.blocks if isinstance(block, Grid) for row in block.rows]
    said = ["2020, stay_number 1 (personer)", "2020, at_once 1 (personer)", "2020, age_group 2 (personer)"]
    assert rows == said


def test_no_block_keeps_words_by_code_alone() -> None:
    """The only words by name alone are those of the columns, whose names are apart; all others are by dimension."""
    kept = {
        f"{kind.__name__}.{one.name}"
        for kind in vars(blocks).values()
        if isinstance(kind, type) and is_dataclass(kind)
        for one in fields(kind)
        if one.type in (Mapping[str, str], Mapping[Code, str])
    }
    assert kept == {"Tidy.columns"}


def test_what_a_word_means_is_told_by_dimension_and_code() -> None:
    assert {name for name, _code in TERMS} <= {*DIMENSIONS, "flow", "figure"}
    called_new = Protected("t", ("year", "need_group"), ("persons",), {("2020", "new"): (Cell(9),)})
    made = replace(special_page("sex"), tables=(Tidy(called_new, "", {}, {}),))
    inputs = Inputs("national-results", 2020, "sv", "a", "a", AS_OF, Rule(), "finsam 0")
    found = provenance(inputs, made.tables[0], ("2020", "new"))
    assert found is not None
    assert found.terms == ()


@pytest.mark.parametrize("name", [name for name, one in DIMENSIONS.items() if one.bands])
def test_every_band_of_a_dimension_has_words_of_its_own(name: str) -> None:
    bands = DIMENSIONS[name].bands
    assert len({banded(name, band) for band in bands}) == len(bands)
