"""The codes a dimension has in a snapshot: their numbers, the codes people know them by, and which are asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import ibis.expr.types as ir

from finsam.statistics.figures.interventions import interventions
from finsam.statistics.tables.background import LENGTHS, MOST
from finsam.statistics.tables.dimensions import AGES, DIMENSIONS, OF_INTERVENTIONS, Where, with_places
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.stays import NOT_STATED
from finsam.statistics.tables.tables import Tables
from finsam.values.codes.directions import DIRECTIONS
from finsam.values.keys import Code, Sum

UNKNOWN: Final = Sum.NOT_STATED  # what NOT_STATED is in every dimension
PLACES = ("municipality", "county", "region")
NUMBERED: Mapping[str, Sequence[int]] = MappingProxyType(
    {
        "age_group": AGES,
        "support_time": range(1, len(LENGTHS) + 1),
        "stay_number": range(1, MOST + 1),
        "at_once": range(1, MOST + 1),
    }
)

Fetch = Callable[[ir.Table], list[dict[str, Any]]]


def fetched(figure: ir.Table) -> list[dict[str, Any]]:
    """Run a figure where its tables are."""
    rows: list[dict[str, Any]] = figure.to_pyarrow().to_pylist()
    return rows


@dataclass(frozen=True)
class Domains:
    """The codes of every dimension in a snapshot, for periods, a filter and the kinds of interventions that count."""

    tables: Tables
    periods: Periods
    where: Where
    kinds: Sequence[str]
    fetch: Fetch = fetched

    def numbers(self, name: str) -> tuple[int, ...]:
        """Give the numbers of a dimension that a table shows even when nobody is in them, in order."""
        wanted = self.where.get(name)
        return tuple(sorted(number for number in set(self._every(name)) if wanted is None or number in wanted))

    def code(self, name: str, number: int) -> Code:
        """Give the code that a number stands for."""
        return UNKNOWN if number == NOT_STATED else self._codes(name).get(number, str(number))

    def _every(self, name: str) -> Iterator[int]:
        if name in NUMBERED:
            yield from NUMBERED[name]
        elif name in PLACES:
            yield from (place[name] for place in self._places if self._is_wanted(place))
        elif DIMENSIONS[name].code_list:
            yield from (number for number, code in self._codes(name).items() if self._is_possible(name, code))
        else:
            yield from (row[name] for row in self._running(name) if row[name] != NOT_STATED)

    def _codes(self, name: str) -> Mapping[int, str]:
        if code_list := DIMENSIONS[name].code_list:
            return {number: code for code, number in self.tables.codes.get(code_list, {}).items()}
        if name == "municipality":
            return {place["municipality"]: place["code"] for place in self._places}
        if name.endswith(("county", "region")):
            return {place["region"]: place["code"] for place in self._places if place["region"] > 99} | {
                place["county"]: place["county_code"] for place in self._places
            }
        return self._associations if name == "association" else {}

    def _is_possible(self, name: str, code: str) -> bool:
        """Tell whether any intervention that counts can have the kind or direction."""
        if name == "kind":
            return code in self.kinds
        return name != "direction" or KIND_OF.get(code, self.kinds[0]) in self.kinds

    def _is_wanted(self, place: Mapping[str, Any]) -> bool:
        return all(place[name] in self.where[name] for name in PLACES if name in self.where)

    def _running(self, name: str) -> list[dict[str, Any]]:
        of_interventions = {dimension.name for dimension in OF_INTERVENTIONS}
        kinds = {self.tables.number("kind", kind) for kind in self.kinds}
        where = {"kind": kinds} | {key: codes for key, codes in self.where.items() if key in of_interventions}
        return self.fetch(interventions(tables=self.tables, periods=self.periods, by=[name], where=where))

    @cached_property
    def _places(self) -> list[dict[str, Any]]:
        return self.fetch(with_places(self.tables))

    @cached_property
    def _associations(self) -> Mapping[int, str]:
        return {row["association"]: row["number"] for row in self.fetch(self.tables.associations)}


KIND_OF = {row.code: row.parent for row in DIRECTIONS.rows}
