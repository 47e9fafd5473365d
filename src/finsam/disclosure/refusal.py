"""When a publication can't be protected: which tables stop it, and which coarser table would do."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from finsam.disclosure.cells import TOTAL, Counts
from finsam.values.sentences import SentenceError, gettext_noop

Try = Callable[[Mapping[str, Counts]], bool]  # whether these tables could be protected together


class UnprotectableError(SentenceError):
    """No pattern of hidden cells makes the publication safe; `tables` are those with cells that can be worked out."""

    def __init__(self, tables: Iterable[str], instead: tuple[str, str] | None) -> None:
        self.tables = tuple(sorted(set(tables)))
        self.instead = instead  # the table to make coarser, and the dimension to leave out of it
        params: dict[str, str | int] = {"tables": ", ".join(self.tables)}
        if instead:
            params |= {"table": instead[0], "dimension": instead[1]}
        super().__init__("disclosure.unprotectable", _COARSER if instead else _NOTHING, params)


_COARSER = gettext_noop(
    "Det går inte att publicera %(tables)s: dolda antal kan räknas ut hur mycket som än döljs. "
    "Gör tabellen %(table)s grövre: utan uppdelning på %(dimension)s går den att publicera."
)
_NOTHING = gettext_noop(
    "Det går inte att publicera %(tables)s: dolda antal kan räknas ut hur mycket som än döljs, "
    "också i en grövre tabell. Utelämna tabellerna."
)


def refuse(counts: Mapping[str, Counts], leaking: Iterable[str], is_safe: Try) -> UnprotectableError:
    """Make the refusal: try to sum the leaking tables up, the dimension with most codes first."""
    names = sorted(set(leaking))
    for name in (name for name in names if name in counts):
        for dimension in _finest_first(counts[name]):
            if is_safe({**counts, name: coarser(counts[name], dimension)}):
                return UnprotectableError(names, (name, dimension))
    return UnprotectableError(names, None)


def coarser(table: Counts, dimension: str) -> Counts:
    """Keep only the table's sums over a dimension."""
    place = table.dimensions.index(dimension)
    cells = {key: row for key, row in table.cells.items() if key[place] == TOTAL}
    return replace(table, cells=cells)


def _finest_first(table: Counts) -> list[str]:
    """Order the dimensions that can be summed up by how many codes they have."""
    codes = {dimension: {key[place] for key in table.cells} for place, dimension in enumerate(table.dimensions)}
    return sorted((d for d in codes if TOTAL in codes[d] and len(codes[d]) > 1), key=lambda d: (-len(codes[d]), d))
