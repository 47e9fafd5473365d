"""What anyone may know to be true between the cells of a publication: which add up, which lie inside others."""

from dataclasses import dataclass
from typing import NamedTuple


class Address(NamedTuple):
    """Where a cell stands: table, key (one code per dimension) and figure."""

    table: str
    key: tuple[str, ...]
    figure: str = "persons"


@dataclass(frozen=True)
class Relation:
    """The sum of coefficient times cell is 0, or (with `at_least`) is 0 or more."""

    terms: tuple[tuple[int, Address], ...]
    at_least: bool = False


def adds_up(total: Address, *parts: Address) -> Relation:
    """Say that the parts make up the total exactly."""
    return Relation((*((1, part) for part in parts), (-1, total)))


def at_most(part: Address, whole: Address) -> Relation:
    """Say that the part is never larger than the whole."""
    return Relation(((1, whole), (-1, part)), at_least=True)
