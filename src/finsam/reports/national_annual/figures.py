"""The cells of the national annual report that may be shown, and where to find each of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from finsam.disclosure.cells import MISSING, TOTAL, placed
from finsam.disclosure.protect import Cell, Key, Protected, Release
from finsam.publications import wording
from finsam.reports.labels import sums
from finsam.reports.national_annual import counts, growth
from finsam.reports.national_annual import need_counts as needs
from finsam.reports.national_annual.counts import BY_SEX, GROUPS
from finsam.reports.source import Recipients, Source
from finsam.statistics.derived.shares import published_elsewhere, share, table
from finsam.statistics.figures.participation import FLOWS
from finsam.statistics.tables.validity import Validity
from finsam.values.keys import Code, Sum


@dataclass(frozen=True)
class Figures:
    """The protected tables of one report; `years` ends with the report's own."""

    years: tuple[int, ...]
    tables: Mapping[str, Protected]
    sources: Mapping[str, str]  # who published the number of recipients of a support in the report's year
    directions: Mapping[str, tuple[str, ...]]
    need_groups: Key
    need_groups_of_persons: Key
    labels: Mapping[str, Mapping[str, Mapping[str, str]]]  # list -> code -> language, as the snapshot has them
    release: Release
    validity: Validity
    explanations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # of the home's own directions

    @property
    def year(self) -> int:
        """The report's own year."""
        return self.years[-1]

    def persons(self, support: Code, sex: Code = TOTAL, *, flow: str = "ongoing", year: int | None = None) -> Cell:
        """Give participants with a support."""
        return self._cell("participants", self._year(year), flow, support, sex)

    def total(self, figure: Code, sex: Code = TOTAL, *, year: int | None = None) -> Cell:
        """Give all participants, or those registered in one way."""
        return self._cell("totals", self._year(year), figure, sex)

    def sex_share(self, support: Code, sex: Code, *, flow: str, year: int) -> Cell:
        """Give the share of women or men, and 100 for the total."""
        return self._cell("shares", str(year), flow, support, sex)

    def interventions(
        self, group: Code = TOTAL, kind: Code = TOTAL, direction: Code = TOTAL, *, year: int | None = None
    ) -> Cell:
        """Give the number of interventions."""
        return self._cell("interventions", self._year(year), group, kind, direction)

    def associations(self, group: Code, *, year: int | None = None) -> Cell:
        """Give the number of associations that finance interventions for a need group."""
        return self.tables["interventions"].cells[self._year(year), group, TOTAL, TOTAL][1]

    def needing(self, group: Code, sex: Code = TOTAL, *, flow: str = "ongoing", year: int | None = None) -> Cell:
        """Give participants of a need group."""
        return self._cell("need_groups", self._year(year), flow, group, sex)

    def comparable(self, list_name: str, codes: Iterable[Code], cell: Callable[[int], Cell]) -> Callable[[int], Cell]:
        """Give the cells of years as they may be compared: missing for a year that none of the codes was in force."""
        listed = [code for code in codes if isinstance(code, str)]
        held = {year for year in self.years if self.validity.in_year(list_name, listed, year)}
        return lambda year: cell(year) if year in held else MISSING

    def recipients(self, support: Code) -> tuple[Cell, Cell]:
        """Give all recipients of a support in the report's year, and the participants' share of them."""
        _, recipients, percent = self.tables["recipients"].cells[str(self.year), support]
        return recipients, percent

    def label(self, list_name: str, code: Code) -> str:
        """Give the words of a code: the snapshot's own, else those of the first edition of the list; or of a sum."""
        if isinstance(code, Sum):
            return sums()[code]
        return self.labels.get(list_name, {}).get(code, {}).get(wording.language()) or wording.label(list_name, code)

    def _year(self, year: int | None) -> str:
        return str(self.year if year is None else year)

    def _cell(self, name: str, *key: Code) -> Cell:
        return self.tables[name].cells[key][0]


def figures(source: Source) -> Figures:
    """Count, protect and derive everything the report shows, for five years up to its own."""
    tables, year = source.tables, source.year
    years = tuple(range(year - 4, year + 1))
    exact = growth.counted(counts.count(tables, years).tied(source))
    release = exact.released(source)
    participants = release["participants"]
    shown = {**release.tables, "shares": exact.standing(_shares(participants))}
    shown["recipients"] = exact.standing(_recipients(participants, years, source.recipients))
    shown |= growth.table_of(release, exact)
    return Figures(
        years,
        {name: placed(one) for name, one in shown.items()},
        {row.support: row.source for row in _latest(source.recipients).values() if row.year == year},
        counts.directions(tables),
        counts.need_groups(tables),
        needs.groups(tables),
        tables.labels,
        release,
        tables.validity,
        tables.directions,
    )


def _shares(participants: Protected) -> Protected:
    cells = {}
    for (*key, sex), (persons,) in participants.cells.items():
        (base,) = participants.cells[*key, TOTAL]
        cells[*key, sex] = (share(persons, base), base)
    return table("shares", participants.dimensions, ("percent", "base"), cells)


def _recipients(participants: Protected, years: Sequence[int], denominators: Sequence[Recipients]) -> Protected:
    published = _latest(denominators)
    cells: dict[Key, tuple[Cell, ...]] = {}
    for year, support in product(years, GROUPS):
        row = published.get((year, support))
        if row is not None or year == years[-1]:
            (persons,) = participants.cells[str(year), "ongoing", support, TOTAL]
            recipients = published_elsewhere(row.recipients if row else None)
            cells[str(year), support] = (persons, recipients, share(persons, recipients))
    return table("recipients", ("year", "support"), ("persons", "recipients", "percent"), cells)


def _latest(denominators: Sequence[Recipients]) -> dict[tuple[int, str], Recipients]:
    """Keep the newest published number of each year and support."""
    return {(row.year, row.support): row for row in sorted(denominators, key=lambda row: (row.as_of, row.recipients))}


__all__ = ["BY_SEX", "FLOWS", "GROUPS", "Figures", "figures"]
