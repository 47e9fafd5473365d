"""Lengths in classes, and the quantiles and the survival that follow from cells that may be shown.

What is made of shown cells alone reveals nothing that they don't: nothing need be said to disclosure control about
such a quantile. It is the end of a class, the first by which at least the share has been counted; where a hidden cell
is needed to find it, it is hidden too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final, NamedTuple

from finsam.disclosure.cells import MISSING, SUPPRESSED, Cell, Status
from finsam.statistics.figures.durations import Days, survival, time_until
from finsam.values.keys import Code

MORE = "more"  # the last class, which has no end
DIGITS = 3  # of the codes of the classes, so that they sort
SUPPORT_ENDS: Final = (*range(2, 36, 3), 47, 59, 71, 119)  # whole months in support: by three, by a year, the rest
STAY_ENDS: Final = (3, 6, 12, 24)  # months of a stay, of which a year has twelve


def days(months: int) -> int:
    """Give how many days so many months are, of which a year has twelve."""
    return 365 * months // 12


class Length(NamedTuple):
    """A class that ends with `end`, and how many are in it."""

    end: int
    number: Cell


class Left(NamedTuple):
    """A class that ends with `end`: how many stays ended in it, and of how many no more is known."""

    end: int
    ended: Cell
    still_in: Cell


def code(end: int) -> str:
    """Give the code of the class that ends with a length."""
    return str(end).zfill(DIGITS)


def in_classes(counts: Mapping[int, int], ends: Sequence[int]) -> dict[Code, int]:
    """Sum counts by length up in classes, each with its end in it; what is longer than the last end is more."""
    classes: dict[Code, int] = dict.fromkeys([*map(code, ends), MORE], 0)
    for length, number in counts.items():
        classes[next((code(end) for end in ends if length <= end), MORE)] += number
    return classes


def quantile(classes: Iterable[Length], whole: Cell, share: Fraction) -> Cell:
    """Give the end of the first class by which the share of the whole is reached; missing if that is after them all.

    The whole may be larger than the classes together: the rest are in a last class without an end.
    """
    if whole.value is None:
        return replace(whole, at=None)
    reached = 0
    for end, number in classes:
        if not isinstance(number.value, int):
            return replace(number, at=None)
        reached += number.value
        if reached and reached >= share * Fraction(whole.value or 0):
            return Cell(end)
    return MISSING


def staying(classes: Sequence[Left], whole: Left) -> tuple[Cell, ...]:
    """Give the share in percent that goes on after each class, after Kaplan and Meier; hidden from a hidden cell on."""
    shown = _shown(classes, whole)
    curve = {step.days: step.surviving for step in survival(_days(shown, whole))}
    cells, surviving = [], Fraction(1)
    for left in classes[: len(shown)]:
        surviving = curve.get(left.end, surviving)
        cells.append(Cell(100 * surviving))
    return (*cells, *(_mark(classes, whole) for _ in classes[len(shown) :]))


def time_left(classes: Sequence[Left], whole: Left, share: Fraction) -> Cell:
    """Give the end of the first class after which at least the share has ended; missing if it doesn't come to that."""
    shown = _shown(classes, whole)
    found = time_until(survival(_days(shown, whole)), share)
    if found is not None:
        return Cell(found)
    return MISSING if len(shown) == len(classes) else _mark(classes, whole)


def _shown(classes: Sequence[Left], whole: Left) -> list[Left]:
    """Keep the classes before the first that is not shown; none where nobody is, or the whole is not shown."""
    if not (whole.ended.value or 0) + (whole.still_in.value or 0):
        return []
    kept: list[Left] = []
    for left in classes:
        if None in {one.value for one in (left.ended, left.still_in, whole.ended, whole.still_in)}:
            break
        kept.append(left)
    return kept


def _days(shown: Sequence[Left], whole: Left) -> list[Days]:
    """Count the shown classes, and all others as still in after them."""
    if not shown:
        return []
    days = [Days(left.end, int(left.ended.value or 0), int(left.still_in.value or 0)) for left in shown]
    rest = int(whole.ended.value or 0) + int(whole.still_in.value or 0) - sum(one.ended + one.still_in for one in days)
    return [*days, Days(days[-1].days + 1, 0, rest)]


def _mark(classes: Sequence[Left], whole: Left) -> Cell:
    """Say why nothing follows: a hidden cell, or nobody."""
    cells = [cell for left in (whole, *classes) for cell in (left.ended, left.still_in)]
    return SUPPRESSED if any(cell.status is Status.SUPPRESSED for cell in cells) else MISSING
