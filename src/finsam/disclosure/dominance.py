"""When a sum of money would tell what one contributor gave: the rules for cells that few dominate."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from finsam.values.sentences import SentenceError, gettext_noop


@dataclass(frozen=True)
class Dominance:
    """A cell is hidden when its `largest` contributors stand for more than `share` of a hundred of it."""

    largest: int = 1
    share: Fraction = Fraction(75)

    def __post_init__(self) -> None:
        if self.largest < 1 or not 0 <= self.share < 100:
            raise SentenceError(
                "rule.dominance",
                gettext_noop("Dominansregeln måste gälla minst en bidragsgivare och mindre än 100 procent av summan."),
            )

    def is_sensitive(self, contributions: Sequence[int]) -> bool:
        """Tell whether the sum of the contributions, none of them negative, must be hidden."""
        total = sum(_ordered(contributions))
        return 100 * sum(_ordered(contributions)[: self.largest]) > self.share * total


@dataclass(frozen=True)
class Ambiguity:
    """A cell is hidden when its second contributor could tell the largest one to within `percent` of a hundred."""

    percent: Fraction = Fraction(10)

    def __post_init__(self) -> None:
        if self.percent <= 0:
            raise SentenceError(
                "rule.ambiguity",
                gettext_noop("Osäkerheten måste vara större än 0. Annars skulle alla celler publiceras."),
            )

    def is_sensitive(self, contributions: Sequence[int]) -> bool:
        """Tell whether the sum of the contributions, none of them negative, must be hidden."""
        largest, *others = _ordered(contributions) or [0]
        return bool(largest) and 100 * sum(others[1:]) < self.percent * largest


def _ordered(contributions: Sequence[int]) -> list[int]:
    if any(contribution < 0 for contribution in contributions):
        raise ValueError("Contributions are sums paid, none of them negative")
    return sorted(contributions, reverse=True)
