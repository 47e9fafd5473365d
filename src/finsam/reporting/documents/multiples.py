"""Small multiples: the same little chart for each association or group, all on one scale."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from finsam.reporting.blocks import Multiples, Panel
from finsam.reporting.documents.drawing import (
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
    words,
)
from finsam.reporting.documents.lines import DASHES
from finsam.reporting.documents.marks import lowered, number, read_out, written
from finsam.reporting.documents.palette import THEMES, Colours, Theme
from finsam.statistics.disclosure import Cell
from finsam.values.shares import Language, swedish_number

ACROSS: Final = 4  # panels in a row
LEFT, WIDE, TALL, SPACE = 40, 138, 72, 16  # pixels; one panel's plot and the space beside it
HEAD, FOOT = 40, 28  # over a panel its name, under it the first and the last category
LINES_FROM: Final = 10  # points
LETTERS: Final = 24
NAMES: Final = 24  # pixels over all panels for the names of the series


def multiples_svg(block: Multiples, theme: Theme, language: Language) -> str:
    """The panels in rows, each figure named; what is hidden is a mark on its panel's zero line."""
    above = NAMES if len(block.series) > 1 else 0
    drawn = "".join(
        _Drawing(block, panel, THEMES[theme], language, *_place(at, above)).panel()
        for at, panel in enumerate(block.panels)
    )
    rows = -(-len(block.panels) // ACROSS)
    legend = squares(LEFT, 14, block.series, THEMES[theme]) if above else ""
    name = f"{block.title}. {block.subtitle}"
    return svg(LEFT + ACROSS * (WIDE + SPACE), above + rows * (HEAD + TALL + FOOT), name, legend, drawn)


def _place(at: int, above: int) -> tuple[int, int]:
    return LEFT + at % ACROSS * (WIDE + SPACE), above + at // ACROSS * (HEAD + TALL + FOOT)


@dataclass(frozen=True)
class _Drawing:
    block: Multiples
    shown: Panel
    colours: Colours
    language: Language
    x: int
    y: int

    @property
    def foot(self) -> int:
        return self.y + HEAD + TALL

    @cached_property
    def top(self) -> int:
        return max(ticks(self.block.highest)[-1], 1)

    def panel(self) -> str:
        name = lines(self.shown.label, LETTERS)
        middle = self.y + HEAD - 8 - 7.5 * len(name)
        said = stacked(self.x, middle, name, self.colours["text"], font_weight="600")
        plot = self._line if len(self.block.categories) >= LINES_FROM else self._bars
        drawn = "".join(plot(place) for place in range(len(self.block.series)))
        return said + self._levels() + drawn + self._ends()

    def _levels(self) -> str:
        drawn = ""
        for level in ticks(self.block.highest):
            height = self._height(level)
            drawn += rule(self.x, height, self.x + WIDE, height, self.colours["line" if level else "muted"])
            if self.x == LEFT and level in (0, self.top):
                said = swedish_number(level, self.language)
                drawn += words(self.x - 6, height + 4, said, self.colours["muted"], "end")
        return drawn

    def _ends(self) -> str:
        first, *others = self.block.categories
        drawn = words(self.x, self.foot + 15, first, self.colours["muted"])
        if others:
            drawn += words(self.x + WIDE, self.foot + 15, others[-1], self.colours["muted"], "end")
        return drawn

    def _bars(self, place: int) -> str:
        room = WIDE / len(self.block.categories)
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
            across, value = self.x + WIDE * at / (len(self.block.categories) - 1), number(cell)
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
