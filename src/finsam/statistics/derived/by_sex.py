"""Women, men and all side by side, with the difference and the share: any table that is split by sex can be laid so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from finsam.disclosure.cells import MISSING, SUPPRESSED, TOTAL, Cell, Key, Protected, Status
from finsam.statistics.derived import shares as derived_shares
from finsam.statistics.derived.reliability import Share, share

WOMEN, MEN, SEX = "women", "men", "sex"


@dataclass(frozen=True)
class Numbers:
    """The numbers in one row of a table: `difference` is women less men, `share` the women among all."""

    key: Key
    women: Cell
    men: Cell
    total: Cell
    difference: Cell
    share: Share


@dataclass(frozen=True)
class Shares:
    """The shares in one row: each sex of its own base; `difference` is women less men in percentage points."""

    key: Key
    women: Share
    men: Share
    total: Share
    difference: Cell


def numbers(table: Protected, figure: str) -> tuple[Numbers, ...]:
    """Lay a figure of a table side by side: a row for every key without its sex, in order."""
    return tuple(
        Numbers(key, women, men, total, derived_shares.difference(men, women), share(women, total))
        for key, (women, men, total) in _rows(table, figure)
    )


def shares(parts: Protected, part: str, bases: Protected, base: str) -> tuple[Shares, ...]:
    """Lay a figure in percent of another side by side; the tables have the same keys."""
    whole = dict(_rows(bases, base))
    return tuple(
        Shares(key, women, men, total, _points(women.percent, men.percent))
        for key, cells in _rows(parts, part)
        for women, men, total in [[share(cell, of) for cell, of in zip(cells, whole[key], strict=True)]]
    )


def _rows(table: Protected, figure: str) -> Iterator[tuple[Key, tuple[Cell, Cell, Cell]]]:
    """Give the cells of women, men and all for every key without its sex."""
    place, column = table.dimensions.index(SEX), table.figures.index(figure)
    for key in sorted({(*key[:place], *key[place + 1 :]) for key in table.cells}):
        women, men, total = (table.cells[*key[:place], sex, *key[place:]][column] for sex in (WOMEN, MEN, TOTAL))
        yield key, (women, men, total)


def _points(women: Cell, men: Cell) -> Cell:
    for status, mark in ((Status.SUPPRESSED, SUPPRESSED), (Status.MISSING, MISSING)):
        if status in {women.status, men.status}:
            return replace(mark, at=women.at)
    return Cell(Fraction(women.value or 0) - Fraction(men.value or 0), at=women.at)
