"""How a publication hangs together with the editions that are published already, and the attack on all of it.

A cell is known by what it counts, where its report says that (`reports.telling`), and else by where it stands. So the
same count under two names is one figure, and everything that holds between counts is known to hold between editions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import NamedTuple

from finsam.disclosure.attack.examination import AttackLog, examine
from finsam.disclosure.progress import Progress
from finsam.disclosure.protect import NOTHING, Counts, Known, Protected, Status
from finsam.disclosure.published_before import called
from finsam.disclosure.relations import Address, Relation, equals
from finsam.editions.stored.content import Content, Inputs, counted_from
from finsam.reports.registry import REPORTS
from finsam.reports.telling import Told, told
from finsam.statistics.relations.identity import Identity, Implied, everywhere
from finsam.statistics.relations.web import Web

Count = Identity | Address  # what a cell counts, or where it stands when nobody says what it counts
Place = tuple[str, Count]  # what a cell was counted from, and what it counts
Published = Sequence[tuple[str, Content]]  # editions by identifier, the oldest first


class Seen(NamedTuple):
    """A cell in an edition: what it was counted from, what it is called there, and whether it is printed."""

    source: str
    name: Address
    is_printed: bool


@dataclass(frozen=True)
class Telling:
    """What the tables of a publication tell, and what being in one part says of others there."""

    parts: Sequence[Told] = ()
    implied: Implied = field(default_factory=everywhere)

    @cached_property
    def identities(self) -> Mapping[Address, Identity]:
        """Which count each cell is."""
        return {at: identity for one in self.parts for at, identity in one.identities(self.implied)}

    def count(self, cell: Address) -> Count:
        """Give what a cell counts."""
        return self.identities.get(cell, cell)


UNTOLD = Telling()


def telling(inputs: Inputs, tables: Iterable[Counts | Protected], implied: Implied) -> Telling:
    """Give what the tables of an edition tell; a report that is no longer there tells nothing."""
    of = REPORTS.get(inputs.report)
    return Telling(tuple(told(of.of(inputs.commission.question).tables, tables)) if of else (), implied)


class Older:
    """A published edition: what its cells were counted from, which it counted, and which of those it printed."""

    def __init__(self, identifier: str, content: Content) -> None:
        self.identifier, self.content = identifier, content
        self.source = content.inputs.source
        self.telling = telling(content.inputs, content.tables, content.implied)
        between = (cell for relation in content.relations for _, cell in relation.terms)
        self.cells = dict.fromkeys((*addresses(content.tables), *between))
        self.printed = {cell for table in content.tables if table.persons for cell, _ in table.counted()}

    def place(self, cell: Address) -> Place:
        """Give what a cell counts and what it was counted from."""
        return self.source(cell.table), self.telling.count(cell)

    def own(self, cell: Address) -> Address:
        """Give where a cell stands among all that is published."""
        return _in(self.identifier, cell)


class Out:
    """All that is published, and which of its cells are those of each other."""

    def __init__(self, published: Published) -> None:
        self.older = [Older(identifier, content) for identifier, content in published]
        self._homes = _homes(self.older)
        self._before: dict[Count, list[Seen]] = {}
        self._called = NOTHING
        for one in self.older:
            self._called |= _called(one, self._homes, self._before)

    @cached_property
    def known(self) -> Known:
        """Give all of it, with what holds between counts wherever they stand."""
        return self._called | Known(relations=tuple(_held(self.older, self._homes, "", UNTOLD)) if self.older else ())

    def beside(self, snapshot_digest: str, cells: Iterable[Address], linkage: str, telling: Telling) -> Known:
        """Give all of it, and how new cells hang together with it."""
        cells = tuple(cells)
        held = _held(self.older, self._homes, snapshot_digest, telling) if self.older else ()
        return self._called | self._tied(snapshot_digest, cells, linkage, telling, held)

    def ties(self, snapshot_digest: str, telling: Telling) -> Known:
        """Give how the cells that something tells of hang together with what is out, and nothing of that itself."""
        same = [one for one in self.older if one.content.inputs.snapshot_digest == snapshot_digest]
        cells = tuple(telling.identities)
        held = _held(same, self._homes, snapshot_digest, telling) if same else ()
        mine = frozenset(cells)
        touching = (one for one in held if any(cell in mine for _, cell in one.terms))
        return self._tied(snapshot_digest, cells, "", telling, touching)

    def _tied(
        self, digest: str, cells: Sequence[Address], linkage: str, telling: Telling, held: Iterable[Relation]
    ) -> Known:
        mine = partial(counted_from, digest, linkage)
        places = {cell: (mine(cell.table), telling.count(cell)) for cell in cells}
        ties = ((cell, self._homes.get(place)) for cell, place in places.items())
        equal = tuple(equals(cell, home) for cell, home in ties if home is not None)
        sourced = ((cell, count, source) for cell, (source, count) in places.items())
        between = (one for one in held if not all(cell in places for _, cell in one.terms))
        return Known(relations=(*equal, *between), revised=dict(_paired(sourced, self._before)))


def known(
    published: Published,
    snapshot_digest: str,
    cells: Iterable[Address],
    linkage: str = "",
    telling: Telling = UNTOLD,
) -> Known:
    """Give all that is published, and which of its cells are those that are new and those of each other.

    Cells are those that an edition prints, and those that it only counted because they hang together with the printed.
    From the same snapshot (and linkage, where that is counted) the same cell is the same figure, and has one name. From
    another it is the same with unknown people added and removed, and is held against the newest edition before it that
    prints it. What holds between counts of one snapshot is said of the new cells too; what holds among these alone is
    the report's to say.
    """
    return Out(published).beside(snapshot_digest, cells, linkage, telling)


def shown_already(
    published: Published, snapshot_digest: str, counts: Iterable[Counts], telling: Telling
) -> tuple[str, str] | None:
    """Give the edition, and the caption of its table, that shows every one of some counts; None when none does."""
    mine = {telling.count(cell) for table in counts for cell, _ in table.filled()}
    same = [one for one in published if one[1].inputs.snapshot_digest == snapshot_digest]
    for older in (Older(*one) for one in reversed(same)):
        for tidy in older.content.publication.tables if mine else ():
            if mine <= set(map(older.telling.count, _filled(tidy.table))):
                return older.identifier, tidy.caption
    return None


def _filled(table: Protected) -> Iterator[Address]:
    for key, row in table.cells.items():
        for figure, cell in zip(table.figures, row, strict=True):
            if cell.status is not Status.MISSING:
                yield Address(table.name, key, figure)


def attacked(
    content: Content, published: Published, answers: Published = (), progress: Progress | None = None
) -> AttackLog:
    """Attack an edition together with what was published before it, as an outsider with nothing else to go by.

    What users were answered before is known too; what that gives away by itself is lost, and no fault of the edition.
    """
    own = Older("", content)
    digest, linkage = content.inputs.snapshot_digest, content.inputs.linkage
    beside = known([*answers, *published], digest, own.cells, linkage, own.telling)
    relations = (*content.relations, *_held([], {}, digest, own.telling))
    untold = known(published, digest, own.cells, linkage, own.telling) if answers else None
    return examine(content.tables, relations, content.inputs.rule, beside, untold, progress=progress)


def attacked_together(published: Published, answers: Published = ()) -> AttackLog:
    """Attack everything that is out: every hidden cell of every edition."""
    *before, (_, newest) = published
    return attacked(newest, before, answers)


def snapshots(published: Published) -> dict[str, Implied]:
    """Give the snapshots that publications use, by their digests, with what their codes say of each other."""
    return {content.inputs.snapshot_digest: content.implied for _, content in published}


def _held(older: Sequence[Older], homes: Mapping[Place, Address], digest: str, telling: Telling) -> Iterator[Relation]:
    """Say what holds between counts of one snapshot, whichever tables they stand in: the new ones' among them."""
    by_source: dict[str, list[Telling]] = {}
    for one in older:
        by_source.setdefault(one.content.inputs.snapshot_digest, []).append(one.telling)
    if telling.parts:
        by_source.setdefault(digest, []).append(telling)
    for source, tellings in by_source.items():
        web = Web(tellings[-1].implied)
        for told_of in tellings:
            for part in told_of.parts:
                at = {key: homes.get((source, told_of.count(cell)), cell) for key, cell in part.at.items()}
                yield from web.add(part.shape, at)
        yield from web.relations()


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
            named.setdefault(one.place(cell), _in(one.identifier, cell))
    return counted | printed


