"""Shares and changes as exact fractions of a hundred, and how figures are rounded and written for people."""

from fractions import Fraction
from math import floor
from typing import Literal

Language = Literal["sv", "en"]

HARD_SPACE = "\u00a0"
MINUS = "\u2212"
THOUSANDS = {"sv": HARD_SPACE, "en": ","}
DECIMAL = {"sv": ",", "en": "."}
PERCENT = {"sv": f"{HARD_SPACE}%", "en": "%"}


def percent(part: int, whole: int) -> Fraction | None:
    """How much of a hundred the part is of the whole, exactly; None of an empty whole."""
    return Fraction(100 * part, whole) if whole else None


def change(before: int, after: int) -> Fraction | None:
    """The change from before to after in percent of before, exactly; None when there was nothing before."""
    return Fraction(100 * (after - before), before) if before else None


def rounded(share: Fraction) -> Fraction:
    """Whole percent, and one decimal below 1; halves go away from zero (issue 2, section 6)."""
    return _half_away(share, 10 if abs(share) < 1 else 1)


def swedish_number(number: int | Fraction, language: Language = "sv") -> str:
    """A figure with hard space between thousands, decimal comma, true minus and at most one decimal."""
    tenths = int(_half_away(Fraction(number), 10) * 10)
    whole, decimal = divmod(abs(tenths), 10)
    digits = f"{whole:,}".replace(",", THOUSANDS[language])
    fraction = f"{DECIMAL[language]}{decimal}" if decimal else ""
    return f"{MINUS if tenths < 0 else ''}{digits}{fraction}"


def swedish_percent(share: Fraction, language: Language = "sv") -> str:
    """A share rounded as the report rounds it, with its percent sign after a hard space."""
    return f"{swedish_number(rounded(share), language)}{PERCENT[language]}"


def _half_away(number: Fraction, parts: int) -> Fraction:
    """The number in whole parts of one, halves away from zero."""
    size = Fraction(floor(abs(number) * parts + Fraction(1, 2)), parts)
    return size if number >= 0 else -size
