"""What published editions tell whoever asks: their tables, read as answers to questions that everybody has asked."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from finsam.disclosure.cells import Cell, Key, Protected, Rule, Status
from finsam.disclosure.published_before import Known
from finsam.disclosure.relations import Address, Relation, equals
from finsam.editions.stored import linking
from finsam.editions.stored.content import Content
from finsam.editions.stored.linking import Published
from finsam.reports.registry import REPORTS
from finsam.reports.table import Counted, Tells
from finsam.statistics.relations.identity import Identity, Implied, Shape
from finsam.statistics.relations.web import address

TableAnswer = tuple[Shape, Mapping[Key, tuple[Cell, ...]], Rule]
YEAR: Final = "year"


@dataclass(frozen=True)
class EditionAnswers:
    """An edition as answers: what each is an answer to, its cells, and which count each cell of the edition is."""

    identifier: str
    content: Content
    implied: Implied

    @cached_property
    def answers(self) -> Sequence[TableAnswer]:
        """The tables as they would have been asked for."""
        return [(shape, cells, self.content.inputs.rule) for shape, cells, _at in self._read]

    @cached_property
    def identities(self) -> Mapping[Address, Identity]:
        """Which count a cell of the edition is."""
        return {at[key]: one for shape, _cells, at in self._read for one, key, _ in shape.cells(self.implied)}

    def own(self, cell: Address) -> Address:
        """Where a cell stands among all that is published."""
        return cell._replace(table=f"{self.identifier}:{cell.table}")

    @cached_property
    def _read(self) -> Sequence[tuple[Shape, Mapping[Key, tuple[Cell, ...]], Mapping[Key, Address]]]:
        declared = REPORTS[self.content.inputs.report].tables
        said = [(table, declared.get(table.name)) for table in self.content.tables]
        told = [(table, one.tells) for table, one in said if one and isinstance(one.tells, Tells)]
        return [found for table, tells in told for found in _answers(table, tells)]


def _answers(
    table: Protected, tells: Tells
) -> Iterator[tuple[Shape, Mapping[Key, tuple[Cell, ...]], Mapping[Key, Address]]]:
    """Take a table apart in what each question would have given; a missing figure is no answer."""
    dimensions = [name for name in table.dimensions if name not in {YEAR, *tells.apart}]
    cells: dict[Counted, dict[Key, tuple[Cell, ...]]] = defaultdict(dict)
    at: dict[Counted, dict[Key, Address]] = defaultdict(dict)
    for key, row in table.cells.items():
        codes = dict(zip(table.dimensions, key, strict=True))
        place = (codes[YEAR], *(codes[name] for name in dimensions))
        for figure, cell in zip(table.figures, row, strict=True):
            quantity = tells.of(codes, figure)
            stands = cell.edition or cell.status is Status.MISSING  # what is repeated is told where it stood first
            if quantity and not stands:
                cells[quantity][place] = (cell,)
                at[quantity][place] = Address(table.name, key, figure)
    for quantity, found in cells.items():
        figure, count, where = quantity
        yield Shape(figure, ("period", *dimensions), (count,), where, tuple(found)), found, at[quantity]


def same_snapshot(edition: EditionAnswers) -> Iterator[Relation]:
    """What the edition knows to hold between its cells, those that are counts of the builder by their places there."""
    names = {at: address(identity) for at, identity in edition.identities.items()}
    for relation in edition.content.relations:
        terms = tuple((factor, names.get(cell) or edition.own(cell)) for factor, cell in relation.terms)
        yield Relation(terms, relation.at_least, relation.constant)


def other_snapshots(
    others: Sequence[EditionAnswers],
    mine: Iterable[tuple[str, Mapping[Identity, Sequence[Address]]]],
    taken: Iterable[Address],
) -> Known:
    """Everything in editions from other snapshots, tied to cells by what they count.

    `mine` are cells by identity, with the digest of the snapshot they are from; those `taken` are tied already. The
    newest edition that has a count is the one its cells are those of, with people added and removed.
    """
    published: Published = [(one.identifier, one.content) for one in others]
    known = linking.known(published, "", [])
    revised, equal, done = dict(known.revised), list[Relation](), set(taken)
    for digest, cells in mine:
        for edition in reversed(others):
            for at, identity in edition.identities.items():
                for cell in cells.get(identity, ()):
                    if edition.content.inputs.snapshot_digest == digest:
                        equal.append(equals(cell, edition.own(at)))
                    elif cell not in done:
                        revised[cell] = edition.own(at)
                        done.add(cell)
    return replace(known, relations=(*known.relations, *equal), revised=revised)
