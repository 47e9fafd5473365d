"""CSV and Excel: tidy rows, empty figures where nothing may be shown, the same bytes every time."""

import csv
import io
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from finsam.disclosure.protect import Cell, Protected
from finsam.publications.formats.csv import csv_bytes
from finsam.publications.formats.xlsx import xlsx_bytes
from tests.publications.invented import HIDDEN, MISSING, PARTICIPANTS, SHARES, publication


def test_csv_has_one_row_a_cell_and_no_zero_in_place_of_a_hidden_figure():
    assert csv_bytes(SHARES).decode() == (
        "year,sex,percent,base,status\n"
        "2016,men,29,1911,ok\n"
        "2016,women,71,1911,ok\n"
        "2017,men,0,1753,ok\n"
        "2017,women,100,1753,ok\n"
        "2018,men,,,missing\n"
        "2018,women,,,missing\n"
        "2019,men,,2069,suppressed\n"
        "2019,women,,2069,suppressed\n"
        "2020,men,0.5,1859,ok\n"
        "2020,women,68,1859,ok\n"
    )


def test_csv_publishes_zero_as_zero_and_has_no_byte_order_mark():
    written = csv_bytes(PARTICIPANTS)
    assert b"2017,men,0,ok\n" in written
    assert written.startswith(b"year,")
    assert b"\r" not in written


def test_csv_bytes_do_not_depend_on_the_order_of_the_cells():
    turned = replace(PARTICIPANTS, cells=dict(reversed(list(PARTICIPANTS.cells.items()))))
    assert csv_bytes(turned) == csv_bytes(PARTICIPANTS)


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ((Cell(1), Cell(2)), "ok"),
        ((Cell(1), MISSING), "missing"),
        ((MISSING, HIDDEN), "suppressed"),
        ((HIDDEN, Cell(1)), "suppressed"),
    ],
)
def test_the_status_of_a_row_is_its_worst(cells, status):
    table = Protected("t", ("year",), ("a", "b"), {("2020",): cells})
    [row] = csv.DictReader(io.StringIO(csv_bytes(table).decode()))
    assert row["status"] == status


def sheets(language="sv"):
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_bytes(publication(language))))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_explains_itself_before_its_tables():
    read = sheets()
    assert list(read) == ["Om rapporten", "participants", "shares"]
    words = {str(cell) for row in read["Om rapporten"] for cell in row}
    assert {"2021-01-31-0123456789ab", "2021-01-31", "··", "–", "Påhittade andelar"} <= words


def test_excel_figures_are_numbers_and_hidden_ones_are_marks():
    header, *rows = sheets()["shares"]
    assert header == ["År", "Kön", "Procent", "Bas", "Status"]
    assert [2016, "Män", 29, 1911, "visas"] in rows
    assert [2018, "Kvinnor", "–", "–", "saknas"] in rows
    assert [2019, "Kvinnor", "··", 2069, "dold"] in rows
    assert [2020, "Män", 0.5, 1859, "visas"] in rows


def test_the_workbook_has_the_same_bytes_twice():
    assert xlsx_bytes(publication()) == xlsx_bytes(publication())
