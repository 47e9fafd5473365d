"""How a publication is made smaller than what it counts: tables that are left out, and tables that are rounded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from finsam.disclosure import rounding
from finsam.disclosure.cells import SUPPRESS, Counts, Rounding, Rule
from finsam.values.sentences import SentenceError, gettext_noop


@dataclass(frozen=True)
class Arrangement:
    """The tables that are left out, and those that are rounded instead of having cells left out."""

    without: frozenset[str] = frozenset()
    rounded: frozenset[str] = frozenset()

    def of(self, counts: Mapping[str, Counts], rule: Rule) -> Mapping[str, Counts]:
        """Arrange the counts; a table that is left out is counted all the same, since others hang together with it.

        Refused when a table is to be rounded that is not one of counts of persons.
        """
        persons = {name for name, table in counts.items() if table.persons and table.published}
        for name in sorted(self.rounded - persons):
            raise SentenceError("arrangement.method", _NO_METHOD, {"table": name, "tables": ", ".join(sorted(persons))})
        return {name: self._table(table, rule) for name, table in counts.items()}

    def _table(self, table: Counts, rule: Rule) -> Counts:
        method = Rounding(rounding.least_base(rule)) if table.name in self.rounded else SUPPRESS
        return replace(table, method=method, published=table.published and table.name not in self.without)

    def left(self, tables: Iterable[str]) -> frozenset[str]:
        """Give those of the tables that are not left out."""
        return frozenset(tables) - self.without


AS_COUNTED: Final = Arrangement()
_NO_METHOD = gettext_noop(
    "Tabellen %(table)s är inga antal personer och kan inte avrundas. De som kan avrundas är %(tables)s."
)
