"""Small multiples: the same little chart for each association or group, all on one scale."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from finsam.disclosure.protect import Cell
from finsam.publications.blocks import Multiples, Panel
from finsam.publications.cell_text import lowered, number, read_out, written
from finsam.publications.charts.lines import DASHES
from finsam.publications.charts.palette import THEMES, Colours, Theme
from finsam.publications.charts.svg import (
    NARROW,
    element,
    lines,
    mark,
    rect,
    rule,
    short,
    squares,
    stacked,
    svg,
    ticks,
    width_of,
    words,
)
from finsam.values.shares import Language, swedish_number

WIDTH: Final = 656
LEFT, TALL, SPACE = 40, 72, 16  # pixels: room for the figures of the axis, a panel's plot, and the space beside it
ACROSS, ACROSS_NARROW = 4, 2  # panels in a row
HEAD, FOOT = 40, 28  # over a panel its name, under it the first and the last category
LINES_FROM: Final = 10  # points
LETTER: Final = 6.2  # pixels of a letter in a panel's name
NAMES: Final = 24  # pixels over all panels for the names of the series


def multiples_svg(block: Multiples, theme: Theme, language: Language, *, narrow: bool = False) -> str:
    """The panels in rows, each figure named; what is hidden is a mark on its panel's zero line."""
    across, width = (ACROSS_NARROW, NARROW) if narrow else (ACROSS, WIDTH)
    left = max(LEFT, 8 + width_of(swedish_number(ticks(block.highest)[-1], language)))
    wide = (width - left - SPACE * (across - 1)) / across
    legend, above = "", 0.0
    if len(block.series) > 1:
        legend, above = squares(left, 14, block.series, THEMES[theme], width)
        above += NAMES
    drawn = "".join(
        _Drawing(
            block,
            panel,
            THEMES[theme],
            language,
            left + at % across * (wide + SPACE),
            above + at // across * (HEAD + TALL + FOOT),
            wide,
            at % across == 0,
        ).panel()
        for at, panel in enumerate(block.panels)
    )
    rows = -(-len(block.panels) // across)
    name = f"{block.title}. {block.subtitle}"
    return svg(width, above + rows * (HEAD + TALL + FOOT), name, legend, drawn)


@dataclass(frozen=True)
class _Drawing:
    block: Multiples
    shown: Panel
    colours: Colours
    language: Language
    x: float
    y: float
    wide: float
    first: bool  # in its row: beside it stand the figures of the axis

    @property
    def foot(self) -> float:
        return self.y + HEAD + TALL

    @cached_property
    def top(self) -> int:
        return max(ticks(self.block.highest)[-1], 1)

    def panel(self) -> str:
        name = lines(self.shown.label, int((self.wide + SPACE / 2) / LETTER))
        middle = self.y + HEAD - 8 - 7.5 * len(name)
        said = stacked(self.x, middle, name, self.colours["text"], font_weight="600")
        plot = self._line if len(self.block.categories) >= LINES_FROM else self._bars
        drawn = "".join(plot(place) for place in range(len(self.block.series)))
        return said + self._levels() + drawn + self._ends()

    def _levels(self) -> str:
        drawn = ""
        for level in ticks(self.block.highest):
            height = self._height(level)
            drawn += rule(self.x, height, self.x + self.wide, height, self.colours["line" if level else "muted"])
            if self.first and level in (0, self.top):
                said = swedish_number(level, self.language)
                drawn += words(self.x - 6, height + 4, said, self.colours["muted"], "end")
        return drawn

    def _ends(self) -> str:
        first, *others = self.block.categories
        drawn = words(self.x, self.foot + 15, first, self.colours["muted"])
        if others:
            drawn += words(self.x + self.wide, self.foot + 15, others[-1], self.colours["muted"], "end")
        return drawn

    def _bars(self, place: int) -> str:
        room = self.wide / len(self.block.categories)
        wide = (room - 4) / len(self.block.series)
        return "".join(
            self._bar(place, at, cell, rect(self.x + room * at + 2 + wide * place, 0, wide, 0))
            for at, cell in enumerate(self.shown.cells[place])
        )

    def _bar(self, place: int, at: int, cell: Cell, where: dict[str, float]) -> str:
        name, value = self._name(place, at, cell), number(cell)
        if value is None:
            return self._mark(name, where["x"] + where["width"] / 2, cell)
        top = self._height(float(value))
        tall = {"y": top, "height": self.foot - top}
        return mark("rect", name, {**where, **tall, "fill": self.colours[self.block.series[place][1]]})

    def _line(self, place: int) -> str:
        colour, points, path, pen = self.colours[self.block.series[place][1]], "", "", "M"
        for at, cell in enumerate(self.shown.cells[place]):
            across, value = self.x + self.wide * at / (len(self.block.categories) - 1), number(cell)
            name = self._name(place, at, cell)
            if value is None:
                points, pen = points + self._mark(name, across, cell), "M"
                continue
            height = self._height(float(value))
            path, pen = f"{path}{pen}{short(across)},{short(height)}", "L"
            points += mark("circle", name, {"cx": across, "cy": height, "r": 1.8, "fill": colour})
        look = {"fill": "none", "stroke": colour, "stroke-width": 1.8, "stroke-dasharray": DASHES[place % len(DASHES)]}
        return (element("path", "", {"d": path, **look}) if path else "") + points

    def _mark(self, name: str, x: float, cell: Cell) -> str:
        place = {"x": x, "y": self.foot - 3, "fill": self.colours["text"], "text-anchor": "middle"}
        return mark("text", name, place, written(cell, self.language))

    def _name(self, place: int, at: int, cell: Cell) -> str:
        among = f"{lowered(self.block.series[place][0])}, " if len(self.block.series) > 1 else ""
        said = read_out(cell, self.block.unit, self.language)
        return f"{self.shown.label}, {self.block.categories[at]}, {among}{said}"

    def _height(self, value: float) -> float:
        return self.foot - TALL * value / self.top
