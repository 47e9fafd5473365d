"""Rounding instead of leaving out: which base is safe, what is shown, and what follows from a rounded figure."""

from collections.abc import Iterator
from math import ceil

from finsam.disclosure.cells import Rounding, Rule
from finsam.disclosure.relations import Address, Relation
from finsam.values.sentences import SentenceError, gettext_noop


def shown(count: int, base: int) -> int:
    """Give the nearest multiple of the base, halves upwards."""
    return (2 * count + base) // (2 * base) * base


def ends(figure: int, base: int) -> tuple[int, int]:
    """Give the least and the largest count that is shown as the figure."""
    return max(0, figure - base // 2), figure + ceil(base / 2) - 1


def follows(cell: Address, figure: int, base: int) -> Iterator[Relation]:
    """Say what a reader knows of a rounded cell."""
    low, high = ends(figure, base)
    yield Relation(((1, cell),), at_least=True, constant=low)
    yield Relation(((-1, cell),), at_least=True, constant=-high)


def least_base(rule: Rule) -> int:
    """Give the smallest base that is safe: all counts shown as 0 must lie as far apart as the threshold."""
    return 2 * rule.threshold + 1


def require_safe(method: Rounding, rule: Rule) -> None:
    """Refuse a base whose intervals are narrower than the rule demands."""
    if method.base < least_base(rule):
        raise SentenceError(
            "rounding.base",
            gettext_noop(
                "Basen %(base)s är för liten: med tröskeln %(threshold)s måste tabeller avrundas till minst %(least)s."
            ),
            {"base": method.base, "threshold": rule.threshold, "least": least_base(rule)},
        )
