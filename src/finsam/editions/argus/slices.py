"""A table cut in parts that τ-ARGUS can read: one for each code of the dimensions that nothing sums up, like years."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from finsam.disclosure.cells import TOTAL, Counts, Key
from finsam.disclosure.relations import Address


@dataclass(frozen=True)
class Slice:
    """A part of a table, all of whose dimensions have a total, and where it was taken from."""

    table: Counts
    places: tuple[int, ...]  # which of the whole table's dimensions it has
    cut: Key  # the whole table's keys, with a code in every other place

    def back(self, cell: Address) -> Address:
        """Give the whole table's address of a cell."""
        codes = list(self.cut)
        for place, code in zip(self.places, cell.key, strict=True):
            codes[place] = code
        return cell._replace(key=tuple(codes))


def slices(table: Counts) -> Iterator[Slice]:
    """Cut the table; nothing adds up between the parts."""
    summed = [any(key[place] == TOTAL for key in table.cells) for place in range(len(table.dimensions))]
    places = tuple(place for place, has_total in enumerate(summed) if has_total)
    parts: dict[Key, dict[Key, tuple[int | None, ...]]] = {}
    for key, row in sorted(table.cells.items()):
        cut = tuple(TOTAL if has_total else code for code, has_total in zip(key, summed, strict=True))
        parts.setdefault(cut, {})[tuple(key[place] for place in places)] = row
    dimensions = tuple(table.dimensions[place] for place in places)
    for cut, cells in parts.items():
        yield Slice(replace(table, dimensions=dimensions, cells=cells), places, cut)
