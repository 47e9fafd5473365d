"""How the figures of snapshots are tied to everything that is published: which cells they are, or have become."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from finsam.disclosure.attack.view import recalled
from finsam.disclosure.protect import Key, Known
from finsam.disclosure.relations import Address
from finsam.editions.stored.linking import Out, Published, Telling
from finsam.reports.telling import Told
from finsam.statistics.figures.late_registration import NAMES, Values, address
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import Identity, Implied, Shape


class Ties:
    """Everything that is published, by what its cells count."""

    def __init__(self, published: Published, implied: Implied) -> None:
        self._implied = implied
        self._out = Out(published)
        self.known = self._out.known

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
            (edition.content.inputs.snapshot_digest, identity, exact[edition.own(at)])
            for edition in self._out.older
            for at, identity in edition.telling.identities.items()
            if at in edition.printed and _is_ours(identity) and edition.own(at) in exact
        ]

    def of(self, digest: str, values: Values) -> Known:
        """Tie the figures of a snapshot to the editions made from it, and pair them with the newest of the others."""
        return self._out.ties(digest, Telling(tuple(_told(values)), self._implied))


def _told(values: Values) -> Iterator[Told]:
    """What the figures of a snapshot are counts of."""
    for name in NAMES:
        at: dict[Key, Address] = {(year,): address(year, figure) for year, figure in values if figure == name}
        yield Told(Shape(name, ("period",), FIGURES[name].counts, (), tuple(at)), at)


def _is_ours(identity: Identity) -> bool:
    """Whether a count is one of the figures, or of a part of one."""
    return identity.figure in NAMES and identity.what == FIGURES[identity.figure].counts[0]
