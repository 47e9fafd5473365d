"""The Excel file: a first sheet that explains, then one sheet for each tidy table with numbers as numbers."""

import io
from datetime import datetime, time
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override
from xlsxwriter.worksheet import Worksheet

from finsam.disclosure.protect import Cell, Status
from finsam.publications.blocks import Grid, Publication, Tidy
from finsam.publications.cell_text import mark, meanings, number, rounded_to, worst
from finsam.values.keys import Code

WIDEST = 48  # characters; longer labels wrap
FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "head": {"bold": True, "bottom": 2, "text_wrap": True, "valign": "bottom"},
    "text": {"text_wrap": True, "valign": "top"},
    "bold": {"bold": True, "valign": "top"},
    "count": {"num_format": "#,##0"},
    "percent": {"num_format": "0"},
    "decimal": {"num_format": "0.0"},
    "mark": {"align": "right"},
}
Formats = dict[str, Any]


def xlsx_bytes(publication: Publication) -> bytes:
    """The publication's tables as a workbook whose only date is the as-of date."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    with override(publication.language):
        book.set_properties(
            {
                "title": publication.title,
                "comments": publication.edition or publication.snapshot_id,
                "created": datetime.combine(publication.as_of, time()),
            }
        )
        formats = {name: book.add_format(look) for name, look in FORMATS.items()}
        front_sheet(book.add_worksheet(_("Om rapporten")), publication, formats)
        for grid in publication.blocks if publication.cubes else ():
            if isinstance(grid, Grid):
                grid_sheet(book.add_worksheet(_("Som på sidan")), grid, formats)
        for tidy in publication.tables:
            table_sheet(book.add_worksheet(tidy.table.name[:31]), tidy, formats)
    book.close()
    return stream.getvalue()


def front_sheet(sheet: Worksheet, publication: Publication, formats: Formats) -> None:
    """Title, lead, snapshot, the tables of the workbook and the marks."""
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, publication.title, formats["title"])
    facts = [
        (_("Sammanfattning"), publication.lead),
        (_("Utgåva"), publication.edition) if publication.edition else (_("Ögonblicksbild"), publication.snapshot_id),
        (_("Uppgifter per"), publication.as_of.isoformat()),
        *((tidy.table.name[:31], captioned(tidy)) for tidy in publication.tables),
        *meanings().items(),
    ]
    for row, (term, words) in enumerate(facts, start=2):
        sheet.write_string(row, 0, term, formats["bold"])
        sheet.write_string(row, 1, words, formats["text"])


def grid_sheet(sheet: Worksheet, grid: Grid, formats: Formats) -> None:
    """The table as it is laid out for people: groups over columns, and a row for each of its rows."""
    sheet.set_column(0, 0, WIDEST)
    sheet.write_string(0, 0, grid.caption, formats["title"])
    at = 1
    for label, width in grid.groups:
        sheet.write_string(1, at, label, formats["head"])
        at += width
    for column, label in enumerate((grid.corner, *grid.columns)):
        sheet.write_string(2, column, label, formats["head"])
    for row, line in enumerate(grid.rows, start=3):
        sheet.write_string(row, 0, line.header)
        for column, cell in enumerate(line.cells, start=1):
            write_cell(sheet, row, column, cell, formats)


def captioned(tidy: Tidy) -> str:
    """The caption of a table, and what its figures are rounded to, if they are."""
    return ". ".join((tidy.caption, *map(rounded_to, tidy.table.bases)))


def table_sheet(sheet: Worksheet, tidy: Tidy, formats: Formats) -> None:
    """One tidy table with words for its codes and a frozen header."""
    table = tidy.table
    editions = {key: next((cell.edition for cell in row if cell.edition), "") for key, row in table.cells.items()}
    repeats = [_("Ur utgåvan")] if any(editions.values()) else []
    header = [*map(tidy.column, (*table.dimensions, *table.figures)), _("Status"), *repeats]
    status = len(table.dimensions) + len(table.figures)
    for column, words in enumerate(header):
        sheet.write_string(0, column, words, formats["head"])
    keys = sorted(table.cells)
    for row, key in enumerate(keys, start=1):
        for column, (code, words) in enumerate(zip(key, tidy.row(key), strict=True)):
            write_code(sheet, row, column, code, words)
        for column, cell in enumerate(table.cells[key], start=len(key)):
            write_cell(sheet, row, column, cell, formats)
        sheet.write_string(row, status, status_words()[worst(table.cells[key])])
        if repeats:
            sheet.write_string(row, status + 1, editions[key])
    for row, base in enumerate(table.bases, start=len(keys) + 2):
        sheet.write_string(row, 0, rounded_to(base))
    sheet.freeze_panes(1, 0)
    if keys:
        sheet.autofilter(0, 0, len(keys), len(header) - 1)
    set_widths(sheet, header, list(map(tidy.row, keys)))


def write_code(sheet: Worksheet, row: int, column: int, code: Code, words: str) -> None:
    """A dimension: years as numbers, so that they sort and filter, all else in words."""
    if isinstance(code, str) and code.isdigit() and words == code and not code.startswith("0"):
        sheet.write_number(row, column, int(code))
    else:
        sheet.write_string(row, column, words)


def write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, formats: Formats) -> None:
    """A figure as a number, or its mark."""
    figure = number(cell)
    if figure is None:
        sheet.write_string(row, column, mark(cell.status), formats["mark"])
    elif isinstance(figure, int):
        sheet.write_number(row, column, figure, formats["count"])
    else:
        whole = figure == figure.to_integral_value()
        sheet.write_number(row, column, float(figure), formats["percent" if whole else "decimal"])


def set_widths(sheet: Worksheet, header: list[str], rows: list[list[str]]) -> None:
    """Columns as wide as their longest words."""
    for column, words in enumerate(header):
        longest = max([len(words), *(len(row[column]) for row in rows if column < len(row))])
        sheet.set_column(column, column, min(longest + 3, WIDEST))


def status_words() -> dict[Status, str]:
    """The status column in words."""
    return {
        Status.OK: _("visas"),
        Status.KEPT: _("står kvar"),
        Status.SUPPRESSED: _("dold"),
        Status.MISSING: _("saknas"),
    }
