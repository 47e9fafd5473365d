"""Tidy CSV files: one row a cell, dimensions, then figures, then status; a figure that isn't ok is empty.

A table that is rounded says in a last column to the nearest of what.
"""

import csv
import io
from collections.abc import Iterator

from finsam.disclosure.protect import Protected
from finsam.publications.cell_text import number, worst
from finsam.statistics.checks.table_files import ROUNDED_TO, STATUS
from finsam.values.keys import written


def csv_bytes(table: Protected) -> bytes:
    """The table as UTF-8 without byte order mark, rows sorted on their codes and ended by one line feed."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(lines(table))
    return text.getvalue().encode()


def lines(table: Protected) -> Iterator[list[str]]:
    """The header line and one line for each key."""
    rounded = () if table.base is None else (ROUNDED_TO,)
    yield [*table.dimensions, *table.figures, STATUS, *rounded]
    for key, cells in sorted(table.cells.items()):
        figures = (number(cell) for cell in cells)
        yield [
            *map(written, key),
            *("" if figure is None else str(figure) for figure in figures),
            str(worst(cells)),
            *(str(table.base) for _one in rounded),
        ]
