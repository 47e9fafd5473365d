"""The tables of disclosure control: exact counts that must not be shown, protected cells that may, and the rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from typing import Final

from finsam.disclosure.relations import Address
from finsam.values import keys
from finsam.values.sentences import SentenceError, gettext_noop

Key = keys.Key
Parents = Mapping[str, Mapping[keys.Code, keys.Code]]  # dimension -> code -> what it is a part of, if not TOTAL

TOTAL: Final = keys.Sum.TOTAL  # the margin of any dimension
LEAST_THRESHOLD: Final = 2


class Status(StrEnum):
    """Why a figure is shown or not; one that is suppressed or missing is empty, never 0.

    One that is kept stands as an earlier edition printed it, though it was counted anew: what it would be now, and
    whether that is anything else, is not told.
    """

    OK = "ok"
    KEPT = "kept"
    SUPPRESSED = "suppressed"
    MISSING = "missing"


@dataclass(frozen=True)
class Cell:
    """A figure that may be shown; `value` is None unless it is ok or kept. Percentages are exact fractions of 100.

    `at` says where it stands in the publication, so that it can be asked where it comes from. `edition` is the number
    of the edition that it is repeated from, and `base` what it is rounded to, if it is.
    """

    value: int | Fraction | None
    status: Status = Status.OK
    at: Address | None = field(default=None, compare=False, repr=False)
    few: bool = field(default=False, compare=False, repr=False)  # a share of fewer than honesty.FEW
    edition: str = field(default="", compare=False, repr=False)
    base: int | None = field(default=None, compare=False, repr=False)

    def standing(self, edition: str) -> "Cell":
        """Give the cell as a later edition repeats it, without counting anew."""
        return replace(self, edition=self.edition or edition)

    def kept(self, edition: str) -> "Cell":
        """Give the cell as it stands in a correction that counted it anew and does not tell what it came to."""
        return replace(self, status=Status.KEPT, edition=edition)


def read_back(
    value: int | Fraction | None,
    status: Status = Status.OK,
    at: Address | None = None,
    *,
    few: bool = False,
    edition: str = "",
    base: int | None = None,
) -> Cell:
    """Give a cell that was let out before, as it was stored; nothing that was counted anew may come this way."""
    return Cell(value, status, at, few, edition, base)


MISSING: Final = Cell(None, Status.MISSING)
SUPPRESSED: Final = Cell(None, Status.SUPPRESSED)
NOBODY: Final = Cell(0)  # what a table of all there are has no row for


@dataclass(frozen=True)
class Protected:
    """A table that may leave the house: for each key (one code per dimension) one cell per figure.

    `additive` and `parents` say what adds up, `sensitive` which columns and splits are hidden whole in small groups,
    and `veiled` that a mark may stand for nobody, as in `Counts`.
    """

    name: str
    dimensions: tuple[str, ...]
    figures: tuple[str, ...]
    cells: Mapping[Key, tuple[Cell, ...]]
    additive: frozenset[str] = frozenset()
    parents: Parents = field(default_factory=dict)
    persons: bool = False
    sensitive: frozenset[str] = frozenset()
    veiled: bool = False

    @property
    def bases(self) -> tuple[int, ...]:
        """What figures of the table are rounded to, in order; none when they are exact."""
        return tuple(sorted({cell.base for row in self.cells.values() for cell in row if cell.base}))

    def counted(self) -> Iterator[tuple[Address, Cell]]:
        """Give the cells that the publication counted itself, with where they stand; not those that it repeats."""
        for key, row in self.cells.items():
            for figure, cell in zip(self.figures, row, strict=True):
                if not cell.edition:
                    yield Address(self.name, key, figure), cell

    def present(self, rule: "Rule") -> frozenset[Address]:
        """Give the cells whose mark tells that they count somebody: those whose zeros would have been shown."""
        if not self.persons or self.veiled or not rule.zeros_published:
            return frozenset()
        return frozenset(
            at
            for at, cell in self.counted()
            if cell.status is Status.SUPPRESSED and not is_sensitive(self, at.key, at.figure)
        )


def is_sensitive(table: "Counts | Protected", key: Key, figure: str) -> bool:
    """Tell whether a cell tells something personal: by its figure, or by what it is split on."""
    split = (d in table.sensitive and code != TOTAL for d, code in zip(table.dimensions, key, strict=True))
    return figure in table.sensitive or any(split)


def placed(table: Protected) -> Protected:
    """Let every cell of a table know where it stands."""
    cells = {
        key: tuple(
            replace(cell, at=Address(table.name, key, figure)) for figure, cell in zip(table.figures, row, strict=True)
        )
        for key, row in table.cells.items()
    }
    return replace(table, cells=cells)


@dataclass(frozen=True)
class Suppression:
    """Protect a table by leaving cells out."""


@dataclass(frozen=True)
class Rounding:
    """Protect a table by showing the nearest multiple of the base, halves upwards."""

    base: int


Method = Suppression | Rounding
SUPPRESS: Final = Suppression()


@dataclass(frozen=True)
class Counts:
    """An exact table that must not be shown; None is a figure nobody registered.

    `additive` names the dimensions whose parts make up their `total` exactly; in any other dimension with a `total`
    one person can stand in several parts, and it lies between the largest part and the sum of the parts. `parents`
    names the codes between a part and the total, such as the county of a municipality. `persons` is False for
    counts of things, which need no protection. `published` is False for a table that is never shown, but whose cells
    anyone could get by subtracting shown ones. `sensitive` names the figures, and the dimensions, that tell something
    personal of everybody in a group (a support, how a stay ended). `local` names the dimensions that divide the
    nation. The group of such a cell is the table's own total
    over those dimensions, in the figure `base` if it is named; `bases` tells it by key where the table has none. In one
    that is `veiled` zeros may be hidden to protect others, so that no mark in it tells that there is somebody.
    """

    name: str
    dimensions: tuple[str, ...]
    figures: tuple[str, ...]
    cells: Mapping[Key, tuple[int | None, ...]]
    persons: bool = True
    published: bool = True
    additive: frozenset[str] = frozenset()
    parents: Parents = field(default_factory=dict)
    method: Method = SUPPRESS
    sensitive: frozenset[str] = frozenset()
    base: str = ""
    bases: Mapping[Key, int | None] = field(default_factory=dict)
    local: frozenset[str] = frozenset()
    veiled: bool = False

    def groups(self) -> Iterator[tuple[Address, int]]:
        """Give for every sensitive figure that somebody registered how many there are in the group it is of."""
        for cell, _ in self.filled() if self.sensitive else ():
            if is_sensitive(self, cell.key, cell.figure):
                size = self.bases.get(cell.key) if self.bases else self._total(cell)
                if size is None:
                    raise ValueError(f"Of how many is {cell}?")
                yield cell, size

    def whole(self, cell: Address) -> Address:
        """Name the cell of this table that counts everybody in the group that a sensitive cell is of."""
        codes = zip(self.dimensions, cell.key, strict=True)
        key = tuple(TOTAL if d in self.sensitive else code for d, code in codes)
        return Address(self.name, key, self.base if cell.figure in self.sensitive else cell.figure)

    def is_national(self, key: Key) -> bool:
        """Tell whether a row counts the whole nation."""
        return all(code == TOTAL for d, code in zip(self.dimensions, key, strict=True) if d in self.local)

    def _total(self, cell: Address) -> int | None:
        whole = self.whole(cell)
        row = self.cells.get(whole.key)
        return row[self.figures.index(whole.figure)] if row else None

    def filled(self) -> Iterator[tuple[Address, int]]:
        """Give every figure that somebody registered."""
        for key, row in self.cells.items():
            for figure, value in zip(self.figures, row, strict=True):
                if value is not None:
                    yield Address(self.name, key, figure), value


@dataclass(frozen=True)
class Rule:
    """How small is too small: counts of persons under the threshold are hidden, zeros only if they are not published.

    The threshold is also the least distance between the ends of the interval an intruder may narrow a cell to. Of a
    group under `least_group` nothing sensitive is shown: neither small counts nor zeros, nor that it is everybody.
    """

    threshold: int = 5
    zeros_published: bool = True
    least_group: int = 10

    def __post_init__(self) -> None:
        if self.threshold < LEAST_THRESHOLD:
            raise SentenceError(
                "rule.threshold",
                gettext_noop("Tröskeln måste vara minst %(least)s. Annars skulle alla celler publiceras."),
                {"least": LEAST_THRESHOLD},
            )

    def is_small(self, count: int) -> bool:
        """Tell whether a count of persons must be hidden."""
        return count < self.threshold and (count > 0 or not self.zeros_published)
