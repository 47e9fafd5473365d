"""The cells of the report on linked records that may be shown, and where to find each of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from finsam.disclosure.cells import TOTAL, placed
from finsam.disclosure.protect import Cell, Key, Protected, Release
from finsam.disclosure.relations import Relation, settled
from finsam.reports.linked_records import counts
from finsam.reports.linked_records.counts import GROUPS, SEXES, SPLITS
from finsam.reports.source import Source
from finsam.statistics.derived import averages
from finsam.statistics.derived.shares import share, table
from finsam.values.keys import Code


@dataclass(frozen=True)
class Figures:
    """The protected tables of one report, and who the other agency is."""

    year: int
    source: str
    tables: Mapping[str, Protected]
    release: Release

    def new(self, group: str, sex: Code = TOTAL) -> Cell:
        """Give everyone who began with a support."""
        return self.tables["participants"].cells[str(self.year), "new", group, sex][0]

    def found(self, group: str, sex: Code = TOTAL) -> Cell:
        """Give those of them who are in the other agency's file."""
        return self.tables["linked"].cells[str(self.year), group, sex][0]

    def missing(self, group: str, sex: Code = TOTAL) -> Cell:
        """Give those who are not."""
        return self.tables["linked"].cells[str(self.year), group, sex][1]

    def part(self, name: str, group: str, code: Code, sex: Code = TOTAL) -> Cell:
        """Give those of an age, a length or a chapter."""
        return self.tables[name].cells[str(self.year), group, code, sex][0]

    def percent(self, name: str, group: str, code: Code, sex: Code = TOTAL) -> Cell:
        """Give them in percent of those found."""
        return share(self.part(name, group, code, sex), self.part(name, group, TOTAL, sex))

    def mean(self, group: str, sex: Code = TOTAL) -> Cell:
        """Give the mean days with the benefit, about."""
        return self.tables["linked_means"].cells[str(self.year), group, sex][0]

    def median(self, group: str, sex: Code = TOTAL) -> int | None:
        """Give the place of the class of days that half of those found had come to."""
        cells = [self.part("linked_days", group, code, sex) for code in SPLITS["linked_days"].codes]
        return averages.median(cells, self.part("linked_days", group, TOTAL, sex))

    @property
    def not_ours(self) -> Cell:
        """Give the rows of the file that are about nobody in the snapshot."""
        return self.tables["linked_file"].cells[(str(self.year),)][0]


def figures(source: Source) -> Figures:
    """Count, protect and derive everything the report shows."""
    if source.linked is None:
        raise ValueError("The report is made of a linkage, and was handed none")
    year = source.year
    exact = counts.count(source.tables, source.linked, year)
    told = tuple(counts.told(exact.means))
    exact = replace(exact, relations=(*exact.relations, *told)).tied(source)
    release = exact.released(source)
    means = exact.standing(_means(release, str(year), exact.means))
    if any(cell.value is None or cell.edition for (cell,) in means.cells.values()):
        # What a mean that isn't shown would have told is not told; nor is it where the mean of another day stands.
        cells = {key: means.cells[key][0] for key in exact.means}
        shown = {key: exact.means[key] for key, cell in cells.items() if cell.value is not None and not cell.edition}
        release = replace(release, relations=_without(release, told, tuple(counts.told(shown))))
    shown_tables = {**release.tables, "linked_means": means}
    return Figures(year, source.linked.source, {name: placed(one) for name, one in shown_tables.items()}, release)


def _means(release: Release, year: str, exact: Mapping[Key, int]) -> Protected:
    """The means of women and men where both may be shown, and that of all weighed from theirs."""
    cells: dict[Key, tuple[Cell, ...]] = {}
    for group in GROUPS:
        persons = {sex: release["linked"].cells[year, group, sex][0] for sex in SEXES}
        own = averages.shown({sex: exact.get((year, group, sex)) for sex in SEXES}, persons)
        cells |= {(year, group, sex): (mean,) for sex, mean in own.items()}
        cells[year, group, TOTAL] = (averages.of_the_whole((own[sex], persons[sex]) for sex in SEXES),)
    return table("linked_means", ("year", "support", "sex"), ("days",), cells)


def _without(release: Release, told: Iterable[Relation], shown: Iterable[Relation]) -> tuple[Relation, ...]:
    gone = {settled([relation]) for relation in told} - {settled([relation]) for relation in shown}
    return tuple(relation for relation in release.relations if settled([relation]) not in gone)
