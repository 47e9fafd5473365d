"""The cells of the report on results that may be shown, and where to find each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from finsam.disclosure.cells import MISSING, NOBODY, TOTAL, placed
from finsam.disclosure.protect import Cell, Protected, Release
from finsam.reports.labels import Words
from finsam.reports.national_results import counts
from finsam.reports.national_results.derived import derived
from finsam.reports.source import Source
from finsam.snapshots import engines
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.statistics.figures.outcomes import ACTIVE
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.values.keys import Code, Key


@dataclass(frozen=True)
class Figures:
    """The protected tables of one report, and what is made of them; `years` ends with the report's own."""

    years: tuple[int, ...]
    tables: Mapping[str, Protected]
    words: Words
    release: Release

    @property
    def year(self) -> int:
        """The report's own year."""
        return self.years[-1]

    def outcome(self, figure: str, sex: Code = TOTAL, *, year: int | None = None, unit: str = "participations") -> Cell:
        """Give those who ended (`ended`), or of them the `active`, and who `began`, `increased` or `gained`."""
        return self.cell(f"outcomes_{unit}", self.of(year), sex, figure=figure)

    def comparable(self, cell: Cell, year: int) -> Cell:
        """A year's cell of those who work or study as it may be compared: missing where no such code was in force."""
        held = self.words.tables.validity.in_year("occupation", ACTIVE, year)
        return cell if held else MISSING

    def registered(self, figure: str, sex: Code = TOTAL) -> Cell:
        """Give participants of the year by how they are registered."""
        return self.cell("totals", str(self.year), figure, sex)

    def side(self, table: str, code: Code, side: str, sex: Code = TOTAL) -> Cell:
        """Give those who had a support or occupation before, or after."""
        before, after = (code, TOTAL) if side == "before" else (TOTAL, code)
        return self.flow(table, before, after, sex)

    def flow(self, table: str, before: Code, after: Code, sex: Code = TOTAL) -> Cell:
        """Give those who went from one support or occupation to another; a table has no row for what nobody has."""
        row = self.tables[table].cells.get((str(self.year), before, after, sex))
        return NOBODY if row is None else row[0]

    def of_year(self, table: str, code: Code, sex: Code = TOTAL) -> Cell:
        """Give a cell of a table of the report's own year by one dimension and sex."""
        return self.cell(table, str(self.year), code, sex)

    def cell(self, name: str, *key: Code, figure: str = "") -> Cell:
        """Give a cell of a table; of the first figure when none is named."""
        table = self.tables[name]
        return table.cells[key][table.figures.index(figure) if figure else 0]

    def codes(self, name: str, dimension: str) -> Key:
        """Give the codes of a dimension as their list has them, without the total; what is not stated is last."""
        return self._codes[name][dimension]

    def label(self, dimension: str, code: Code) -> str:
        """Give the words of a code."""
        return self.words.of(dimension, code)

    def of(self, year: int | None) -> str:
        """Give the code of a year, the report's own when none is named."""
        return str(self.year if year is None else year)

    @cached_property
    def _codes(self) -> dict[str, dict[str, Key]]:
        return {
            name: {dimension: self._ordered(table, dimension) for dimension in table.dimensions}
            for name, table in self.tables.items()
        }

    def _ordered(self, table: Protected, dimension: str) -> Key:
        place = table.dimensions.index(dimension)
        code_list = DIMENSIONS[dimension].code_list if dimension in DIMENSIONS else ""
        numbers = self.words.tables.codes.get(code_list, {})
        found = {code for key in table.cells if isinstance(code := key[place], str)}
        known = sorted(found, key=lambda code: (numbers.get(code, 0), code))
        return (*known, UNKNOWN) if any(key[place] == UNKNOWN for key in table.cells) else tuple(known)


def figures(source: Source) -> Figures:
    """Count, protect and derive everything the report shows, outcomes for five years up to its own."""
    years = tuple(range(source.year - 4, source.year + 1))
    exact = counts.count(source.tables, years, source.as_of).tied(source)
    release = exact.released(source)
    shown = {name: placed(table) for name, table in release.tables.items()}
    shown |= {table.name: placed(exact.standing(table)) for table in derived(shown)}
    return Figures(years, shown, Words(source.tables, engines.rows), release)