def _called(one: Older, homes: Mapping[Place, Address], before: dict[Count, list[Seen]]) -> Known:
    """Give an edition as something known, tied to those before it; `before` is then told of its cells too."""
    content = one.content

    def name(cell: Address) -> Address:
        own, home = _in(one.identifier, cell), homes[one.place(cell)]
        return own if cell in one.printed else home

    own = called(name, content.tables, content.relations, content.inputs.rule)
    homely = ((name(cell), homes[one.place(cell)]) for cell in one.cells)
    equal = tuple(equals(mine, home) for mine, home in homely if mine != home)
    counts = {cell: one.telling.count(cell) for cell in one.cells}
    revised = dict(_paired(((name(cell), count, one.source(cell.table)) for cell, count in counts.items()), before))
    for cell, count in counts.items():
        before.setdefault(count, []).append(Seen(one.source(cell.table), name(cell), cell in one.printed))
    return replace(own, relations=(*own.relations, *equal), revised=revised)


def _paired(
    cells: Iterable[tuple[Address, Count, str]], before: Mapping[Count, Sequence[Seen]]
) -> Iterator[tuple[Address, Address]]:
    """Pair cells, each with its name, what it counts and its source, with the newest of another source."""
    for mine, count, source in cells:
        seen = before.get(count, ())
        if mine in {one.name for one in seen}:
            continue  # it is paired already
        if others := [one for one in reversed(seen) if one.source != source]:
            yield mine, next((one for one in others if one.is_printed), others[0]).name


def _in(edition: str, address: Address) -> Address:
    return address._replace(table=f"{edition}:{address.table}") if edition else address
