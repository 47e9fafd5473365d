"""Diagrams in words, for formats where the marks can't be read one by one."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from finsam.disclosure.protect import Cell
from finsam.publications.blocks import AreaMap, Bars, Diagram, Lines, Multiples, Pyramid, Series, Transitions
from finsam.publications.cell_text import lowered, spoken, written
from finsam.publications.charts.map_classes import classes
from finsam.values.shares import Language


def described(block: Diagram, language: Language) -> str:
    """A whole diagram in words: every figure of it, of a map the areas of each class."""
    return f"{block.title}. {block.subtitle}. {'; '.join(_parts(block, language))}."


def _parts(block: Diagram, language: Language) -> Iterable[str]:
    match block:
        case Bars() | Lines():
            return _by_category(block.categories, block.series, language)
        case Pyramid():
            return _by_category(block.ages, (block.left, block.right), language)
        case Transitions():
            return _flows(block, language)
        case AreaMap():
            return _areas(block, language)
        case Multiples():
            return _panels(block, language)


def _by_category(categories: tuple[str, ...], series: tuple[Series, ...], language: Language) -> Iterable[str]:
    for at, category in enumerate(categories):
        said = ", ".join(f"{lowered(one.label)} {_said(one.cells[at], language)}" for one in series)
        yield f"{category}: {said}"


def _flows(block: Transitions, language: Language) -> Iterable[str]:
    for group, row in zip(block.before, block.flows, strict=True):
        parts = zip(block.after, row, strict=True)
        said = ", ".join(f"{lowered(after.label)} {_said(flow, language)}" for after, flow in parts if flow.value != 0)
        yield f"{group.label} {_said(group.cell, language)}: {said}" if said else group.label


def _areas(block: AreaMap, language: Language) -> Iterable[str]:
    found = classes([area.cell for area in block.areas])
    for at in range(len(found.least)):
        names = [area.label for area in block.areas if found.place(area.cell) == at]
        yield f"{found.limits(at, language)} {block.unit}: {', '.join(names)}"
    if hidden := [area.label for area in block.areas if area.cell.value is None]:
        yield _("visas inte: %(names)s") % {"names": ", ".join(hidden)}


def _panels(block: Multiples, language: Language) -> Iterable[str]:
    for panel in block.panels:
        for (label, _role), cells in zip(block.series, panel.cells, strict=True):
            pairs = zip(block.categories, cells, strict=True)
            said = ", ".join(f"{category} {_said(cell, language)}" for category, cell in pairs)
            yield f"{panel.label}, {lowered(label)}: {said}"


def _said(cell: Cell, language: Language) -> str:
    return spoken(cell) or written(cell, language)
