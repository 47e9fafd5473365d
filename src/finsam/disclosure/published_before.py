"""What is already published about the same people, and how its cells hang together with those of a new publication.

A cell is published once: what is out stands in later publications as it was printed (`printed`), and says nothing of
what it would be counted to now. A correction counts some cells anew (`corrected`); the change of such a cell, what it
is less what it was printed as, must be as hard to know as a hidden cell when it is of a few.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from finsam.disclosure.additivity import within
from finsam.disclosure.cells import Cell, Counts, Protected, Rule, Status
from finsam.disclosure.relations import Address, Relation

Propose = Callable[
    [Counts, Rule], Iterable[Address]
]  # a pattern to start from, for a table that is additive all through


Change = Mapping[Address, int]  # a world that is possible: which counts are how many more or fewer in it


@dataclass(frozen=True)
class Known:
    """Cells as they were published (shown, suppressed or missing) and what holds between them and the new ones.

    `revised` pairs a new cell with the same cell in an edition made from another snapshot: the new one is the old
    one with unknown people added and removed. `present` are the marks that tell that there is somebody. `printed` are
    the cells of the new publication that stand as they are out, and `corrected` those that it counts anew though they
    are out, as they were printed. What is `veiled` has marks that may stand for nobody: ours may then too.

    `counts` are the true counts of what is hidden, where we have them, and `moves` worlds that were possible when it
    was hidden: both only save asking again. `propose` is asked where a pattern may begin; it comes with what is known
    so that nothing that counts has to know of it.
    """

    cells: Mapping[Address, Cell] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    revised: Mapping[Address, Address] = field(default_factory=dict)
    present: frozenset[Address] = frozenset()
    printed: Mapping[Address, Cell] = field(default_factory=dict)
    corrected: Mapping[Address, Cell] = field(default_factory=dict)
    veiled: bool = False
    counts: Mapping[Address, int] = field(default_factory=dict)
    moves: tuple[Change, ...] = ()
    propose: Propose | None = None

    @property
    def hidden_before(self) -> frozenset[Address]:
        """The cells that an older edition hid: hidden they stay, also when they have become nothing."""
        then = ((new, self.cells.get(old)) for new, old in self.revised.items())
        return frozenset(new for new, cell in then if cell is not None and cell.status is Status.SUPPRESSED)

    def __or__(self, other: "Known") -> "Known":
        """Put two publications together; a new cell can be paired with one older cell only."""
        if twice := self.revised.keys() & other.revised.keys():
            raise ValueError(f"Paired with two editions: {min(twice)}")
        return Known(
            {**self.cells, **other.cells},
            self.relations + other.relations,
            {**self.revised, **other.revised},
            self.present | other.present,
            {**self.printed, **other.printed},
            {**self.corrected, **other.corrected},
            self.veiled or other.veiled,
            {**self.counts, **other.counts},
            self.moves + other.moves,
            self.propose or other.propose,
        )


NOTHING = Known()


def earlier(edition: str, tables: Iterable[Protected], relations: Iterable[Relation], rule: Rule) -> Known:
    """Give a publication as something known; its tables are called by the edition, and `relations` hold between them.

    `relations` are given with the tables' own names, as when the edition was protected.
    """
    return called(lambda cell: _in(edition, cell), tables, relations, rule)


def called(
    name: Callable[[Address], Address], tables: Iterable[Protected], relations: Iterable[Relation], rule: Rule
) -> Known:
    """Give a publication as something known, its cells called by a name of each."""
    tables = [table for table in tables if table.persons]
    cells = {name(address): cell for table in tables for address, cell in table.counted()}
    own = (relation for table in tables for relation in within(table))
    held = tuple(row for row in (relation.renamed(name) for relation in (*own, *relations)) if row.terms)
    marked = frozenset(name(cell) for table in tables for cell in table.present(rule))
    return Known(cells, held, present=marked, veiled=any(table.veiled for table in tables))


def revised(edition: str, known: Known, counts: Iterable[Counts]) -> Known:
    """Say that cells with the same table, key and figure are those of the edition with people added and removed."""
    return replace(known, revised={**known.revised, **dict(_pairs(edition, known, counts))})


def _pairs(edition: str, known: Known, counts: Iterable[Counts]) -> Iterator[tuple[Address, Address]]:
    for table in counts:
        for address in (Address(table.name, key, figure) for key in sorted(table.cells) for figure in table.figures):
            if table.persons and _in(edition, address) in known.cells:
                yield address, _in(edition, address)


def _in(edition: str, address: Address) -> Address:
    return address._replace(table=f"{edition}:{address.table}")
