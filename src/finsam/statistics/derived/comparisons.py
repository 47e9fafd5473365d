"""What may be said when figures are compared: more, fewer or as many; the lowest or highest; the most common."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from finsam.disclosure.protect import Cell
from finsam.values.keys import Code

C = TypeVar("C", bound=Code)


class Trend(StrEnum):
    """Which way a figure went; the reports choose their words (ökat, minskat, oförändrat) by it."""

    ROSE = "rose"
    FELL = "fell"
    UNCHANGED = "unchanged"


class Extreme(StrEnum):
    """What the newest figure is among all the years."""

    LOWEST = "lowest"
    HIGHEST = "highest"


def trend(before: Cell, after: Cell) -> Trend | None:
    """Compare two cells; None when either is not shown."""
    if before.value is None or after.value is None:
        return None
    if after.value == before.value:
        return Trend.UNCHANGED
    return Trend.ROSE if after.value > before.value else Trend.FELL


def extreme(cells: Sequence[Cell]) -> Extreme | None:
    """Tell whether the last cell alone is the lowest or highest; None if not, or if any cell is not shown."""
    values = [cell.value for cell in cells if cell.value is not None]
    if len(values) != len(cells) or len(values) < 2:
        return None
    *earlier, newest = values
    if newest < min(earlier):
        return Extreme.LOWEST
    return Extreme.HIGHEST if newest > max(earlier) else None


def most_common(cells: Mapping[C, Cell]) -> tuple[C, ...]:
    """Give the names of the largest cell, all of them when several are as large, none if nothing was counted."""
    shown = {name: cell.value for name, cell in cells.items() if cell.value}
    return tuple(name for name in cells if shown and shown.get(name) == max(shown.values()))
