"""An open table laid out for people: crossed columns, counts or shares, with its sentence and a small diagram."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from finsam.disclosure.cells import Cell
from finsam.editions.models import Edition
from finsam.publications import diagrams
from finsam.publications.blocks import Bars, Diagram, Grid, GridRow, Publication, Series, Show, Tidy
from finsam.publications.diagrams import About
from finsam.publications.wording import counted, paragraph
from finsam.reports.labels import unit_words
from finsam.reports.open_tables.cubes import Cube
from finsam.statistics.derived.shares import share
from finsam.statistics.figures.registry import FIGURES
from finsam.table_builder.open_choice import BASES, COUNT, OF_COLUMN, Choice, places
from finsam.table_builder.open_cube import MEASURE, QUARTER, TOTAL, YEAR, OpenCube
from finsam.values.keys import read

KEY: Final = "table"
MANY: Final = 40  # rows, from which those with nobody are left out
MOST_BARS: Final = 12
SEXES: Final = ("women", "men")


@dataclass(frozen=True)
class Layout:
    """A table with what was chosen of it, and what it is declared to count."""

    cube: OpenCube
    choice: Choice
    declared: Cube

    @property
    def caption(self) -> str:
        """What the table is, of which part and when."""
        return ". ".join([str(self.declared.caption), *([self.part] if self.part else [])])

    @property
    def part(self) -> str:
        """What is chosen of it: the place, the measure and the year that all cells have."""
        fixed = self.choice.fixed(self.cube)
        only = {places(self.cube).name: self.choice.place} if self.choice.place else {}
        named = [name for name in self.cube.axes if name in {**only, **fixed} and len(self.cube.axes[name].words) > 1]
        words = [self.cube.axes[name].words[{**only, **fixed}[name]] for name in named]
        return ", ".join(words)

    @property
    def is_sentence(self) -> bool:
        """Whether all of it is one row of what the sentences say already."""
        return self.choice.columns == MEASURE and not self.choice.under and len(self._codes(self.choice.rows)) == 1

    def grid(self) -> Grid:
        """The table that was asked for."""
        across = [name for name in (self.choice.columns, self.choice.under) if name]
        heads = [dict(zip(across, codes, strict=True)) for codes in product(*map(self._codes, across))]
        rows = [
            GridRow(
                self._word(self.choice.rows, code),
                tuple(self._shown({self.choice.rows: code, **head}) for head in heads),
                strong=code == TOTAL,
            )
            for code in self._codes(self.choice.rows)
        ]
        kept = [row for row in rows if any(cell.value != 0 for cell in row.cells)] if len(rows) > MANY else rows
        show = Show.COUNT if self.choice.show == COUNT else Show.PERCENT
        note = _("Rader med bara nollor är utelämnade. De finns i filerna.") if len(kept) < len(rows) else ""
        corner = self.cube.axes[self.choice.rows].label
        return Grid(
            KEY, self.caption, corner, self._groups(), self._heads(across), (show,) * len(heads), tuple(kept), note
        )

    def _codes(self, name: str) -> list[str]:
        return self.choice.codes(self.cube, name)

    def _word(self, name: str, code: str) -> str:
        return self.cube.axes[name].words[code]

    def _groups(self) -> tuple[tuple[str, int], ...]:
        if not self.choice.under:
            return ()
        width = len(self._codes(self.choice.under))
        return tuple((self._word(self.choice.columns, code), width) for code in self._codes(self.choice.columns))

    def _heads(self, across: Sequence[str]) -> tuple[str, ...]:
        words = [self._word(across[-1], code) for code in self._codes(across[-1])]
        return tuple(words * (len(self._codes(across[0])) if len(across) > 1 else 1))

    def cell(self, codes: Mapping[str, str]) -> Cell:
        """One cell; what is not said is all together, or what was chosen for the whole table."""
        return self.cube.cell({**self.choice.fixed(self.cube), **codes})

    def _shown(self, codes: Mapping[str, str]) -> Cell:
        cell = self.cell(codes)
        return cell if self.choice.show == COUNT else share(cell, self.base(codes))

    def base(self, codes: Mapping[str, str]) -> Cell:
        """What a share is of: all of the row, or of the column, or the measure that this one is a part of."""
        whole = dict.fromkeys(self.cube.split, TOTAL)
        if self.choice.show == OF_COLUMN:
            return self.cell({**codes, self.choice.rows: TOTAL})
        across = [name for name in (self.choice.columns, self.choice.under) if name]
        if MEASURE in across and codes[MEASURE] in BASES:
            return self.cell({**codes, MEASURE: BASES[codes[MEASURE]]})
        return self.cell({**codes, **{name: TOTAL for name in across if name in whole}})

    def sentences(self) -> str:
        """What the table says of everybody in it, one sentence a measure, and what is counted."""
        codes = self.choice.fixed(self.cube)
        period = codes.get(YEAR) or list(self.cube.axes[YEAR].words)[-1]
        place = {places(self.cube).name: self.choice.place} if self.choice.place else {}
        names = [self.choice.measure] if self.choice.measure else list(self.cube.measures.words)
        said = [self._sentence(name, {**place, YEAR: period}, period) for name in names]
        chosen = [f"{self._word(*next(iter(place.items())))}:"] if place else []
        return paragraph([*chosen, *said, str(self.declared.counts)])

    def _sentence(self, measure: str, codes: Mapping[str, str], period: str) -> str:
        figure, count = self.declared.columns[measure]
        return counted(FIGURES[figure].columns[count], self.cube.cell({**codes, MEASURE: measure}), period=period)

    def tidy(self) -> Tidy:
        """The whole table with a row a cell, as its CSV has it."""
        axes = {name: axis for name, axis in self.cube.axes.items() if name != MEASURE}
        words = {name: {read(code): said for code, said in axis.words.items()} for name, axis in axes.items()}
        columns = {name: axis.label for name, axis in axes.items()} | dict(self.cube.measures.words)
        return Tidy(self.cube.whole, str(self.declared.caption), columns, words)

    def diagrams(self) -> Iterator[Diagram]:
        """A diagram of the rows where there are a few to compare, women and men apart; none of shares or one row."""
        rows = [code for code in self._codes(self.choice.rows) if code != TOTAL]
        if not 1 < len(rows) <= MOST_BARS or self.choice.show != COUNT:
            return
        labels = [self._word(self.choice.rows, code) for code in rows]
        about = About(KEY, self._subject(), self.caption, self._unit(), KEY)
        series = list(self._series(rows))
        if self.choice.rows in {YEAR, QUARTER}:
            yield from diagrams.over_time(about, labels, series)
        elif len(series) == 1:
            yield diagrams.by_group(about, labels, series[0].cells)
        else:
            title = diagrams.by_group(about, labels, [self._one({self.choice.rows: code}) for code in rows]).title
            yield Bars(KEY, title, self.caption, tuple(labels), tuple(series), about.unit, KEY)

    def _one(self, codes: Mapping[str, str]) -> Cell:
        """One cell of the measure that a diagram shows: the one that is chosen, or the first."""
        measure = self.choice.measure or next(iter(self.cube.measures.words))
        place = {places(self.cube).name: self.choice.place} if self.choice.place else {}
        return self.cell({MEASURE: measure, **place, **codes})

    def _series(self, rows: Sequence[str]) -> Iterator[Series]:
        sexes = [sex for sex in SEXES if self.choice.columns == "sex" and sex in self.cube.axes["sex"].words]
        for sex in sexes:
            yield Series(self._word("sex", sex), sex, tuple(self._one({self.choice.rows: c, "sex": sex}) for c in rows))
        if not sexes:
            yield Series(self._subject(), "first", tuple(self._one({self.choice.rows: code}) for code in rows))

    def _subject(self) -> str:
        measure = self.choice.measure or next(iter(self.cube.measures.words))
        return f"{self.declared.caption}, {self.cube.measures.words[measure].lower()}"

    def _unit(self) -> str:
        figure, _count = next(iter(self.declared.columns.values()))
        return unit_words(FIGURES[figure].unit)


def publication(layout: Layout, edition: Edition, number: str, language: str) -> Publication:
    """The table as it was asked for and the whole of it, ready for a page and for files."""
    with override(language):
        return Publication(
            key=KEY,
            title=layout.caption,
            year=edition.year,
            language=language,
            snapshot_id="",
            as_of=edition.snapshot.as_of,
            lead=layout.sentences(),
            blocks=(layout.grid(), *layout.diagrams()),
            tables=(layout.tidy(),),
            rule=layout.cube.rule,
            edition=number,
            cubes=True,
        )
