"""The transition diagram: from what people had before to what they had after, as bands as wide as they are many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from finsam.reporting.blocks import Group, Transitions
from finsam.reporting.documents.drawing import LINE, element, lines, mark, rect, short, stacked, svg, words
from finsam.reporting.documents.marks import HIDDEN, lowered, number, read_out, written
from finsam.reporting.documents.palette import THEMES, Colours, Theme
from finsam.statistics.disclosure import Cell, Status
from finsam.values.shares import Language

WIDTH: Final = 640
BEFORE, AFTER, BAR, TOP = 206, 428, 6, 30
TALL, GAP = 300, 12  # pixels of all people together, and between two groups
LETTERS: Final = 30  # of a label on one line


@dataclass
class Node:
    """One group as it is drawn: its cells, its words, where its bar begins and ends, and how much of it has bands."""

    group: Group
    flows: Sequence[Cell]
    said: list[str]
    begins: float
    tall: float
    used: float = 0.0


def transitions_svg(block: Transitions, theme: Theme, language: Language) -> str:
    """The bands of cells that may be shown, what is hoped for in accent and on top; hidden ones are marks only."""
    columns = tuple(zip(*block.flows, strict=True))
    sides = (list(zip(block.before, block.flows, strict=True)), list(zip(block.after, columns, strict=True)))
    scale = TALL / max(1, *(sum(map(_size, side)) for side in sides))
    before, after = (_nodes(side, scale, language) for side in sides)
    drawing = _Drawing(block, THEMES[theme], language, scale)
    bands = "".join(drawing.bands(before, after))
    bars = "".join(drawing.bar(node, BEFORE) for node in before) + "".join(drawing.bar(node, AFTER) for node in after)
    marks = "".join(drawing.hidden(node, block.after, BEFORE) for node in before)
    marks += "".join(drawing.hidden(node, block.before, AFTER) for node in after)
    height = max((node.begins + max(node.tall, LINE) for node in (*before, *after)), default=TOP) + GAP
    return svg(WIDTH, height, f"{block.title}. {block.subtitle}", drawing.heads(), bands, bars, marks)


def _size(of: tuple[Group, Sequence[Cell]]) -> float:
    """How many a group is drawn as: its figure, or what is shown of its parts when that is more or it is hidden."""
    group, flows = of
    return max(float(number(group.cell) or 0), sum(float(number(flow) or 0) for flow in flows))


def _nodes(side: Sequence[tuple[Group, Sequence[Cell]]], scale: float, language: Language) -> list[Node]:
    found, at = [], float(TOP)
    for group, flows in side:
        said = lines(f"{group.label} {written(group.cell, language)}", LETTERS)
        tall = max(_size((group, flows)) * scale, 2)
        room = max(tall, len(said) * LINE)
        found.append(Node(group, flows, said, at + (room - tall) / 2, tall))
        at += room + GAP
    return found


@dataclass(frozen=True)
class _Drawing:
    block: Transitions
    colours: Colours
    language: Language
    scale: float

    def heads(self) -> str:
        left = words(BEFORE - 8, 14, _("Före"), self.colours["muted"], "end")
        return left + words(AFTER + BAR + 8, 14, _("Efter"), self.colours["muted"])

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
        return mark("path", said, {"d": _ribbon(y0, y1, wide), **look})

    def bar(self, node: Node, x: float) -> str:
        """The bar of a group with its name and figure beside it; what is hoped for also in bold."""
        ink, middle = self.colours["text"], node.begins + node.tall / 2
        drawn = element("rect", "", {**rect(x, node.begins, BAR, node.tall), "fill": ink})
        if x == BEFORE:
            return drawn + stacked(x - 8, middle, node.said, ink, "end")
        more = {"font_weight": "600"} if node.group.hoped_for else {}
        return drawn + stacked(x + BAR + 8, middle, node.said, ink, **more)

    def hidden(self, node: Node, others: Sequence[Group], x: float) -> str:
        """One mark for all hidden parts of a group, in the middle of what has no band."""
        parts = zip(others, node.flows, strict=True)
        names = ", ".join(lowered(other.label) for other, flow in parts if flow.status is Status.SUPPRESSED)
        if not names:
            return ""
        before, after = (node.group.label, names) if x == BEFORE else (names, lowered(node.group.label))
        said = _("%(before)s till %(after)s: dolt för att skydda personer") % {"before": before, "after": after}
        middle = node.begins + (node.used + max(node.tall, node.used)) / 2
        end = {"x": x + BAR + 4} if x == BEFORE else {"x": x - 4, "text-anchor": "end"}
        return mark("text", said, {"y": middle + 4, "fill": self.colours["text"], **end}, HIDDEN)


def _ribbon(y0: float, y1: float, wide: float) -> str:
    """A band between the two columns of bars, curved and as wide all the way."""
    x0, x1 = BEFORE + BAR, AFTER
    middle = short((x0 + x1) / 2)
    there = f"M{x0},{short(y0)}C{middle},{short(y0)} {middle},{short(y1)} {x1},{short(y1)}"
    return f"{there}v{short(wide)}C{middle},{short(y1 + wide)} {middle},{short(y0 + wide)} {x0},{short(y0 + wide)}z"
