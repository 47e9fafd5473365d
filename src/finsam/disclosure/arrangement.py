"""How a publication is made smaller than what it counts: tables that are left out, and tables that are rounded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from finsam.disclosure import rounding
from finsam.disclosure.cells import SUPPRESS, Counts, Rounding, Rule


@dataclass(frozen=True)
class Arrangement:
    """The tables that are left out, and those that are rounded instead of having cells left out."""

    without: frozenset[str] = frozenset()
    rounded: frozenset[str] = frozenset()

    def of(self, counts: Mapping[str, Counts], rule: Rule) -> Mapping[str, Counts]:
        """Arrange the counts; a table that is left out is counted all the same, since others hang together with it."""
        return {name: self._table(table, rule) for name, table in counts.items()}

    def _table(self, table: Counts, rule: Rule) -> Counts:
        method = Rounding(rounding.least_base(rule)) if table.name in self.rounded else SUPPRESS
        return replace(table, method=method, published=table.published and table.name not in self.without)

    def left(self, tables: Iterable[str]) -> frozenset[str]:
        """Give those of the tables that are not left out."""
        return frozenset(tables) - self.without


AS_COUNTED: Final = Arrangement()
