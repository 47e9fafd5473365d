"""How far a share can be trusted: the base it was taken of, whether that is small, and what nobody could follow."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from finsam.disclosure.cells import MISSING, SUPPRESSED, Cell, Status
from finsam.statistics.derived import shares

FEW = 20  # a share of fewer than this is marked: one person more or less moves it by over five percentage points


@dataclass(frozen=True)
class Share:
    """A share in percent with its base; `few` marks a base that is shown and is under FEW."""

    percent: Cell
    base: Cell

    @property
    def few(self) -> bool:
        """Tell whether the share must be marked."""
        return self.base.value is not None and 0 < self.base.value < FEW


@dataclass(frozen=True)
class Band:
    """The lowest and the highest share there could be, in percent."""

    lowest: Cell
    highest: Cell


def share(part: Cell, base: Cell) -> Share:
    """Give the share together with its base; a share of few is marked."""
    found = Share(shares.share(part, base), base)
    if found.few and found.percent.value is not None:
        return Share(replace(found.percent, few=True), base)
    return found


def band(successes: Cell, followed: Cell, anonymous: Cell) -> Band:
    """Give what a share of those followed would be at least and at most if everybody had been.

    Nobody knows how it went for the anonymous: at the least none of them succeeded, at the most all did. With s of n
    followed and a anonymous that is from s / (n + a) to (s + a) / (n + a).
    """
    lowest = _of(successes, followed, anonymous, lambda s, n, a: (s, n + a))
    return Band(lowest, _of(successes, followed, anonymous, lambda s, n, a: (s + a, n + a)))


def _of(successes: Cell, followed: Cell, anonymous: Cell, fraction: Callable[[int, int, int], tuple[int, int]]) -> Cell:
    cells = (successes, followed, anonymous)
    if any(cell.status is Status.SUPPRESSED for cell in cells):
        return replace(SUPPRESSED, at=successes.at)
    counts = [cell.value for cell in cells if isinstance(cell.value, int)]
    if len(counts) < len(cells):
        return replace(MISSING, at=successes.at)
    part, whole = fraction(*counts)
    return Cell(Fraction(100 * part, whole), at=successes.at) if whole else replace(MISSING, at=successes.at)
