"""A publication's blocks made ready to be set: every cell as text with its mark, the same for HTML and PDF."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import cast

from finsam.disclosure.protect import Cell
from finsam.publications.blocks import (
    Block,
    Definitions,
    Diagram,
    Grid,
    Heading,
    KeyFigures,
    Paragraph,
    Publication,
    Show,
)
from finsam.publications.cell_text import cautioned, legend, rounded_to, written
from finsam.publications.charts.alt_text import described
from finsam.publications.charts.diagrams import drawn, shape
from finsam.publications.charts.palette import Theme
from finsam.values.keys import joined
from finsam.values.shares import Language

LONG = 14  # characters in a row header, from which its column needs more room


@dataclass(frozen=True)
class SetText:
    """A heading (level 2 or 3) or, at level 0, a paragraph."""

    kind: str
    level: int
    text: str


@dataclass(frozen=True)
class SetFigure:
    """A cell as text; `spoken` replaces a mark for a screen reader, `divides` begins a group of columns.

    `at` is the row of the tidy table that it stands in: the table and its codes, divided by strokes.
    """

    text: str
    spoken: str
    divides: bool = False
    at: str = ""


@dataclass(frozen=True)
class SetKeyFigure:
    """A key figure and the words under it."""

    figure: SetFigure
    label: str


@dataclass(frozen=True)
class SetKeyFigures:
    """Key figures in a row, with the marks among them."""

    kind: str
    figures: tuple[SetKeyFigure, ...]
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SetColumn:
    """The header of a column or of a group of columns."""

    text: str
    span: int
    divides: bool


@dataclass(frozen=True)
class SetRow:
    """A row; strong when it is the report's own year."""

    header: str
    cells: tuple[SetFigure, ...]
    strong: bool


@dataclass(frozen=True)
class SetTable:
    """A table with its headers, rows and the legend of its marks; worded when its row headers are long."""

    kind: str
    anchor: str
    caption: str
    corner: str
    groups: tuple[SetColumn, ...]
    columns: tuple[SetColumn, ...]
    rows: tuple[SetRow, ...]
    legend: tuple[tuple[str, str], ...]
    note: str
    worded: bool


@dataclass(frozen=True)
class SetChart:
    """A drawn diagram, its shape, what it shows in words, and the table with the same cells if the report has it.

    On a page it is drawn twice, the second time for a phone (`narrow`), and the style sheet shows one of them.
    """

    kind: str
    anchor: str
    title: str
    subtitle: str
    svg: str
    described: str
    table: str
    shape: str
    narrow: str


@dataclass(frozen=True)
class SetDefinitions:
    """Terms and explanations."""

    kind: str
    items: tuple[tuple[str, str], ...]


Piece = SetText | SetKeyFigures | SetTable | SetChart | SetDefinitions


def pieces(publication: Publication, theme: Theme) -> tuple[Piece, ...]:
    """Every block, set."""
    return tuple(piece(block, publication, theme) for block in publication.blocks)


def piece(block: Block, publication: Publication, theme: Theme) -> Piece:
    """One block, set."""
    language = cast(Language, publication.language)
    match block:
        case Heading():
            return SetText("heading", block.level, block.text)
        case Paragraph():
            return SetText("paragraph", 0, block.text)
        case KeyFigures():
            return key_figures(block, language)
        case Grid():
            return table(replace(block, note=noted(block, publication)), str(publication.year), language)
        case Definitions():
            return SetDefinitions("definitions", block.items)
        case _:
            return chart(block, publication, theme)


def figure(cell: Cell, show: Show, language: Language, divides: bool = False) -> SetFigure:
    """A cell, set."""
    at = joined((cell.at.table, *cell.at.key)) if cell.at else ""
    return SetFigure(written(cell, language, show), cautioned(cell, language, show), divides, at)


def key_figures(block: KeyFigures, language: Language) -> SetKeyFigures:
    """Key figures, set; a zero explains itself."""
    return SetKeyFigures(
        "key_figures",
        tuple(SetKeyFigure(figure(key.cell, key.show, language), key.label) for key in block.figures),
        tuple((sign, words) for sign, words in legend(key.cell for key in block.figures) if sign != "0"),
    )


def noted(grid: Grid, publication: Publication) -> str:
    """The note of a table, and what its figures are rounded to if the tables they stand in are."""
    names = {cell.at.table for row in grid.rows for cell in row.cells if cell.at}
    tables = [tidy.table for tidy in publication.tables if not names or tidy.table.name in names]
    bases = sorted({base for table in tables for base in table.bases})
    return " ".join(filter(None, (grid.note, *map(rounded_to, bases))))


def table(grid: Grid, year: str, language: Language) -> SetTable:
    """A table, set; each group of columns begins with a dividing line."""
    spans = [span for _, span in grid.groups]
    if grid.groups and sum(spans) != len(grid.columns):
        raise ValueError(f"The groups of {grid.key} cover {sum(spans)} of {len(grid.columns)} columns")
    first = {0, *accumulate(spans)} if grid.groups else set()
    return SetTable(
        "table",
        table_anchor(grid.key),
        grid.caption,
        grid.corner,
        tuple(SetColumn(text, span, True) for text, span in grid.groups),
        tuple(SetColumn(text, 1, at in first) for at, text in enumerate(grid.columns)),
        tuple(
            SetRow(
                row.header,
                tuple(
                    figure(cell, show, language, at in first)
                    for at, (cell, show) in enumerate(zip(row.cells, grid.shows, strict=True))
                ),
                row.strong or row.header == year,
            )
            for row in grid.rows
        ),
        legend(cell for row in grid.rows for cell in row.cells),
        grid.note,
        max((len(row.header) for row in grid.rows), default=0) > LONG,
    )


def chart(block: Diagram, publication: Publication, theme: Theme) -> SetChart:
    """A diagram, drawn, with the way to its table."""
    known = any(isinstance(other, Grid) and other.key == block.grid_key for other in publication.blocks)
    return SetChart(
        "chart",
        f"diagram-{block.key}",
        block.title,
        block.subtitle,
        drawn(block, theme, publication.language),
        described(block, cast(Language, publication.language)),
        table_anchor(block.grid_key) if known else "",
        shape(block),
        drawn(block, theme, publication.language, narrow=True) if theme == "page" else "",
    )


def table_anchor(key: str) -> str:
    """Where in a page the table stands."""
    return f"tabell-{key}"


def rows_of(set_pieces: tuple[Piece, ...]) -> Iterator[tuple[tuple[Piece, ...], tuple[Piece, ...]]]:
    """Pieces side by side: running text with the chart that follows it, unless the chart needs all of the width."""
    texts: list[Piece] = []
    for current in set_pieces:
        if current.kind == "paragraph":
            texts.append(current)
        elif isinstance(current, SetChart) and texts and current.shape != "wide":
            yield tuple(texts), (current,)
            texts = []
        else:
            yield from (((text,), ()) for text in texts)
            texts = []
            yield (current,), ()
    yield from (((text,), ()) for text in texts)
