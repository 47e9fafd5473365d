"""Tidy CSV files: one row a cell, dimensions, then figures, then status; a figure that isn't ok is empty.

Where rows are rounded a column says to the nearest of what, and where rows are repeated one says from which edition.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from finsam.disclosure.protect import Cell, Protected
from finsam.publications.cell_text import number, worst
from finsam.statistics.checks.table_files import EDITION, ROUNDED_TO, STATUS
from finsam.values.keys import written


def _base(cells: Iterable[Cell]) -> str:
    return next((str(cell.base) for cell in cells if cell.base), "")


def _edition(cells: Iterable[Cell]) -> str:
    return next((cell.edition for cell in cells if cell.edition), "")


BESIDE: Final[Mapping[str, Callable[[Iterable[Cell]], str]]] = {ROUNDED_TO: _base, EDITION: _edition}


def csv_bytes(table: Protected) -> bytes:
    """The table as UTF-8 without byte order mark, rows sorted on their codes and ended by one line feed."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(lines(table))
    return text.getvalue().encode()


def lines(table: Protected) -> Iterator[list[str]]:
    """The header line and one line for each key."""
    used = [name for name, said in BESIDE.items() if any(map(said, table.cells.values()))]
    yield [*table.dimensions, *table.figures, STATUS, *used]
    for key, cells in sorted(table.cells.items()):
        figures = (number(cell) for cell in cells)
        yield [
            *map(written, key),
            *("" if figure is None else str(figure) for figure in figures),
            str(worst(cells)),
            *(BESIDE[name](cells) for name in used),
        ]
