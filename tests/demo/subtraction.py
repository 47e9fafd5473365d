"""Subtraction on paper, from the CSV files of everything that is out: what anybody with a sheet of paper would try.

It knows nothing of how the product ties tables together: every sum here is written by hand.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

Name = tuple[str, ...]  # a table, a column, and the codes of a row
Sum = Mapping[Name, int]  # cells with their factors, that come to nothing
COLUMNS = {
    "persons", "participations", "ended", "active", "began", "increased", "gained", "new", "ongoing", "before", "after",
    "identified", "anonymous", "volume", "participants",
}  # fmt: skip
BESIDE = {"status", "edition", "rounded_to"}
ADDING = {"sex", "age_band", "age_group"}  # a person has one of them in a year
OF_STAYS = {
    "stays",
    "work",
    "reasons",
    "lengths",
    "occupations",
}  # tables of stays, each of which has one of everything
OTHERS = {"association", "county", "end_reason", "stay_length", "occupation"}
SAME = {  # a table of the report on results, what its columns are called here, and the table that counts the same
    "associations": ({"ended": "ended", "active": "active"}, "work_associations", ("year", "association")),
    "counties": ({"ended": "ended", "active": "active"}, "work_counties", ("year", "county", "sex")),
    "educations": ({"persons": "persons"}, "educations_nation", ("year", "education", "sex")),
    "end_reasons": ({"participations": "participations"}, "reasons_nation", ("year", "end_reason", "sex")),
}


class Paper:
    """The cells of what is out, and the sums that anybody knows."""

    def __init__(self, editions: Iterable[Path], covered: Mapping[str, set[str]]) -> None:
        """Read editions; `covered` are the counties of each association."""
        self.cells: dict[Name, int | None] = {}
        self.rows: dict[str, list[dict[str, str]]] = defaultdict(list)
        self.covered = covered
        for folder in editions:
            for file in sorted((folder / "csv").glob("*.csv")):
                self._read(file)

    def _read(self, file: Path) -> None:
        with file.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                figures = COLUMNS & row.keys()
                codes = {name: code for name, code in row.items() if name not in COLUMNS | BESIDE}
                for figure in figures:
                    number = int(row[figure]) if row[figure].isdigit() else None
                    if number is not None or row["status"] == "suppressed":
                        name = (file.stem, figure, *codes.values())
                        self.cells[name] = self.cells.get(name) if number is None else number
                self.rows[file.stem].append(codes | {"figures": " ".join(sorted(figures))})

    def told(self, sums: int) -> dict[Name, int]:
        """The hidden cells that subtraction gives, one after the other; `sums` are at least how many it must know."""
        hidden = {name for name, number in self.cells.items() if number is None}
        known = [one for one in self._sums() if one.keys() <= self.cells.keys()]
        assert len(known) > sums
        found: dict[Name, int] = {}
        while new := dict(self._steps(known)):
            self.cells |= new
            found |= new
        return {name: number for name, number in found.items() if name in hidden}

    def _steps(self, sums: Iterable[Sum]) -> Iterator[tuple[Name, int]]:
        for one in sums:
            unknown = [name for name in one if self.cells[name] is None]
            if len(unknown) == 1:
                rest = sum(factor * (self.cells[name] or 0) for name, factor in one.items())
                yield unknown[0], -rest // one[unknown[0]]

    def _sums(self) -> Iterator[Sum]:
        for table, rows in self.rows.items():
            yield from self._margins(table, rows)
        yield from self._flows()
        yield from self._quarters()
        yield from self._twins()
        yield from self._counties()

    def _margins(self, table: str, rows: list[dict[str, str]]) -> Iterator[Sum]:
        adding = ADDING | (OTHERS if table.partition("_")[0] in OF_STAYS else set())
        for dimension in adding & rows[0].keys() if rows else ():
            parts: dict[tuple[str, Name], list[dict[str, str]]] = defaultdict(list)
            for row in rows:
                if row[dimension] != "total":
                    rest = tuple("total" if name == dimension else code for name, code in row.items())
                    parts[row["figures"], rest[:-1]].append(row)
            for (figures, whole), some in parts.items():
                for figure in figures.split():
                    names = {(table, figure, *list(row.values())[:-1]) for row in some}
                    yield dict.fromkeys(names, 1) | {(table, figure, *whole): -1}

    def _flows(self) -> Iterator[Sum]:
        """Stays going on are those that did, less the ended, and the new; of all ages, for people grow older."""
        for table, age in (("stays_nation", "age_group"), ("stays_counties", "age_band")):
            for row in (one for one in self.rows[table] if one[age] == "total"):
                year, *rest = list(row.values())[:-1]
                after = str(int(year) + 1)
                yield {
                    (table, "ongoing", after, *rest): 1,
                    (table, "ongoing", year, *rest): -1,
                    (table, "ended", year, *rest): 1,
                    (table, "new", after, *rest): -1,
                }

    def _quarters(self) -> Iterator[Sum]:
        for row in self.rows["work_associations"]:
            at = row["year"], row["association"]
            quarters = {("stays_quarters", "ended", at[0], f"K{one}", at[1]): 1 for one in range(1, 5)}
            yield quarters | {("work_associations", "ended", *at): -1}

    def _twins(self) -> Iterator[Sum]:
        for table, (columns, twin, dimensions) in SAME.items():
            for row in self.rows[table]:
                codes = tuple(row[name] for name in dimensions)
                for column, name in columns.items():
                    yield {(table, column, *codes): 1, (twin, name, *codes): -1}

    def _counties(self) -> Iterator[Sum]:
        """A county with all who live there, and the associations that cover it and nothing else."""
        of: dict[str, set[str]] = defaultdict(set)
        for association, counties in self.covered.items():
            for county in counties:
                of[county].add(association)
        whole = [county for county, those in of.items() if all(self.covered[one] == {county} for one in those)]
        for row in self.rows["work_counties"]:
            if row["county"] in whole and row["sex"] == "total":
                for figure in row["figures"].split():
                    parts = {("work_associations", figure, row["year"], one): 1 for one in of[row["county"]]}
                    yield parts | {("work_counties", figure, *list(row.values())[:-1]): -1}
