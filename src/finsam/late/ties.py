"""How the figures of snapshots are tied to everything that is published: which cells they are, or have become."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from finsam.disclosure.attack.view import recalled
from finsam.disclosure.protect import Key, Known
from finsam.disclosure.relations import Address, Relation, equals
from finsam.editions.stored import linking
from finsam.editions.stored.linking import Published
from finsam.statistics.figures.late_registration import NAMES, Values, address
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import Identity, Implied
from finsam.statistics.relations.web import Web
from finsam.table_builder.published_answers import EditionAnswers


class Ties:
    """Everything that is published, by what its cells count."""

    def __init__(self, published: Published, implied: Implied) -> None:
        self._implied = implied
        self._editions = [EditionAnswers(identifier, content, implied) for identifier, content in published]
        self.known = linking.known(published, "", [])

    @cached_property
    def told(self) -> Mapping[str, Values]:
        """Which of the figures editions show, by the digest of the snapshot they were counted from."""
        found: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
        for digest, identity, count in self._shown:
            if not identity.parts:
                found[digest][identity.period, identity.figure] = count
        return found

    def parts(self, digest: str) -> Mapping[Key, frozenset[int]]:
        """What editions made from a snapshot show of some of those whom a figure counts."""
        found: dict[Key, frozenset[int]] = defaultdict(frozenset)
        for theirs, identity, count in self._shown:
            if theirs == digest and identity.parts:
                found[identity.period, identity.figure] |= {count}
        return found

    @cached_property
    def _shown(self) -> Sequence[tuple[str, Identity, int]]:
        """Every exact count that an edition shows of a figure, or of a part of it, with the snapshot's digest."""
        exact = recalled((), self.known).figures
        return [
            (_digest(edition), identity, exact[edition.own(at)])
            for edition in self._editions
            for at, identity in edition.identities.items()
            if identity.figure in NAMES
            if identity._replace(parts=()) == _whole(identity.figure, identity.period) and edition.own(at) in exact
        ]

    def of(self, digest: str, values: Values) -> Known:
        """Tie the figures of a snapshot to the editions made from it, and pair them with the newest of the others."""
        cells = {_whole(figure, year): address(year, figure) for year, figure in values}
        same = [edition for edition in self._editions if _digest(edition) == digest]
        others = [edition for edition in self._editions if _digest(edition) != digest]
        revised = {
            cells[identity]: edition.own(at)
            for edition in others
            for at, identity in edition.identities.items()
            if identity in cells
        }
        return Known(relations=tuple(self._between(cells, same)), revised=revised)

    def _between(self, cells: Mapping[Identity, Address], same: Iterable[EditionAnswers]) -> Iterator[Relation]:
        """What holds between figures and cells counted from the same snapshot: equal, parts of each other."""
        web = Web(self._implied, dict(cells))
        for edition in same:
            web.tables += [shape for shape, _cells, _rule in edition.answers]
            for at, identity in edition.identities.items():
                if identity in web.places:
                    yield equals(web.places[identity], edition.own(at))
                else:
                    web.places[identity] = edition.own(at)
        if web.tables:
            yield from web.relations()


def _whole(figure: str, year: str) -> Identity:
    return Identity(figure, FIGURES[figure].counts[0], year, ())


def _digest(edition: EditionAnswers) -> str:
    return edition.content.inputs.snapshot_digest
