"""Lines over time: broken where a figure is hidden, each told apart by colour, dash and its name at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from finsam.publications.blocks import Lines, Series
from finsam.publications.cell_text import lowered, number, read_out, written
from finsam.publications.charts.palette import THEMES, Colours, Theme
from finsam.publications.charts.svg import (
    LINE,
    NARROW,
    element,
    lines,
    mark,
    rule,
    short,
    stacked,
    svg,
    ticks,
    width_of,
    words,
)
from finsam.values.shares import Language, swedish_number

WIDTH: Final = 630
LEFT, RIGHT, TOP, BOTTOM, HEIGHT = 52, 470, 16, 268, 300
NARROW_RIGHT: Final = 288  # where the lines end when their names stand under them
DASHES: Final = (None, "7 4", "2 4", "9 3 2 3")  # by the place of the series: also without colour they differ
MOST_LABELS, MOST_LABELS_NARROW = 10, 5
NAME, NARROW_NAME = 19, 40  # letters of a series' name on one line


def lines_svg(block: Lines, theme: Theme, language: Language, *, narrow: bool = False) -> str:
    """The lines with a named point for each figure; what the table hides is a mark on the zero line."""
    drawing = _Drawing(block, THEMES[theme], language, NARROW_RIGHT if narrow else RIGHT)
    series = "".join(drawing.series(place) for place in range(len(block.series)))
    name = f"{block.title}. {block.subtitle}"
    if narrow:
        legend, tall = drawing.under()
        return svg(NARROW, HEIGHT + tall, name, drawing.levels(), drawing.categories(), series, legend)
    return svg(WIDTH, HEIGHT, name, drawing.levels(), drawing.categories(), series, drawing.ends())


def written_out(categories: Sequence[str], most: int = MOST_LABELS) -> list[tuple[int, str]]:
    """The categories that are written out: years under their first quarter, otherwise so many as there is room for."""
    years = [(at, name[:-2]) for at, name in enumerate(categories) if name.endswith("K1")]
    found = years if years and len(categories) > most else list(enumerate(categories))
    return found[:: -(-len(found) // most)]


def apart(middles: Sequence[float], halves: Sequence[float], lowest: float) -> list[float]:
    """Heights of names from the top down, moved apart where they would meet, and up where they would end too low."""
    found, free = [], float(TOP - LINE)
    for middle, half in zip(middles, halves, strict=True):
        found.append(max(middle, free + half))
        free = found[-1] + half
    for at in reversed(range(len(found))):
        found[at] = min(found[at], lowest - halves[at])
        lowest = found[at] - halves[at]
    return found


@dataclass(frozen=True)
class _Drawing:
    block: Lines
    colours: Colours
    language: Language
    right: int

    @cached_property
    def left(self) -> float:
        """Where the lines begin: to the right of the longest figure of the axis."""
        return max(LEFT, 12 + max(width_of(swedish_number(step, self.language)) for step in self.steps))

    @cached_property
    def steps(self) -> list[int]:
        return ticks(max((float(number(cell) or 0) for one in self.block.series for cell in one.cells), default=0))

    def levels(self) -> str:
        return "".join(self._level(step) for step in self.steps)

    def _level(self, step: int) -> str:
        height = self._height(step)
        line = rule(self.left, height, self.right, height, self.colours["line" if step else "muted"])
        return line + words(
            self.left - 8, height + 4, swedish_number(step, self.language), self.colours["muted"], "end"
        )

    def categories(self) -> str:
        return "".join(
            words(self._across(at), HEIGHT - 10, text, self.colours["muted"], "middle")
            for at, text in written_out(
                self.block.categories, MOST_LABELS if self.right == RIGHT else MOST_LABELS_NARROW
            )
        )

    def series(self, place: int) -> str:
        one = self.block.series[place]
        runs = "".join(self._stroke(place, "M" + "L".join(run)) for run in self._runs(one))
        return runs + "".join(self._point(one, at) for at in range(len(one.cells)))

    def _stroke(self, place: int, path: str) -> str:
        dash = DASHES[place % len(DASHES)]
        look = {"fill": "none", "stroke-width": 2.5, "stroke-linejoin": "round", "stroke-dasharray": dash}
        return element("path", "", {"d": path, "stroke": self.colours[self.block.series[place].role], **look})

    def _runs(self, one: Series) -> Iterator[list[str]]:
        """The stretches between hidden figures; a single point needs no line."""
        points = [(at, number(cell)) for at, cell in enumerate(one.cells)]
        for there, run in groupby(points, key=lambda point: point[1] is not None):
            found = [f"{short(self._across(at))},{short(self._height(float(value or 0)))}" for at, value in run]
            if there and len(found) > 1:
                yield found

    def _point(self, one: Series, at: int) -> str:
        cell, across = one.cells[at], self._across(at)
        among = f"{lowered(one.label)}, " if len(self.block.series) > 1 else ""
        name = f"{self.block.categories[at]}, {among}{read_out(cell, self.block.unit, self.language)}"
        value = number(cell)
        if value is None:
            place = {"x": across, "y": BOTTOM - 5, "fill": self.colours["text"], "text-anchor": "middle"}
            return mark("text", name, place, written(cell, self.language))
        look = {"fill": self.colours[one.role], "stroke": self.colours["panel"], "stroke-width": 1}
        return mark("circle", name, {"cx": across, "cy": self._height(float(value)), "r": 3.5, **look})

    def ends(self) -> str:
        """The name and newest figure of each series to the right of its end, moved apart where they would meet."""
        wanted = sorted((self._last(one), place) for place, one in enumerate(self.block.series))
        said = [self._said(place) for _height, place in wanted]
        halves = [len(words) * LINE / 2 + 3 for words in said]
        drawn = ""
        middles = apart([height for height, _place in wanted], halves, HEIGHT)
        for (_height, place), middle, text in zip(wanted, middles, said, strict=True):
            drawn += self._stroke(place, f"M{RIGHT + 8},{short(middle)}h14")
            drawn += stacked(RIGHT + 28, middle, text, self.colours["text"])
        return drawn

    def _said(self, place: int) -> list[str]:
        one = self.block.series[place]
        return [*lines(one.label, NAME), written(one.cells[-1], self.language)]

    def under(self) -> tuple[str, int]:
        """The name and newest figure of each series under the lines, and how high that is."""
        drawn, down = "", HEIGHT + LINE
        for place, one in enumerate(self.block.series):
            newest = f"{self.block.categories[-1]}: {written(one.cells[-1], self.language)}"
            said = lines(f"{one.label}, {newest}", NARROW_NAME, most=3)
            drawn += self._stroke(place, f"M0,{short(down - 4)}h24")
            drawn += stacked(32, down - 4 + LINE * (len(said) - 1) / 2, said, self.colours["text"])
            down += LINE * len(said) + 3
        return drawn, down - HEIGHT - LINE + 6

    def _last(self, one: Series) -> float:
        shown = [float(value) for cell in one.cells if (value := number(cell)) is not None]
        return self._height(shown[-1] if shown else 0)

    def _across(self, at: int) -> float:
        return self.left + 10 + (self.right - self.left - 20) * at / max(1, len(self.block.categories) - 1)

    def _height(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * value / max(self.steps[-1], 1)
