"""The transition diagram: from what people had before to what they had after, as bands as wide as they are many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from finsam.disclosure.protect import Cell, Status
from finsam.publications.blocks import Group, Transitions
from finsam.publications.cell_text import HIDDEN, lowered, number, read_out, written
from finsam.publications.charts.palette import THEMES, Colours, Theme
from finsam.publications.charts.svg import LINE, NARROW, element, lines, mark, rect, short, stacked, svg, words
from finsam.values.shares import Language

BAR, TOP = 6, 30
TALL, GAP = 300, 12  # pixels of all people together, and between two groups


@dataclass(frozen=True)
class Layout:
    """Where the bars stand, how wide their labels are, and whether those stand beside the bars or on the bands."""

    width: int
    before: int
    after: int
    letters: int
    beside: bool = True


WIDE: Final = Layout(640, 206, 428, 30)
PHONE: Final = Layout(NARROW, 16, 278, 19, beside=False)


@dataclass
class Node:
    """One group as it is drawn: its cells, its words, where its bar begins and ends, and how much of it has bands."""

    group: Group
    flows: Sequence[Cell]
    said: list[str]
    begins: float
    tall: float
    used: float = 0.0

    @property
    def room(self) -> float:
        """How high the bar and its words are together."""
        return max(self.tall, len(self.said) * LINE)


def transitions_svg(block: Transitions, theme: Theme, language: Language, *, narrow: bool = False) -> str:
    """The bands of cells that may be shown, what is hoped for in accent and on top; hidden ones are marks only."""
    columns = tuple(zip(*block.flows, strict=True))
    sides = (list(zip(block.before, block.flows, strict=True)), list(zip(block.after, columns, strict=True)))
    scale = TALL / max(1, *(sum(map(_size, side)) for side in sides))
    seen = PHONE if narrow else WIDE
    before, after = (_nodes(side, scale, language, seen.letters) for side in sides)
    drawing = _Drawing(block, THEMES[theme], language, scale, seen)
    bands = "".join(drawing.bands(before, after))
    bars = "".join(drawing.bar(node, seen.before) for node in before)
    bars += "".join(drawing.bar(node, seen.after) for node in after)
    marks = "".join(drawing.hidden(node, block.after, seen.before) for node in before)
    marks += "".join(drawing.hidden(node, block.before, seen.after) for node in after)
    height = max((node.begins + (node.tall + node.room) / 2 for node in (*before, *after)), default=TOP) + GAP
    return svg(seen.width, height, f"{block.title}. {block.subtitle}", drawing.heads(), bands, bars, marks)


def _size(of: tuple[Group, Sequence[Cell]]) -> float:
    """How many a group is drawn as: its figure, or what is shown of its parts when that is more or it is hidden."""
    group, flows = of
    return max(float(number(group.cell) or 0), sum(float(number(flow) or 0) for flow in flows))


def _nodes(side: Sequence[tuple[Group, Sequence[Cell]]], scale: float, language: Language, letters: int) -> list[Node]:
    found, at = [], float(TOP)
    for group, flows in side:
        *label, last = lines(group.label, letters, most=3)
        figure = written(group.cell, language)
        said = [*label, f"{last} {figure}"] if len(f"{last} {figure}") <= letters else [*label, last, figure]
        node = Node(group, flows, said, at, max(_size((group, flows)) * scale, 2))
        node.begins += (node.room - node.tall) / 2
        found.append(node)
        at += node.room + GAP
    return found


@dataclass(frozen=True)
class _Drawing:
    block: Transitions
    colours: Colours
    language: Language
    scale: float
    seen: Layout

    def heads(self) -> str:
        left, right = self._beside(self.seen.before), self._beside(self.seen.after)
        before = words(left[0], 14, _("Före"), self.colours["muted"], left[1])
        return before + words(right[0], 14, _("Efter"), self.colours["muted"], right[1])

    def _beside(self, x: float) -> tuple[float, str]:
        """Where the words at a bar begin or end: outside the bands where there is room, otherwise on them."""
        leftwards = (x == self.seen.before) is self.seen.beside
        return (x - 8, "end") if leftwards else (x + BAR + 8, "start")

    def _outside(self, x: float) -> tuple[float, str]:
        """Where a mark at a bar stands: on the side of it where no words stand."""
        leftwards = (x == self.seen.after) is self.seen.beside
        return (x - 4, "end") if leftwards else (x + BAR + 4, "start")

    def bands(self, before: Sequence[Node], after: Sequence[Node]) -> Iterator[str]:
        """The bands in the order of their groups, then those hoped for, which lie on top."""
        drawn = [
            (right.group.hoped_for, self._band(left, right, flow))
            for left in before
            for right, flow in zip(after, left.flows, strict=True)
            if flow.value
        ]
        yield from (band for hoped, band in drawn if not hoped)
        yield from (band for hoped, band in drawn if hoped)

    def _band(self, left: Node, right: Node, flow: Cell) -> str:
        wide = float(number(flow) or 0) * self.scale
        y0, y1 = left.begins + left.used, right.begins + right.used
        left.used, right.used = left.used + wide, right.used + wide
        names = {"before": left.group.label, "after": lowered(right.group.label)}
        said = f"{_('%(before)s till %(after)s') % names}, {read_out(flow, self.block.unit, self.language)}"
        hoped = right.group.hoped_for
        look = {"fill": self.colours["first" if hoped else "neutral"], "fill-opacity": "0.55" if hoped else "0.32"}
        return mark("path", said, {"d": self._ribbon(y0, y1, wide), **look})

    def bar(self, node: Node, x: float) -> str:
        """The bar of a group with its name and figure beside it; what is hoped for also in bold."""
        ink, middle = self.colours["text"], node.begins + node.tall / 2
        drawn = element("rect", "", {**rect(x, node.begins, BAR, node.tall), "fill": ink})
        at, anchor = self._beside(x)
        more = {"font_weight": "600"} if node.group.hoped_for and x == self.seen.after else {}
        if not self.seen.beside:
            more |= {"stroke": self.colours["panel"], "stroke_width": "3", "paint_order": "stroke"}
        return drawn + stacked(at, middle, node.said, ink, anchor, **more)

    def hidden(self, node: Node, others: Sequence[Group], x: float) -> str:
        """One mark for all hidden parts of a group, in the middle of what has no band."""
        parts = zip(others, node.flows, strict=True)
        names = ", ".join(lowered(other.label) for other, flow in parts if flow.status is Status.SUPPRESSED)
        if not names:
            return ""
        before, after = (node.group.label, names) if x == self.seen.before else (names, lowered(node.group.label))
        said = _("%(before)s till %(after)s: dolt för att skydda personer") % {"before": before, "after": after}
        middle = node.begins + (node.used + max(node.tall, node.used)) / 2
        at, anchor = self._outside(x)
        end = {"x": at, "text-anchor": "end" if anchor == "end" else None}
        return mark("text", said, {"y": middle + 4, "fill": self.colours["text"], **end}, HIDDEN)

    def _ribbon(self, y0: float, y1: float, wide: float) -> str:
        """A band between the two columns of bars, curved and as wide all the way."""
        x0, x1 = self.seen.before + BAR, self.seen.after
        middle = short((x0 + x1) / 2)
        there = f"M{x0},{short(y0)}C{middle},{short(y0)} {middle},{short(y1)} {x1},{short(y1)}"
        return f"{there}v{short(wide)}C{middle},{short(y1 + wide)} {middle},{short(y0 + wide)} {x0},{short(y0 + wide)}z"
