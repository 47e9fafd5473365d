"""The age pyramid: two series back to back on one scale, the youngest at the bottom."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from finsam.publications.blocks import Pyramid, Series
from finsam.publications.cell_text import lowered, number, read_out, written
from finsam.publications.charts.charts import MOST_VALUES
from finsam.publications.charts.palette import THEMES, Colours, Theme
from finsam.publications.charts.svg import NARROW, mark, rect, rule, stacked, svg, ticks, words
from finsam.values.shares import Language, swedish_number

EDGE: Final = 24  # pixels of room for the last number
TOP, BAND, BETWEEN, BELOW = 34, 22, 6, 26
VALUE: Final = 44  # room for a figure at the end of the longest bar
WIDTH: Final = 480
MIDDLE, NARROW_MIDDLE = 84, 88  # pixels of the ages between the sides


def pyramid_svg(block: Pyramid, theme: Theme, language: Language, *, narrow: bool = False) -> str:
    """The bars of cells that may be shown, each with its name; the others are marks at the ages."""
    wide, middle = (NARROW, NARROW_MIDDLE) if narrow else (WIDTH, MIDDLE)
    drawing = _Drawing(block, THEMES[theme], language, wide, middle)
    bars = "".join(drawing.bar(side, at) for side in (block.left, block.right) for at in range(len(block.ages)))
    name = f"{block.title}. {block.subtitle}"
    parts = (drawing.heads(), drawing.scale(), drawing.ages(), bars, drawing.zero())
    return svg(wide, drawing.foot + BELOW, name, *parts)


@dataclass(frozen=True)
class _Drawing:
    block: Pyramid
    colours: Colours
    language: Language
    wide: int
    middle: int

    @property
    def left(self) -> float:
        """Where the left side's bars begin, growing leftwards."""
        return (self.wide - self.middle) / 2

    @property
    def right(self) -> float:
        """Where the right side's bars begin."""
        return (self.wide + self.middle) / 2

    @property
    def side(self) -> float:
        """How long the longest bar may be."""
        return self.left - EDGE

    @property
    def foot(self) -> int:
        return TOP + len(self.block.ages) * (BAND + BETWEEN)

    @cached_property
    def steps(self) -> list[int]:
        cells = (*self.block.left.cells, *self.block.right.cells)
        return ticks(max((float(number(cell) or 0) for cell in cells), default=0))

    @cached_property
    def says_values(self) -> bool:
        """Whether the bars are so few that each says its figure, and no scale is needed."""
        cells = (*self.block.left.cells, *self.block.right.cells)
        return len([cell for cell in cells if cell.value is not None]) <= MOST_VALUES

    def heads(self) -> str:
        ink = self.colours["text"]
        left = words(self.left, 18, self.block.left.label, ink, "end", font_weight="600")
        return left + words(self.right, 18, self.block.right.label, ink, font_weight="600")

    def ages(self) -> str:
        return "".join(
            stacked((self.left + self.right) / 2, self._row(at) + BAND / 2, [age], self.colours["muted"], "middle")
            for at, age in enumerate(self.block.ages)
        )

    def zero(self) -> str:
        return "".join(rule(x, TOP - 4, x, self.foot, self.colours["muted"]) for x in (self.left, self.right))

    def scale(self) -> str:
        return "" if self.says_values else "".join(map(self._level, self.steps))

    def _level(self, step: int) -> str:
        far = self.side * step / max(self.steps[-1], 1)
        ends = step in (0, self.steps[-1]) or self.wide == WIDTH  # there is no room for those between on a narrow page
        said = swedish_number(step, self.language) if ends else ""
        return "".join(
            rule(x, TOP - 4, x, self.foot, self.colours["line"])
            + words(x, self.foot + 17, said, self.colours["muted"], "middle")
            for x in (self.left - far, self.right + far)
        )

    def bar(self, side: Series, at: int) -> str:
        """One bar with its figure, or the mark of one that isn't shown."""
        cell, leftwards = side.cells[at], side is self.block.left
        name = f"{self.block.ages[at]}, {lowered(side.label)}, {read_out(cell, self.block.unit, self.language)}"
        value, anchor = number(cell), "end" if leftwards else "start"
        room = self.left - VALUE if self.says_values else self.side
        long = 0.0 if value is None else room * float(value) / max(self.steps[-1], 1)
        end, middle = self.left - long - 5 if leftwards else self.right + long + 5, self._row(at) + BAND / 2 + 4
        if value is None:
            place = {"x": end, "y": middle, "fill": self.colours["text"], "text-anchor": anchor}
            return mark("text", name, place, written(cell, self.language))
        where = rect(self.left - long if leftwards else self.right, self._row(at), long, BAND)
        drawn = mark("rect", name, {**where, "fill": self.colours[side.role]})
        figure = words(end, middle, written(cell, self.language), self.colours["text"], anchor)
        return drawn + (figure if self.says_values else "")

    def _row(self, at: int) -> int:
        return TOP + (len(self.block.ages) - 1 - at) * (BAND + BETWEEN)
