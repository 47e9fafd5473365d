"""The exact answer to a free question laid out for its page: rows and columns with words, and what would be hidden."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from finsam.table_builder.working_table import WorkingTable
from finsam.values.keys import Key

FEW: Final = 12  # codes of a dimension that stand as columns
MANY: Final = 40  # rows, from which those with nobody are left out
MOST: Final = 400  # rows on a page; all are in the files

Figure = tuple[int | None, bool]  # a number, and whether it would be hidden


@dataclass(frozen=True)
class WorkingRow:
    """One line: its header, and its figures."""

    header: str
    cells: tuple[Figure, ...]


@dataclass(frozen=True)
class WorkingPage:
    """The table as a page shows it; `is_shortened` when rows are left out that are in the files."""

    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[WorkingRow, ...]
    is_shortened: bool
    has_hidden: bool


def laid_out(table: WorkingTable) -> WorkingPage:
    """Lay a table out: its last dimension as columns where that is small and there is one count."""
    last = table.dimensions[-1]
    is_crossed = len(table.dimensions) > 1 and len(table.figures) == 1 and len(table.codes[last]) <= FEW
    dimensions = table.dimensions[:-1] if is_crossed else table.dimensions
    columns = [label for _code, label in table.codes[last]] if is_crossed else map(table.column, table.figures)
    lines = list(_crossed(table) if is_crossed else _flat(table))
    kept = [line for line in lines if any(figure for figure, _hidden in line.cells)] if len(lines) > MANY else lines
    return WorkingPage(
        table.title,
        " · ".join(map(table.column, dimensions)),
        tuple(columns),
        tuple(kept[:MOST]),
        len(kept[:MOST]) < len(lines),
        any(is_hidden for line in kept[:MOST] for _figure, is_hidden in line.cells),
    )


def _flat(table: WorkingTable) -> Iterator[WorkingRow]:
    for key, numbers, hidden in table.rows():
        yield WorkingRow(", ".join(table.words(key)), tuple(zip(numbers, hidden, strict=True)))


def _crossed(table: WorkingTable) -> Iterator[WorkingRow]:
    def begins(row: tuple[Key, object, object]) -> Key:
        return row[0][:-1]

    for key, rows in groupby(table.rows(), begins):
        cells = tuple((numbers[0], hidden[0]) for _key, numbers, hidden in rows)
        yield WorkingRow(", ".join(table.words(key)), cells)
