"""How a publication hangs together with the editions that are published already, and the attack on all of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from finsam.disclosure.attack.examination import AttackLog, examine
from finsam.disclosure.protect import NOTHING, Counts, Known, Protected
from finsam.disclosure.published_before import called
from finsam.disclosure.relations import Address, equals
from finsam.editions.stored.content import Content, counted_from

Place = tuple[str, Address]  # what a cell was counted from, and where it stands
Published = Sequence[tuple[str, Content]]  # editions by identifier, the oldest first


class Seen(NamedTuple):
    """A cell in an edition: what it was counted from, what it is called there, and whether it is printed."""

    source: str
    name: Address
    is_printed: bool


class Older:
    """A published edition: what its cells were counted from, which it counted, and which of those it printed."""

    def __init__(self, identifier: str, content: Content) -> None:
        self.identifier, self.content = identifier, content
        self.source = content.inputs.source
        between = (cell for relation in content.relations for _, cell in relation.terms)
        self.cells = dict.fromkeys((*addresses(content.tables), *between))
        self.printed = {cell for table in content.tables if table.persons for cell, _ in table.counted()}


def known(published: Published, snapshot_digest: str, cells: Iterable[Address], linkage: str = "") -> Known:
    """Give all that is published, and which of its cells are those that are new and those of each other.

    Cells are those that an edition prints, and those that it only counted because they hang together with the printed.
    From the same snapshot (and linkage, where that is counted) the same cell is the same figure, and has one name. From
    another it is the same with unknown people added and removed, and is held against the newest edition before it that
    prints it.
    """
    older = [Older(identifier, content) for identifier, content in published]
    homes = _homes(older)
    found, before = NOTHING, dict[Address, list[Seen]]()
    for one in older:
        found |= _called(one, homes, before)
    cells = tuple(cells)
    mine = partial(counted_from, snapshot_digest, linkage)
    ties = ((cell, homes.get((mine(cell.table), cell))) for cell in cells)
    equal = tuple(equals(cell, home) for cell, home in ties if home is not None)
    revised = dict(_paired(((cell, cell, mine(cell.table)) for cell in cells), before))
    return found | Known(relations=equal, revised=revised)


def attacked(content: Content, published: Published) -> AttackLog:
    """Attack an edition together with what was published before it, as an outsider with nothing else to go by."""
    own = Older("", content)
    beside = known(published, content.inputs.snapshot_digest, own.cells, content.inputs.linkage)
    return examine(content.tables, content.relations, content.inputs.rule, beside)


def attacked_together(published: Published) -> AttackLog:
    """Attack everything that is out: every hidden cell of every edition."""
    *before, (_, newest) = published
    return attacked(newest, before)


def addresses(tables: Iterable[Counts | Protected]) -> Iterator[Address]:
    """Give every cell of the tables of persons."""
    for table in tables:
        for key in sorted(table.cells) if table.persons else ():
            yield from (Address(table.name, key, figure) for figure in table.figures)


def _homes(older: Iterable[Older]) -> Mapping[Place, Address]:
    """Name each cell of each snapshot by the first edition that prints it, or else the first that counted it."""
    printed: dict[Place, Address] = {}
    counted: dict[Place, Address] = {}
    for one in older:
        for cell in one.cells:
            named = printed if cell in one.printed else counted
            named.setdefault((one.source(cell.table), cell), _in(one.identifier, cell))
    return counted | printed


def _called(one: Older, homes: Mapping[Place, Address], before: dict[Address, list[Seen]]) -> Known:
    """Give an edition as something known, tied to those before it; `before` is then told of its cells too."""
    content = one.content

    def name(cell: Address) -> Address:
        own, home = _in(one.identifier, cell), homes[one.source(cell.table), cell]
        return own if cell in one.printed else home

    own = called(name, content.tables, content.relations, content.inputs.rule)
    homely = ((name(cell), homes[one.source(cell.table), cell]) for cell in one.cells)
    equal = tuple(equals(mine, home) for mine, home in homely if mine != home)
    revised = dict(_paired(((name(cell), cell, one.source(cell.table)) for cell in one.cells), before))
    for cell in one.cells:
        before.setdefault(cell, []).append(Seen(one.source(cell.table), name(cell), cell in one.printed))
    return replace(own, relations=(*own.relations, *equal), revised=revised)


def _paired(
    cells: Iterable[tuple[Address, Address, str]], before: Mapping[Address, Sequence[Seen]]
) -> Iterator[tuple[Address, Address]]:
    """Pair cells, each with its name, where it stands and its source, with the newest of another source."""
    for mine, cell, source in cells:
        seen = before.get(cell, ())
        if mine in {one.name for one in seen}:
            continue  # it is paired already
        if others := [one for one in reversed(seen) if one.source != source]:
            yield mine, next((one for one in others if one.is_printed), others[0]).name


def _in(edition: str, address: Address) -> Address:
    return address._replace(table=f"{edition}:{address.table}") if edition else address
