"""What anybody can look up about places: which counties the municipalities of an association lie in."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from finsam.disclosure.cells import TOTAL, Counts
from finsam.disclosure.relations import Address, Relation, adds_up, at_most, covered
from finsam.snapshots import engines
from finsam.statistics.tables.periods import Periods, spread
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import Code

Lying = Mapping[str, Mapping[str, frozenset[str]]]  # year -> association -> counties


def lying(tables: Tables, years: Sequence[int]) -> Lying:
    """Give the counties in which each association covered a municipality on any day of the year."""
    periods = Periods.years(years[0], years[-1])
    numbers = tables.associations.select("association", "number")
    facts = tables.coverage.join(tables.municipalities, "municipality").join(numbers, "association")
    first, last = periods.holding(facts.first_day), periods.last_of(facts.ends_before)
    rows = spread(facts, periods, first=first, last=last).select("period", "number", "county_code").distinct()
    found: dict[str, dict[str, frozenset[str]]] = {str(year): {} for year in years}
    for row in engines.rows(rows):
        of_year, association = found[str(row["period"])], row["number"]
        of_year[association] = of_year.get(association, frozenset()) | {row["county_code"]}
    return found


def believed(lying: Lying, counts: Mapping[str, Counts]) -> Iterator[Relation]:
    """Say that everybody lives where their association works, as most do: counties are then made of associations."""
    for suffix in ("", "_rest"):
        counties, associations = counts[f"counties{suffix}"], counts[f"associations{suffix}"]
        for (year, of_year), figure in product(lying.items(), associations.figures):
            for county in sorted({key[1] for key in counties.cells if key[0] == year} - {TOTAL}, key=str):
                whole = Address(counties.name, (year, county, TOTAL), figure)
                parts = [
                    (one, Address(associations.name, (year, one), figure))
                    for one in _in(of_year, county)
                    if (year, one) in associations.cells  # it has somebody there, or may have
                ]
                inside = [cell for one, cell in parts if of_year[one] == {county}]
                yield from (at_most(cell, whole) for cell in inside)
                yield covered(whole, *(cell for _, cell in parts))
                if len(inside) == len(parts):
                    yield adds_up(whole, *inside)


def _in(of_year: Mapping[str, frozenset[str]], county: Code) -> list[str]:
    """Give the associations that cover any of a county."""
    return sorted(one for one, counties in of_year.items() if county in counties)
