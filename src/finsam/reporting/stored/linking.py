"""How a publication hangs together with the editions that are published already, and the attack on all of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from finsam.reporting.stored.content import Content
from finsam.statistics.disclosure import NOTHING, Counts, Known, Protected
from finsam.statistics.examination import AttackLog, examine
from finsam.statistics.linking import earlier
from finsam.statistics.relations import Address, Relation, equals

Published = Sequence[tuple[str, Content]]  # editions by identifier, the oldest first


def known(published: Published, snapshot_digest: str, tables: Iterable[Counts | Protected]) -> Known:
    """Give all that is published, and which of its cells are those of the new tables and of each other.

    From the same snapshot the same cell is the same figure. From another it is the same with unknown people added
    and removed, and is held against the newest edition before it that has it.
    """
    found = NOTHING
    for number, (identifier, content) in enumerate(published):
        own = earlier(identifier, content.tables, content.relations)
        digest = content.inputs.snapshot_digest
        found |= _tied(own, identifier, digest, _addresses(content.tables), published[:number])
    return found | _tied(NOTHING, "", snapshot_digest, _addresses(tables), published)


def attacked(content: Content, published: Published) -> AttackLog:
    """Attack an edition together with what was published before it, as an outsider with nothing else to go by."""
    beside = known(published, content.inputs.snapshot_digest, content.tables)
    return examine(content.tables, content.relations, content.inputs.rule, beside)


def _tied(own: Known, name: str, digest: str, cells: Iterable[Address], before: Published) -> Known:
    """Tie an edition's cells to those of the editions before it."""
    older = [
        (one, content.inputs.snapshot_digest, set(_addresses(content.tables))) for one, content in reversed(before)
    ]
    equal: list[Relation] = []
    revised: dict[Address, Address] = {}
    for cell in cells:
        mine = _in(name, cell)
        having = [(_in(one, cell), snapshot) for one, snapshot, there in older if cell in there]
        equal += [equals(mine, theirs) for theirs, snapshot in having if snapshot == digest]
        if others := [theirs for theirs, snapshot in having if snapshot != digest]:
            revised[mine] = others[0]
    return replace(own, relations=(*own.relations, *equal), revised=revised)


def _in(edition: str, address: Address) -> Address:
    return address._replace(table=f"{edition}:{address.table}") if edition else address


def _addresses(tables: Iterable[Counts | Protected]) -> Iterator[Address]:
    for table in tables:
        for key in sorted(table.cells) if table.persons else ():
            yield from (Address(table.name, key, figure) for figure in table.figures)
