"""An open table as it is published: a cube of cells with the words of its codes, read from its file, never counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any, Final, Self

from finsam.disclosure.cells import MISSING, Cell, Key, Protected, Rule, Status, read_back
from finsam.publications.formats import jsonstat
from finsam.values.keys import Sum, read, written

TOTAL: Final = written(Sum.TOTAL)
MEASURE: Final = jsonstat.MEASURE
YEAR, QUARTER = "year", "quarter"
STATUS: Final[Mapping[str, Status]] = {
    jsonstat.HIDDEN: Status.SUPPRESSED,
    jsonstat.MISSING: Status.MISSING,
    jsonstat.ABSENT: Status.MISSING,
}
Codes = Mapping[str, str]  # dimension -> code


@dataclass(frozen=True)
class Axis:
    """A dimension: what it is called, and its codes with their words, in order, the total last."""

    name: str
    label: str
    words: Codes

    @property
    def parts(self) -> Sequence[str]:
        """The codes without the total."""
        return [code for code in self.words if code != TOTAL]

    @property
    def has_total(self) -> bool:
        """Whether the table has everything together too."""
        return TOTAL in self.words


@dataclass(frozen=True)
class OpenCube:
    """One open table: its axes, the measures last among them, and its cells in the order of the axes."""

    name: str
    axes: Mapping[str, Axis]
    values: Sequence[int | float | None]
    marks: Sequence[str]
    rule: Rule

    @classmethod
    def read(cls, name: str, facts: Mapping[str, Any]) -> Self:
        """Read the table from what its JSON-stat file says."""
        axes = {one: _axis(one, facts["dimension"][one]) for one in facts["id"]}
        return cls(name, axes, facts["value"], facts["status"], Rule(**facts["extension"]["rule"]))

    @property
    def measures(self) -> Axis:
        """The columns."""
        return self.axes[MEASURE]

    @property
    def split(self) -> Sequence[str]:
        """What the table is split by, besides periods and measures."""
        return [name for name in self.axes if name not in {YEAR, QUARTER, MEASURE}]

    def cell(self, codes: Codes) -> Cell:
        """Give one cell; it is missing where the table has none of these codes together."""
        place = 0
        for name, (size, order) in self._sizes.items():
            at = order.get(codes.get(name, TOTAL))
            if at is None:
                return MISSING
            place = place * size + at
        value, mark = self.values[place], self.marks[place]
        if not mark:
            return read_back(value if value is None or isinstance(value, int) else None)
        kept, _, base = mark.partition(jsonstat.ROUNDED)
        status = STATUS.get(mark) or (Status.KEPT if kept else Status.OK)
        number = value if isinstance(value, int) else None
        return read_back(number, status, base=int(base) if base else None)

    @property
    def whole(self) -> Protected:
        """The whole table with a row for each key, as its CSV has it; what it lacks is left out."""
        axes, figures = [name for name in self.axes if name != MEASURE], tuple(self.measures.words)
        cells: dict[Key, tuple[Cell, ...]] = {}
        for codes in product(*(self.axes[name].words for name in axes)):
            at = dict(zip(axes, codes, strict=True))
            cells[tuple(map(read, codes))] = tuple(self.cell({**at, MEASURE: figure}) for figure in figures)
        there = {key: row for key, row in cells.items() if any(cell is not MISSING for cell in row)}
        return Protected(self.name, tuple(axes), figures, there)

    @cached_property
    def _sizes(self) -> Mapping[str, tuple[int, Mapping[str, int]]]:
        """How many codes each axis has, and where each of them stands."""
        return {
            name: (len(axis.words), {code: at for at, code in enumerate(axis.words)})
            for name, axis in self.axes.items()
        }


def _axis(name: str, facts: Mapping[str, Any]) -> Axis:
    category = facts["category"]
    return Axis(name, facts["label"], {code: category["label"][code] for code in category["index"]})
