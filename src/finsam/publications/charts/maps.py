"""Maps: all Sweden, or the municipalities of an association, each area in one of five steps of teal or hatched."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from finsam.disclosure.protect import Cell, Status
from finsam.publications.blocks import AreaMap
from finsam.publications.cell_text import HIDDEN, UNREGISTERED, read_out, written
from finsam.publications.charts.charts import MOST_VALUES
from finsam.publications.charts.map_classes import Classes, classes, unit_of
from finsam.publications.charts.palette import STEPS, THEMES, Colours, Theme
from finsam.publications.charts.svg import LINE, NARROW, element, lines, mark, rect, stacked, svg, width_of, words
from finsam.publications.geography import Frame, Level, Point, Ring, frame, outlines
from finsam.values.shares import Language

TALL, TALL_OF_PART, WIDE_OF_PART = 640, 380, 304  # pixels of all Sweden; at most of a part
LEGEND, ROW, SPACE = 164, 22, 12
APART: Final = 70  # pixels between names that stand beside each other
HATCH: Final = 5  # pixels between the lines over a hidden area


def map_svg(block: AreaMap, theme: Theme, language: Language, *, narrow: bool = False) -> str:
    """The areas by class, with class limits in the legend; a hidden area is hatched and in no class."""
    seen, key = frame_of(block, NARROW if narrow else WIDE_OF_PART), f"{block.key}-narrow" if narrow else block.key
    found = classes([area.cell for area in block.areas])
    drawing = _Drawing(block, THEMES[theme], language, seen, found, key)
    clip = element("clipPath", element("rect", "", rect(0, 0, seen.width, seen.height)), {"id": f"frame-{key}"})
    look = {"clip-path": f"url(#frame-{key})", "stroke-linejoin": "round"}
    inside = element("g", drawing.around() + "".join(drawing.areas()) + drawing.borders(), look)
    names, lowest = drawing.names()
    left, top = (0, max(seen.height, lowest) + SPACE) if narrow else (seen.width + SPACE, 0)
    legend = list(drawing.legend(left, top))
    height = max(seen.height, lowest, top + 20 + ROW * len(legend))
    width = NARROW if narrow else seen.width + SPACE + LEGEND
    name = f"{block.title}. {block.subtitle}"
    return svg(width, height, name, drawing.pattern(), clip, inside, names, *legend)


def frame_of(block: AreaMap, widest: int = WIDE_OF_PART) -> Frame:
    """The part of the country that a map shows."""
    shapes = outlines(block.level)
    codes = None if block.whole_country else tuple(area.code for area in block.areas if area.code in shapes)
    return framed(block.level, codes or None, widest)


@cache
def framed(level: Level, codes: tuple[str, ...] | None, widest: int) -> Frame:
    """The frame around all Sweden, or around some areas with a little of what lies around them."""
    shapes = outlines(level)
    if codes is None:
        return frame(shapes.values(), TALL)
    return frame([shapes[code] for code in codes], TALL_OF_PART, widest=widest, margin=0.06)


@cache
def paths(level: Level, seen: Frame) -> Mapping[str, str]:
    """The path of every area that can be seen in a frame."""
    shapes: Mapping[str, Sequence[Ring]] = outlines(level)
    return {code: seen.path(rings) for code, rings in shapes.items() if seen.holds(rings)}


def step(at: int, found: Classes) -> str:
    """The colour of a class: with few classes they are spread over the steps, the last always the strongest."""
    few = len(found.least)
    return STEPS[-1] if few == 1 else STEPS[round(at * (len(STEPS) - 1) / (few - 1))]


def _free(middle: Point, taken: Collection[Point]) -> Point:
    """The nearest place at or under the middle of an area where no other name stands."""
    x, y = middle
    while any(abs(x - other) < APART and abs(y - height) < 2 * LINE for other, height in taken):
        y += LINE / 2
    return x, y


@dataclass(frozen=True)
class _Drawing:
    block: AreaMap
    colours: Colours
    language: Language
    seen: Frame
    found: Classes
    key: str

    @property
    def _hatched(self) -> str:
        return f"hatch-{self.key}"

    def pattern(self) -> str:
        """The lines over a hidden area."""
        ground = element("rect", "", {"width": HATCH, "height": HATCH, "fill": self.colours["panel"]})
        line = element("rect", "", {"width": 1.5, "height": HATCH, "fill": self.colours["muted"]})
        turned = {"id": self._hatched, "width": HATCH, "height": HATCH, "patternUnits": "userSpaceOnUse"}
        return element("pattern", ground + line, {**turned, "patternTransform": "rotate(45)"})

    def around(self) -> str:
        """The land that has no figure, as one path."""
        own = {area.code for area in self.block.areas}
        path = "".join(path for code, path in paths(self.block.level, self.seen).items() if code not in own)
        look = {"fill": self.colours["land"], "stroke": self.colours["line"], "stroke-width": 0.6}
        return element("path", "", {"d": path, **look}) if path else ""

    def areas(self) -> Iterator[str]:
        """Each area with its name and figure in words."""
        drawn = paths(self.block.level, self.seen)
        for area in self.block.areas:
            if path := drawn.get(area.code):
                name = f"{area.label}, {read_out(area.cell, self.block.unit, self.language)}"
                look = {"fill": self._fill(area.cell), "stroke": self.colours["panel"], "stroke-width": 0.6}
                yield mark("path", name, {"d": path, **look})

    def borders(self) -> str:
        """The borders of the counties, so that one finds one's way among municipalities."""
        if self.block.level == "county":
            return ""
        path = "".join(paths("county", self.seen).values())
        return element("path", "", {"d": path, "fill": "none", "stroke": self.colours["neutral"], "stroke-width": 0.8})

    def names(self) -> tuple[str, float]:
        """Few areas have their names and figures written on them, the lower moved down where two would meet.

        Also how far down the lowest reaches.
        """
        shapes = outlines(self.block.level)
        known = [area for area in self.block.areas if area.code in shapes]
        if len(known) > MOST_VALUES:
            return "", 0
        middles = sorted(((self.seen.middle(shapes[area.code]), area) for area in known), key=lambda one: one[0])
        drawn, taken = "", list[Point]()
        for middle, area in middles:
            said = [area.label, written(area.cell, self.language)]
            half = max(map(width_of, said)) / 2 + 4
            x, y = _free((min(max(middle[0], half), self.seen.width - half), max(middle[1], LINE * 1.5)), taken)
            taken.append((x, y))
            halo = {"stroke": self.colours["panel"], "stroke_width": "3", "paint_order": "stroke"}
            drawn += stacked(x, y, said, self.colours["text"], "middle", **halo)
        return drawn, max((y for _x, y in taken), default=0) + 1.5 * LINE

    def _fill(self, cell: Cell) -> str:
        at = self.found.place(cell)
        if at is not None:
            return self.colours[step(at, self.found)]
        return f"url(#{self._hatched})" if cell.status is Status.SUPPRESSED else self.colours["panel"]

    def legend(self, left: float, top: float) -> Iterator[str]:
        """The unit, then a line for each class and for each mark on the map."""
        cells, ink = [area.cell for area in self.block.areas], self.colours["text"]
        [unit] = lines(unit_of(cells, self.block.unit), 24 if left else 44, most=1)
        yield words(left, top + 16, unit[:1].upper() + unit[1:], ink, font_weight="600")
        for at, (fill, text) in enumerate(self._rows({cell.status for cell in cells}), start=1):
            y = top + 16 + ROW * at
            box = {**rect(left, y - 12, 18, 14), "fill": fill, "stroke": self.colours["muted"], "stroke-width": 0.5}
            yield element("rect", "", box) + words(left + 26, y, text, ink)

    def _rows(self, statuses: set[Status]) -> Iterator[tuple[str, str]]:
        for at in range(len(self.found.least) if statuses & {Status.OK, Status.KEPT} else 0):
            yield self.colours[step(at, self.found)], self.found.limits(at, self.language)
        if Status.SUPPRESSED in statuses:
            yield f"url(#{self._hatched})", f"{HIDDEN} {_('dolt')}"
        if Status.MISSING in statuses:
            yield self.colours["panel"], f"{UNREGISTERED} {_('uppgift saknas')}"
