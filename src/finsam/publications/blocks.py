"""What a finished report consists of: protected tables and the blocks that show them, independent of file format."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from finsam.disclosure.protect import Cell, Protected, Rule
from finsam.values.keys import Code, Key, written


class Show(StrEnum):
    """How a figure is written: whole persons or things, or a percentage."""

    COUNT = "count"
    PERCENT = "percent"


@dataclass(frozen=True)
class Tidy:
    """One CSV file and one Excel sheet: a protected table, one row a cell, with words for people.

    A code has its words within its dimension alone: the same code may stand for something else in another.
    """

    table: Protected
    caption: str
    columns: Mapping[str, str]  # dimension or figure -> words
    words: Mapping[str, Mapping[Code, str]]  # dimension -> code -> words

    def column(self, name: str) -> str:
        """What a dimension or a figure is called."""
        return self.columns.get(name, name)

    def of(self, dimension: str, code: Code) -> str:
        """What a code of a dimension is called; one without words names itself."""
        return self.words.get(dimension, {}).get(code, written(code))

    def row(self, key: Key) -> list[str]:
        """What the codes of a key are called."""
        return [self.of(dimension, code) for dimension, code in zip(self.table.dimensions, key, strict=True)]


@dataclass(frozen=True)
class GridRow:
    """One line of a table for people: the row's own header and its cells; what sums the others up is strong."""

    header: str
    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass(frozen=True)
class Grid:
    """A table laid out for people: grouped columns over columns, row headers, cells."""

    key: str
    caption: str
    corner: str  # header of the first column
    groups: tuple[tuple[str, int], ...]  # header and number of columns; empty when columns stand alone
    columns: tuple[str, ...]
    shows: tuple[Show, ...]  # one for each column
    rows: tuple[GridRow, ...]
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One series of bars: its name, its role (women, men, first, second, third, neutral) and a cell per category."""

    label: str
    role: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Bars:
    """A bar chart whose title says the finding; the grid with the same cells is named by grid_key."""

    key: str
    title: str
    subtitle: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    grid_key: str


@dataclass(frozen=True)
class Lines:
    """Lines over ten points of time or more, otherwise as bars."""

    key: str
    title: str
    subtitle: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    grid_key: str


@dataclass(frozen=True)
class Group:
    """Those who had something before or after: its name, how many they are, and if it is what one hopes for."""

    label: str
    cell: Cell
    hoped_for: bool = False


@dataclass(frozen=True)
class Transitions:
    """From before to after: a row of flows for each group before, with a cell for each group after."""

    key: str
    title: str
    subtitle: str
    before: tuple[Group, ...]
    after: tuple[Group, ...]
    flows: tuple[tuple[Cell, ...], ...]
    unit: str
    grid_key: str


@dataclass(frozen=True)
class Pyramid:
    """Two series back to back by age, the youngest first."""

    key: str
    title: str
    subtitle: str
    ages: tuple[str, ...]
    left: Series
    right: Series
    unit: str
    grid_key: str


@dataclass(frozen=True)
class Area:
    """A municipality or county with its figure."""

    code: str
    label: str
    cell: Cell


@dataclass(frozen=True)
class AreaMap:
    """A map with a figure for each area, of all Sweden or as large as the areas allow."""

    key: str
    title: str
    subtitle: str
    level: Literal["municipality", "county"]
    areas: tuple[Area, ...]
    whole_country: bool
    unit: str
    grid_key: str


@dataclass(frozen=True)
class Panel:
    """One of several small charts: its name and the cells of the series, one for each category."""

    label: str
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Multiples:
    """Small charts of the same categories and series on one scale, which reaches `highest`."""

    key: str
    title: str
    subtitle: str
    categories: tuple[str, ...]
    series: tuple[tuple[str, str], ...]  # label and role
    panels: tuple[Panel, ...]
    highest: int
    unit: str
    grid_key: str


@dataclass(frozen=True)
class Heading:
    """A heading; level 2 or 3."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text, made from cells; not `counted` when its numbers are others' or its own, as in a source."""

    text: str
    counted: bool = True


@dataclass(frozen=True)
class KeyFigure:
    """One large figure with the words under it."""

    label: str
    cell: Cell
    show: Show = Show.COUNT


@dataclass(frozen=True)
class KeyFigures:
    """At most four key figures in a row."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Definitions:
    """Terms and their explanations."""

    items: tuple[tuple[str, str], ...]


Diagram = Bars | Lines | Transitions | Pyramid | AreaMap | Multiples
Block = Heading | Paragraph | KeyFigures | Grid | Diagram | Definitions


@dataclass(frozen=True)
class Publication:
    """A report ready to be written in any format. The as-of date is the only date in it.

    What is published is called by its number (`edition`) and says nothing of the snapshot, whose ID is made of every
    row in it; working material is called by the snapshot.
    """

    key: str
    title: str
    year: int
    language: str
    snapshot_id: str  # empty in what is published
    as_of: date
    lead: str
    blocks: tuple[Block, ...]
    tables: tuple[Tidy, ...]
    rule: Rule  # what is hidden in them
    edition: str = ""  # empty in working material
    cubes: bool = False  # whether its tables are asked for one by one, and written as data cubes too
