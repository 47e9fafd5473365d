"""How a publication hangs together with the editions that are published already, and the attack on all of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from finsam.disclosure.attack.examination import AttackLog, examine
from finsam.disclosure.protect import NOTHING, Counts, Known, Protected
from finsam.disclosure.published_before import earlier
from finsam.disclosure.relations import Address, Relation, equals
from finsam.editions.stored.content import Content, counted_from

Source = Callable[[str], str]  # what a table was counted from
Published = Sequence[tuple[str, Content]]  # editions by identifier, the oldest first


def known(published: Published, snapshot_digest: str, cells: Iterable[Address], linkage: str = "") -> Known:
    """Give all that is published, and which of its cells are those that are new and those of each other.

    Cells are those that an edition prints, and those that it only counted because they hang together with the printed.
    From the same snapshot (and linkage, where that is counted) the same cell is the same figure. From another it is
    the same with unknown people added and removed, and is held against the newest edition before it that prints it.
    """
    found, before = NOTHING, list[Older]()
    for identifier, content in published:
        own = earlier(identifier, content.tables, content.relations, content.inputs.rule)
        one = Older(identifier, content)
        found |= _tied(own, identifier, one.source, one.cells, before)
        before.append(one)
    mine = partial(counted_from, snapshot_digest, linkage)
    return found | _tied(NOTHING, "", mine, cells, before)


def attacked(content: Content, published: Published) -> AttackLog:
    """Attack an edition together with what was published before it, as an outsider with nothing else to go by."""
    own = Older("", content)
    beside = known(published, content.inputs.snapshot_digest, own.cells, content.inputs.linkage)
    return examine(content.tables, content.relations, content.inputs.rule, beside)


def addresses(tables: Iterable[Counts | Protected]) -> Iterator[Address]:
    """Give every cell of the tables of persons."""
    for table in tables:
        for key in sorted(table.cells) if table.persons else ():
            yield from (Address(table.name, key, figure) for figure in table.figures)


class Older:
    """A published edition: what its cells were counted from, which it counted, and which of those it printed."""

    def __init__(self, identifier: str, content: Content) -> None:
        self.identifier = identifier
        self.source = partial(counted_from, content.inputs.snapshot_digest, content.inputs.linkage)
        between = (cell for relation in content.relations for _, cell in relation.terms)
        self.cells = dict.fromkeys((*addresses(content.tables), *between))
        self.printed = {cell for table in content.tables if table.persons for cell, _ in table.counted()}


def _tied(own: Known, name: str, source: Source, cells: Iterable[Address], before: Sequence[Older]) -> Known:
    """Tie an edition's cells to those of the editions before it."""
    equal: list[Relation] = []
    revised: dict[Address, Address] = {}
    for cell in cells:
        mine, own_source = _in(name, cell), source(cell.table)
        having = [one for one in reversed(before) if cell in one.cells]
        same = [one for one in having if one.source(cell.table) == own_source]
        equal += [equals(mine, _in(one.identifier, cell)) for one in same if one is same[0] or cell in one.printed]
        if others := [one for one in having if one.source(cell.table) != own_source]:
            newest = next((one for one in others if cell in one.printed), others[0])
            revised[mine] = _in(newest.identifier, cell)
    return replace(own, relations=(*own.relations, *equal), revised=revised)


def _in(edition: str, address: Address) -> Address:
    return address._replace(table=f"{edition}:{address.table}") if edition else address
