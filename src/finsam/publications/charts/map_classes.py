"""The classes of a map: at most five, with round limits that hold about as many areas each, from shown figures only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from finsam.disclosure.protect import Cell
from finsam.publications.cell_text import number
from finsam.values.shares import HARD_SPACE, Language, swedish_number

MOST: Final = 5


@dataclass(frozen=True)
class Classes:
    """The least figure of each class, in order, and the highest figure there is."""

    least: tuple[int, ...]
    highest: int

    def place(self, cell: Cell) -> int | None:
        """Which class a figure falls in; None when it isn't shown."""
        value = number(cell)
        return None if value is None else max(at for at, low in enumerate(self.least) if value >= low)

    def limits(self, at: int, language: Language) -> str:
        """The figures of a class, both ends included."""
        last = self.least[at + 1] - 1 if at + 1 < len(self.least) else self.highest
        low, high = swedish_number(self.least[at], language), swedish_number(last, language)
        return low if self.least[at] >= last else f"{low}–{high}"


def classes(cells: Sequence[Cell]) -> Classes:
    """Divide the shown figures, whole numbers as they are and percentages as they are rounded."""
    values = sorted(int(value) for cell in cells if (value := number(cell)) is not None)
    if not values:
        return Classes((0,), 0)
    wanted = (values[len(values) * part // MOST] for part in range(1, MOST))
    limits = sorted({limit for value in wanted if values[0] < (limit := _round(value)) <= values[-1]})
    ends = (*limits, values[-1] + 1)[1:]
    held = [low for low, end in zip(limits, ends, strict=True) if any(low <= value < end for value in values)]
    return Classes((values[0], *held), values[-1])


def _round(value: int) -> int:
    """The nearest whole five in the second digit, or the nearest whole one where the first digit is small."""
    power: int = 10 ** (len(str(value)) - 1)
    unit = max(1, power // 2 if value >= 4 * power else power // 10)
    return (value + unit // 2) // unit * unit


def unit_of(cells: Sequence[Cell], unit: str) -> str:
    """What stands over the classes: the unit, with its sign when the figures are percentages."""
    percentages = any(cell.value is not None and not isinstance(cell.value, int) for cell in cells)
    return f"{unit},{HARD_SPACE}%" if percentages else unit
