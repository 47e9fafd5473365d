"""The exact answer to a free question as files, which say in their first row that they may not be let out."""

import csv
import io
from datetime import datetime, time
from typing import Final

import xlsxwriter
from django.utils.translation import gettext as _

from finsam.table_builder.working_table import WorkingTable, forbidden
from finsam.values.keys import written

HIDDEN: Final = "would_be_hidden"
SHEET: Final = "exact"


def csv_bytes(table: WorkingTable) -> bytes:
    """The table as UTF-8: what it may not be used for, its header, then one line a row."""
    text = io.StringIO(newline="")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([forbidden(), table.title, table.snapshot])
    lines.writerow([*table.dimensions, *table.figures, HIDDEN])
    for key, numbers, hidden in table.rows():
        figures = ("" if number is None else str(number) for number in numbers)
        lines.writerow([*map(written, key), *figures, " ".join(_named(table, hidden))])
    return text.getvalue().encode()


def xlsx_bytes(table: WorkingTable) -> bytes:
    """The table as a workbook; what it may not be used for stands on the sheet and at the top of every printed page."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": forbidden(), "created": datetime.combine(table.as_of, time())})
    sheet, bold = book.add_worksheet(SHEET), book.add_format({"bold": True})
    sheet.set_header(f"&C&B{forbidden()}")
    sheet.write_string(0, 0, forbidden(), bold)
    sheet.write_string(1, 0, table.title)
    sheet.write_string(2, 0, table.snapshot)
    header = [*map(table.column, (*table.dimensions, *table.figures)), _("Skulle döljas")]
    for column, words in enumerate(header):
        sheet.write_string(4, column, words, bold)
    for row, (key, numbers, hidden) in enumerate(table.rows(), start=5):
        for column, words in enumerate(table.words(key)):
            sheet.write_string(row, column, words)
        for column, number in enumerate(numbers, start=len(key)):
            if number is not None:
                sheet.write_number(row, column, number)
        sheet.write_string(row, len(header) - 1, ", ".join(map(table.column, _named(table, hidden))))
    sheet.repeat_rows(0, 4)
    sheet.freeze_panes(5, 0)
    sheet.set_column(0, len(header) - 1, 24)
    book.close()
    return stream.getvalue()


def _named(table: WorkingTable, hidden: tuple[bool, ...]) -> list[str]:
    return [figure for figure, is_hidden in zip(table.figures, hidden, strict=True) if is_hidden]
