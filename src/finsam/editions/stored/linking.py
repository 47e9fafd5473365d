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


def known(published: Published, snapshot_digest: str, tables: Iterable[Counts | Protected], linkage: str = "") -> Known:
    """Give all that is published, and which of its cells are those of the new tables and of each other.

    From the same snapshot (and linkage, where that is counted) the same cell is the same figure. From another it is
    the same with unknown people added and removed, and is held against the newest edition before it that has it.
    """
    found = NOTHING
    for number, (identifier, content) in enumerate(published):
        own = earlier(identifier, content.tables, content.relations, content.inputs.rule)
        found |= _tied(own, identifier, _source(content), _addresses(content.tables), published[:number])
    mine = partial(counted_from, snapshot_digest, linkage)
    return found | _tied(NOTHING, "", mine, _addresses(tables), published)


def attacked(content: Content, published: Published) -> AttackLog:
    """Attack an edition together with what was published before it, as an outsider with nothing else to go by."""
    beside = known(published, content.inputs.snapshot_digest, content.tables, content.inputs.linkage)
    return examine(content.tables, content.relations, content.inputs.rule, beside)


def _source(content: Content) -> Source:
    return partial(counted_from, content.inputs.snapshot_digest, content.inputs.linkage)


def _tied(own: Known, name: str, source: Source, cells: Iterable[Address], before: Published) -> Known:
    """Tie an edition's cells to those of the editions before it."""
    older = [(one, _source(content), set(_addresses(content.tables))) for one, content in reversed(before)]
    equal: list[Relation] = []
    revised: dict[Address, Address] = {}
    for cell in cells:
        mine, own_source = _in(name, cell), source(cell.table)
        having = [(_in(one, cell), theirs(cell.table)) for one, theirs, there in older if cell in there]
        equal += [equals(mine, theirs) for theirs, their_source in having if their_source == own_source]
        if others := [theirs for theirs, their_source in having if their_source != own_source]:
            revised[mine] = others[0]
    return replace(own, relations=(*own.relations, *equal), revised=revised)


def _in(edition: str, address: Address) -> Address:
    return address._replace(table=f"{edition}:{address.table}") if edition else address


def _addresses(tables: Iterable[Counts | Protected]) -> Iterator[Address]:
    for table in tables:
        for key in sorted(table.cells) if table.persons else ():
            yield from (Address(table.name, key, figure) for figure in table.figures)
