"""A table that is rounded says so wherever it is read, and a share of few bears a mark."""

import io
import json
from dataclasses import replace

import pikepdf
import pytest
from python_calamine import CalamineWorkbook

from finsam.disclosure.cells import Cell, placed
from finsam.editions.stored.encoding import decode, encode
from finsam.publications.blocks import Grid, GridRow, Publication, Show
from finsam.publications.formats.csv import csv_bytes
from finsam.publications.formats.html import report_html
from finsam.publications.formats.pdf import pdf_bytes
from finsam.publications.formats.xlsx import xlsx_bytes
from finsam.statistics.checks.table_files import findings, read
from finsam.statistics.derived.reliability import share
from finsam.values.keys import joined
from tests.publications.invented import PARTICIPANTS, SHARES, publication
from tests.publications.test_pdf import text_of

ROUNDED = replace(
    PARTICIPANTS,
    cells={key: tuple(replace(cell, base=11) for cell in row) for key, row in PARTICIPANTS.cells.items()},
)
SAID = {"sv": "Siffrorna är avrundade till närmaste 11.", "en": "The figures are rounded to the nearest 11."}


def grid(table, key):
    rows = tuple(GridRow(joined(code), cells) for code, cells in table.cells.items())
    return Grid(key, f"Tabell {key}", "", (), table.figures, (Show.COUNT,) * len(table.figures), rows, "Egen not.")


def rounded(language: str = "sv") -> Publication:
    """The invented report with one of its two tables rounded."""
    tables = [placed(ROUNDED), placed(SHARES)]
    whole = publication(language)
    tidy = tuple(replace(one, table=table) for one, table in zip(whole.tables, tables, strict=True))
    return replace(whole, blocks=(grid(tables[0], "rounded"), grid(tables[1], "exact")), tables=tidy)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_html_and_pdf_say_what_a_table_is_rounded_to_under_that_table_only(language):
    page = report_html(rounded(language))
    assert page.count(SAID[language]) == 1
    assert f"Egen not. {SAID[language]}" in page[: page.index("Tabell exact")]
    with pikepdf.open(io.BytesIO(pdf_bytes(rounded(language)))) as document:
        letters = "".join(map(text_of, document.pages)).replace(" ", "")
    assert letters.count(SAID[language].replace(" ", "")) == 1


def test_the_workbook_says_so_on_its_first_sheet_and_under_the_table():
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(rounded())))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    front = {row[0]: row[1] for row in sheets["Om rapporten"]}
    assert front["participants"] == f"Påhittade deltagare. {SAID['sv']}"
    assert front["shares"] == "Påhittade andelar"
    assert sheets["participants"][-1][0] == SAID["sv"]
    assert SAID["sv"] not in {row[0] for row in sheets["shares"]}


def test_csv_says_so_in_a_last_column_and_rounded_figures_need_not_add_up():
    [header, first, *_] = csv_bytes(ROUNDED).decode().splitlines()
    assert header == "year,sex,persons,status,rounded_to"
    assert first.endswith(",ok,11")
    text = "year,sex,persons,status,rounded_to\n2020,women,11,ok,11\n2020,men,11,ok,11\n2020,total,33,ok,11\n"
    assert list(findings(read(text.encode()))) == []
    assert list(findings(read(text.replace(",rounded_to", "").replace(",11\n", "\n").encode())))


def marked(base: int) -> Publication:
    found = share(Cell(4), Cell(base))
    shares = Grid("shares", "Andelar", "", (), ("Andel",), (Show.PERCENT,), (GridRow("Alla", (found.percent,)),))
    return replace(publication(), blocks=(shares,))


def test_a_share_of_fewer_than_twenty_bears_a_mark_that_is_explained_and_spoken():
    page = report_html(marked(19)).replace("\u00a0", " ")
    assert '<span aria-hidden="true">21 %*</span><span class="report-spoken">21 % av färre än 20</span>' in page
    assert "<b>*</b> andelen är av färre än 20" in page
    assert "*</" not in report_html(marked(20))


def test_the_mark_is_stored_with_the_cell():
    few, enough = share(Cell(4), Cell(19)).percent, share(Cell(4), Cell(20)).percent
    assert [decode(json.loads(json.dumps(encode(cell)))).few for cell in (few, enough)] == [True, False]
