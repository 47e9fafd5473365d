"""The codes a dimension has in a snapshot: their numbers, the codes people know them by, and which are asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import ibis.expr.types as ir

from finsam.statistics.figures.interventions import interventions
from finsam.statistics.tables.dimensions import DIMENSIONS, OF_INTERVENTIONS, Where
from finsam.statistics.tables.joins import with_parties, with_places
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.stays import NOT_STATED
from finsam.statistics.tables.tables import Tables
from finsam.values.codes.directions import DIRECTIONS
from finsam.values.keys import Code, Sum

UNKNOWN: Final = Sum.NOT_STATED  # what NOT_STATED is in every dimension
BETWEEN: Final = ":"  # the kind and the code of a party
LIVED: Final = tuple(name for name, one in DIMENSIONS.items() if one.places and one.is_of_person)
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
        dimension = DIMENSIONS[name]
        if dimension.bands:
            yield from dimension.bands
        elif name in LIVED:
            yield from (place[name] for place in self._places if self._is_wanted(place))
        elif dimension.code_list:
            yield from (number for number, code in self._codes(name).items() if self._is_possible(name, code))
        else:
            yield from (row[name] for row in self._running(name) if row[name] != NOT_STATED)

    def _codes(self, name: str) -> Mapping[int, str]:
        dimension = DIMENSIONS[name]
        if dimension.code_list:
            return {number: code for code, number in self.tables.codes.get(dimension.code_list, {}).items()}
        if dimension.places == "municipality":
            return {place["municipality"]: place["code"] for place in self._places}
        if dimension.places:
            return {place["region"]: place["code"] for place in self._places if place["region"] > 99} | {
                place["county"]: place["county_code"] for place in self._places
            }
        return self._records.get(name, {})

    def _is_possible(self, name: str, code: str) -> bool:
        """Tell whether any intervention that counts can have the kind or direction."""
        if name == "kind":
            return code in self.kinds
        return name != "direction" or KIND_OF.get(code, self.kinds[0]) in self.kinds

    def _is_wanted(self, place: Mapping[str, Any]) -> bool:
        return all(place[name] in self.where[name] for name in LIVED if name in self.where)

    def _running(self, name: str) -> list[dict[str, Any]]:
        of_interventions = {dimension.name for dimension in OF_INTERVENTIONS}
        kinds = {self.tables.number("kind", kind) for kind in self.kinds}
        where = {"kind": kinds} | {key: codes for key, codes in self.where.items() if key in of_interventions}
        return self.fetch(interventions(tables=self.tables, periods=self.periods, by=[name], where=where))

    @cached_property
    def _places(self) -> list[dict[str, Any]]:
        return self.fetch(with_places(self.tables))

    @cached_property
    def _records(self) -> Mapping[str, Mapping[int, str]]:
        """The codes of dimensions whose numbers stand for records."""
        return {
            "association": {row["association"]: row["number"] for row in self.fetch(self.tables.associations)},
            "party": {row["party"]: written_party(row["party_kind"], row["party_code"]) for row in self._parties},
        }

    @property
    def _parties(self) -> list[dict[str, Any]]:
        kinds = {number: code for code, number in self.tables.codes.get("party_kind", {}).items()}
        rows = self.fetch(with_parties(self.tables).select("party", "party_kind", "party_code").distinct())
        return [{**row, "party_kind": kinds.get(row["party_kind"], str(row["party_kind"]))} for row in rows]


def written_party(kind: str, code: str) -> str:
    """Write the pair that a party is as one code; an agency is its kind alone."""
    return f"{kind}{BETWEEN}{code}" if code else kind


def read_party(written: str) -> tuple[str, str]:
    """Give the kind of a party, and its county's or municipality's code; empty for an agency."""
    kind, _, code = written.partition(BETWEEN)
    return kind, code


KIND_OF = {row.code: row.parent for row in DIRECTIONS.rows}
