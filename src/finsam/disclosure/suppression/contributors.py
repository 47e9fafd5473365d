"""Those who are alone in a cell: what each of them knows of it, and which other cells they are counted in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from finsam.disclosure.suppression.network import Network


@dataclass(frozen=True)
class Contributors:
    """Each person who is alone in some cell, by number: `alone` in which cells, and `counted` in which others.

    `settled` are the cells that lie inside one where the person is alone: nobody can keep from them who is there.
    """

    alone: tuple[frozenset[int], ...]
    counted: tuple[frozenset[int], ...]
    settled: tuple[frozenset[int], ...]

    @cached_property
    def in_cell(self) -> Mapping[int, int]:
        """The person that each cell of one person holds."""
        return {cell: person for person, cells in enumerate(self.alone) for cell in cells}

    @cached_property
    def among(self) -> Mapping[int, frozenset[int]]:
        """The persons alone elsewhere who are counted in a cell."""
        found: dict[int, set[int]] = {}
        for person, cells in enumerate(self.counted):
            for cell in cells:
                found.setdefault(cell, set()).add(person)
        return {cell: frozenset(persons) for cell, persons in found.items()}


def contributors(network: Network, small: frozenset[int]) -> Contributors:
    """Find every person alone in a small cell; cells of one inside one another hold the same person."""
    wholes = _wholes(network, but=frozenset(cell for cell, count in enumerate(network.counts) if not count))
    above = {cell: _reach(cell, wholes) & small for cell in sorted(small) if network.counts[cell] == 1}
    groups = _joined(above)
    alone = tuple(frozenset(group) for group in groups)
    counted = tuple(frozenset(other for cell in group for other in above[cell]) - set(group) for group in groups)
    parts = _turned(_wholes(network))
    settled = tuple(frozenset(part for cell in group for part in _reach(cell, parts)) for group in groups)
    return Contributors(alone, counted, settled)


def _wholes(network: Network, but: frozenset[int] = frozenset()) -> Mapping[int, Sequence[int]]:
    """Tell for each cell which others everyone in it stands in too, leaving cells aside in which there is nobody."""
    wholes: dict[int, list[int]] = {}
    for row in network.rows:
        terms = [term for term in row.terms if term[0] not in but]
        for part, whole in _inclusions(terms, exact=row.slack is None):
            wholes.setdefault(part, []).append(whole)
    return wholes


def _inclusions(terms: Sequence[tuple[int, int]], *, exact: bool) -> Iterator[tuple[int, int]]:
    if any(abs(factor) != 1 for _, factor in terms):
        return
    up = [cell for cell, factor in terms if factor > 0]
    down = [cell for cell, factor in terms if factor < 0]
    if exact and len(down) == 1:
        yield from ((part, down[0]) for part in up)
    if len(up) == len(down) == 1:
        yield down[0], up[0]  # the part is never larger than the whole, or they are equal


def _turned(wholes: Mapping[int, Sequence[int]]) -> Mapping[int, Sequence[int]]:
    """Tell for each cell which others lie inside it."""
    parts: dict[int, list[int]] = {}
    for part, above in wholes.items():
        for whole in above:
            parts.setdefault(whole, []).append(part)
    return parts


def _reach(start: int, ways: Mapping[int, Sequence[int]]) -> frozenset[int]:
    """Follow ways from a cell as far as they go."""
    found, waiting = set[int](), [start]
    while waiting:
        fresh = [other for other in ways.get(waiting.pop(), ()) if other not in found]
        found.update(fresh)
        waiting.extend(fresh)
    return frozenset(found)


def _joined(above: Mapping[int, frozenset[int]]) -> list[list[int]]:
    """Put cells of one person together where one lies inside the other."""
    first = {cell: cell for cell in above}
    for cell, others in above.items():
        for other in others & above.keys():
            low, high = sorted((_first(first, cell), _first(first, other)))
            first[high] = low
    groups: dict[int, list[int]] = {}
    for cell in sorted(above):
        groups.setdefault(_first(first, cell), []).append(cell)
    return [groups[cell] for cell in sorted(groups)]


def _first(first: Mapping[int, int], cell: int) -> int:
    while first[cell] != cell:
        cell = first[cell]
    return cell
