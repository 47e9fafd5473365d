"""Lengths in classes: what may be said of a median and of a mean when some of the counts are hidden.

**The median** is given as the class it lies in, and only when the cells that are shown tell it by themselves. So it
tells nothing they don't.

**The mean** can't be had from the classes, so it tells more. Three things keep it safe:

- It is rounded to `STEP` days and made of at least `FEWEST` persons. Whoever knows the days of everybody but one
  knows the sum to within STEP for each of them, and so the last one's days no closer than STEP times FEWEST. The same
  goes for whoever compares two editions, between which one person came.
- A mean is given for parts that make up a whole, all of them or none, and that of the whole is made of theirs: it
  tells nothing more.
- What it says of the classes is given to protection as relations (`told`): those in the higher classes can't be so
  many that the mean would be larger, nor those in the lower ones so many that it would be smaller.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Final

from finsam.disclosure.cells import MISSING, Cell, Status
from finsam.disclosure.relations import Address, Relation

CLASSES: Final = (0, 91, 181, 366, 731, 1096, 1826)  # the fewest days of each class
LONGEST: Final = 45_000  # days that a record can state
STEP: Final = 10  # days that a mean is rounded to
FEWEST: Final = 20  # persons behind a mean


def class_of(days: int) -> int:
    """Give the fewest days of the class that a length belongs to."""
    return max(fewest for fewest in CLASSES if fewest <= days)


def median(cells: Sequence[Cell], whole: Cell) -> int | None:
    """Give the place of the class with the median: the first up to which half of all have come; None if hidden."""
    if not whole.value:
        return None
    for at, cell in enumerate(cells):
        before, after = _sum(cells[:at]), _sum(cells[at + 1 :])
        through = None if after is None else int(whole.value) - after
        if before is None and through is not None and cell.value is not None:
            before = through - int(cell.value)
        if through is None and before is not None and cell.value is not None:
            through = before + int(cell.value)
        if before is not None and through is not None and 2 * before < whole.value <= 2 * through:
            return at
    return None


def rounded_mean(counts: Mapping[int, int]) -> int | None:
    """Give the mean of counts by length, rounded to steps, halves upwards; None when too few are behind it."""
    persons = sum(counts.values())
    if persons < FEWEST:
        return None
    exact = Fraction(sum(days * count for days, count in counts.items()), persons)
    return STEP * floor(exact / STEP + Fraction(1, 2))


def told(mean: int, persons: Address, classes: Sequence[Address]) -> tuple[Relation, Relation]:
    """Give what a mean that is shown tells of how many there are in each class, which come in order of length."""
    half = STEP // 2
    longest = [*(upper - 1 for _, upper in pairwise(CLASSES)), LONGEST]
    shortest = zip(CLASSES, classes, strict=True)
    below = Relation(
        ((mean + half, persons), *((-fewest, cell) for fewest, cell in shortest if fewest)), at_least=True, constant=1
    )
    above = Relation(
        ((half - mean, persons), *((most, cell) for most, cell in zip(longest, classes, strict=True))), at_least=True
    )
    return below, above


def shown(means: Mapping[str, int | None], persons: Mapping[str, Cell]) -> dict[str, Cell]:
    """Give the means of the parts of a whole as cells: all of them or, where any or its persons are not shown, none."""
    if None in means.values() or any(cell.value is None for cell in persons.values()):
        return dict.fromkeys(means, MISSING)
    return {part: Cell(mean) for part, mean in means.items()}


def of_the_whole(parts: Iterable[tuple[Cell, Cell]]) -> Cell:
    """Weigh the means of the parts, each with its persons, together; of parts that are not all shown there is none."""
    known = list(parts)
    worst = [cell for pair in known for cell in pair if cell.value is None]
    persons = sum(int(count.value or 0) for _mean, count in known)
    if worst or not persons:
        return next((cell for cell in worst if cell.status is Status.SUPPRESSED), MISSING)
    days = sum(int(mean.value or 0) * int(count.value or 0) for mean, count in known)
    return Cell(STEP * floor(Fraction(days, persons * STEP) + Fraction(1, 2)))


def _sum(cells: Sequence[Cell]) -> int | None:
    values = [cell.value for cell in cells]
    return None if None in values else sum(int(value or 0) for value in values)
