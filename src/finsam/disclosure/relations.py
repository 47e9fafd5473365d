"""What anyone may know to be true between the cells of a publication: which add up, which lie inside others."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from finsam.values.keys import Key


class Address(NamedTuple):
    """Where a cell stands: table, key (one code per dimension) and figure."""

    table: str
    key: Key
    figure: str = "persons"


@dataclass(frozen=True)
class Relation:
    """The sum of coefficient times cell is the constant, or (with `at_least`) is the constant or more."""

    terms: tuple[tuple[int, Address], ...]
    at_least: bool = False
    constant: int = 0

    def __post_init__(self) -> None:
        """Refuse a cell that stands twice: the solver takes such a row and breaks."""
        if len({cell for _, cell in self.terms}) < len(self.terms):
            raise ValueError("A cell stands twice in a relation")

    def renamed(self, name: Callable[[Address], Address]) -> "Relation":
        """Say the same of the cells by other names; cells that get one name are one, and what cancels out is gone."""
        factors: dict[Address, int] = {}
        for factor, cell in self.terms:
            called = name(cell)
            factors[called] = factors.get(called, 0) + factor
        return replace(self, terms=tuple((factor, cell) for cell, factor in factors.items() if factor))

    @property
    def pair(self) -> tuple[Address, Address] | None:
        """Give the two cells that the relation says are the same figure; None when it says something else."""
        if self.at_least or self.constant or len(self.terms) != 2:
            return None
        (one, first), (other, second) = self.terms
        return (first, second) if one == -other and abs(one) == 1 else None


def settled(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Put relations in a settled order, each once, however they were written; what says nothing is gone."""
    ordered = {(tuple(sorted(r.terms)), r.at_least, r.constant) for r in relations if r.terms}
    return tuple(Relation(*parts) for parts in sorted(ordered))


def holding(believed: Iterable[Relation], counts: Mapping[Address, int]) -> Iterator[Relation]:
    """Keep the relations that hold for the counts: a guess that happens to be right is knowledge."""
    for relation in believed:
        if all(cell in counts for _, cell in relation.terms):
            left = sum(factor * counts[cell] for factor, cell in relation.terms) - relation.constant
            if left == 0 or (relation.at_least and left > 0):
                yield relation


def adds_up(total: Address, *parts: Address) -> Relation:
    """Say that the parts make up the total exactly."""
    return Relation((*((1, part) for part in parts), (-1, total)))


def equals(one: Address, other: Address) -> Relation:
    """Say that two cells hold the same figure, wherever they stand."""
    return adds_up(one, other)


def at_most(part: Address, whole: Address) -> Relation:
    """Say that the part is never larger than the whole."""
    return Relation(((1, whole), (-1, part)), at_least=True)


def covered(total: Address, *parts: Address) -> Relation:
    """Say that everyone in the total is in one of the parts at least."""
    return Relation((*((1, part) for part in parts), (-1, total)), at_least=True)
