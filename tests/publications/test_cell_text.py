"""Hidden, missing and zero are three different marks in the PDF and the workbook, read back."""

import io

import pikepdf
import pytest
from python_calamine import CalamineWorkbook

from finsam.publications.cell_text import HIDDEN, UNREGISTERED, ZERO
from finsam.publications.formats.pdf import pdf_bytes
from finsam.publications.formats.xlsx import xlsx_bytes
from tests.publications.invented import publication
from tests.publications.test_pdf import text_of

# The invented table 1, row by row: women, men and total in numbers, then women and men as shares.
ROWS = {
    "2016": ["1 354", "557", "1 911", "71 %", "29 %"],
    "2017": ["1 753", "0", "1 753", "100 %", "0 %"],
    "2018": ["2 069", "–", "–", "–", "–"],
    "2019": ["··", "··", "2 069", "··", "··"],
    "2020": ["1 272", "587", "1 859", "68 %", "0,5 %"],
}
ENGLISH = str.maketrans({" ": ",", ",": "."})


def written(language: str) -> dict[str, list[str]]:
    if language == "sv":
        return ROWS
    return {year: [text.replace(" %", "%").translate(ENGLISH) for text in cells] for year, cells in ROWS.items()}


def test_the_marks_differ() -> None:
    assert len({HIDDEN, UNREGISTERED, ZERO, ""}) == 4


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_pdf_writes_each_cell_with_its_own_mark_and_explains_all_three(language: str) -> None:
    with pikepdf.open(io.BytesIO(pdf_bytes(publication(language)))) as document:
        drawn = "".join(text_of(page) for page in document.pages)
    for year, cells in written(language).items():
        assert "".join([year, *cells]) in drawn
    explained = {
        "sv": ("·· antalet är dolt", "– uppgiften saknas", "0 noll: ingen, eller ingen skillnad"),
        "en": ("·· the number is hidden", "– ", "0 zero"),
    }
    for words in explained[language]:
        assert words in drawn


def test_the_workbook_holds_zero_as_a_number_and_the_others_as_their_marks() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(publication())))
    read = {
        (sheet, *row[:2]): row[2:]
        for sheet in ("participants", "shares")
        for row in book.get_sheet_by_name(sheet).to_python()[1:]
    }
    assert read["participants", 2017, "Män"] == [0, "visas"]
    assert read["participants", 2018, "Män"] == ["–", "saknas"]
    assert read["participants", 2019, "Män"] == ["··", "dold"]
    assert read["shares", 2017, "Män"] == [0, 1753, "visas"]
    assert read["shares", 2018, "Män"] == ["–", "–", "saknas"]
    assert read["shares", 2019, "Män"] == ["··", 2069, "dold"]
    for figures in read.values():  # a number, or one of the two marks: never an empty cell, never a zero for a mark
        assert all(isinstance(figure, int | float) or figure in {HIDDEN, UNREGISTERED} for figure in figures[:-1])
    front = {row[0]: row[1] for row in book.get_sheet_by_name("Om rapporten").to_python() if len(row) > 1}
    assert len({front[HIDDEN], front[UNREGISTERED], front[ZERO]}) == 3
