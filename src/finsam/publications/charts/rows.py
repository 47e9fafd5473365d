"""Bars on a narrow page: every category's name over its bars, and each bar with its figure at the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from finsam.disclosure.protect import Cell
from finsam.publications.blocks import Bars, Series
from finsam.publications.cell_text import number, read_out, written
from finsam.publications.charts.charts import named
from finsam.publications.charts.palette import THEMES, Colours, Theme
from finsam.publications.charts.svg import (
    LINE,
    NARROW,
    RISE,
    lines,
    mark,
    rect,
    rule,
    squares,
    stacked,
    svg,
    width_of,
    words,
)
from finsam.values.shares import Language

BAND, BETWEEN, SPACE = 16, 2, 12  # pixels: a bar, between the bars of a category, and between two categories
LETTERS: Final = 44  # of a category's name on one line


def rows_svg(bars: Bars, theme: Theme, language: Language) -> str:
    """The chart with a named bar for each figure; what the table hides is a mark on the zero line."""
    drawing = _Drawing(bars, THEMES[theme], language)
    legend, tall = "", 0.0
    if len(bars.series) > 1:
        names = [(series.label, series.role) for series in bars.series]
        legend, tall = squares(0, 12, names, drawing.colours, NARROW)
        tall += LINE + SPACE
    top, parts = tall or 3.0, []
    for at, category in enumerate(bars.categories):
        name = lines(category, LETTERS, most=3)
        parts.append(stacked(0, top + len(name) * LINE / 2, name, drawing.colours["text"]))
        begins = top + len(name) * LINE + 2
        parts += drawing.category(at, begins)
        top = begins + len(bars.series) * (BAND + BETWEEN) + SPACE
    return svg(NARROW, top, f"{bars.title}. {bars.subtitle}", legend, *parts)


@dataclass(frozen=True)
class _Drawing:
    bars: Bars
    colours: Colours
    language: Language

    @property
    def _room(self) -> float:
        """How long the longest bar is: what its figure leaves."""
        cells = [cell for series in self.bars.series for cell in series.cells]
        return NARROW - 8 - max((width_of(written(cell, self.language)) for cell in cells), default=0)

    @property
    def _highest(self) -> float:
        return max((float(number(cell) or 0) for series in self.bars.series for cell in series.cells), default=0)

    def category(self, at: int, begins: float) -> Iterator[str]:
        """The bars of a category from the zero line."""
        for place, series in enumerate(self.bars.series):
            yield self._bar(series, self.bars.categories[at], series.cells[at], begins + place * (BAND + BETWEEN))
        tall = len(self.bars.series) * (BAND + BETWEEN) - BETWEEN
        yield rule(0.5, begins, 0.5, begins + tall, self.colours["muted"])

    def _bar(self, series: Series, category: str, cell: Cell, y: float) -> str:
        name = f"{category}, {named(series, self.bars)}{read_out(cell, self.bars.unit, self.language)}"
        value, foot, ink = number(cell), y + BAND / 2 + RISE, self.colours["text"]
        if value is None:
            return mark("text", name, {"x": 5, "y": foot, "fill": ink}, written(cell, self.language))
        long = self._room * max(float(value), 0) / (self._highest or 1)
        drawn = mark("rect", name, {**rect(0, y, long, BAND), "fill": self.colours[series.role]})
        return drawn + words(long + 5, foot, written(cell, self.language), ink)
