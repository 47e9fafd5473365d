"""Bar charts: a Vega-Lite specification made from cells, drawn to SVG without styles or English descriptions."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree as ET

import vl_convert

from finsam.publications.blocks import Bars, Series
from finsam.publications.cell_text import lowered, read_out, written
from finsam.publications.charts import fonts
from finsam.publications.charts.palette import THEMES, Colours, Theme
from finsam.publications.charts.svg import width_of
from finsam.publications.hyphens import wrapped
from finsam.values.shares import DECIMAL, THOUSANDS, Language

SVG = "http://www.w3.org/2000/svg"
FONT = f"'{fonts.FAMILY}', sans-serif"
WIDTH, HEIGHT, BAND = 480, 260, 24  # pixels; a band is the thickness of a lying bar
MOST_VALUES = 10  # with more bars than this the axis says the values
LONGEST_UPRIGHT = 14  # characters; longer categories need lying bars
LEGEND_LINE = 50  # characters of all names in a legend
LINE = 28  # characters in one line of a category's name


def bars_svg(bars: Bars, theme: Theme, language: str) -> str:
    """The chart as SVG with an accessible name per bar; what the table hides is a mark, never a bar."""
    tongue = cast(Language, language)
    if folder := fonts.folder():
        with_fonts(folder)
    drawn = vl_convert.vegalite_to_svg(
        json.dumps(specification(bars, THEMES[theme], tongue)),
        format_locale={
            "decimal": DECIMAL[tongue],
            "thousands": THOUSANDS[tongue],
            "grouping": [3],
            "currency": ["", ""],
        },
    )
    return cleaned(drawn, bars)


@cache
def with_fonts(folder: Path) -> None:
    """Let the drawing know the fonts, once."""
    vl_convert.register_font_directory(str(folder))


def specification(bars: Bars, colours: Colours, language: Language) -> dict[str, Any]:
    """The chart in Vega-Lite's terms: lying bars when the categories are long."""
    lying = lies(bars.categories)
    category, value, offset = ("y", "x", "yOffset") if lying else ("x", "y", "xOffset")
    size = len(bars.categories) * (len(bars.series) * BAND + 12) + 60 if lying else HEIGHT
    names = [in_lines(category) for category in bars.categories]  # also those without any bar, in their order
    order = [series.label for series in bars.series]
    layers: list[dict[str, Any]] = [bar_layer(bars, colours, order), mark_layer(colours, lying)]
    return {
        "width": WIDTH,
        "height": size,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 4,
        "background": None,
        "data": {"values": points(bars, language)},
        "encoding": {
            category: {"field": "category", "type": "nominal", "sort": names, "axis": category_axis(lying)},
            offset: {"field": "series", "sort": order},
            value: {"field": "value", "type": "quantitative", **value_axis(bars)},
        },
        "layer": layers,
        "config": appearance(colours),
    }


def lies(categories: Sequence[str]) -> bool:
    """Whether the bars must lie, since their names don't fit side by side under them."""
    longest = max(categories, key=len, default="")
    return len(longest) > LONGEST_UPRIGHT or len(categories) * (width_of(longest) + 4) > WIDTH - 40


def in_lines(category: str) -> str:
    """A category's name in lines."""
    return "\n".join(wrapped(category, LINE))


def category_axis(lying: bool) -> dict[str, Any]:
    """The axis with the categories' names."""
    return {
        "title": None,
        "labelAngle": 0,
        "labelExpr": "split(datum.label, '\\n')",
        "labelLimit": 0,
        "labelPadding": 6,
        "labelBaseline": "middle" if lying else "top",
        "ticks": False,
        "grid": False,
        "aria": False,
    }


def value_axis(bars: Bars) -> dict[str, Any]:
    """The axis of the figures from zero, in whole steps; no more than the zero line when there is nothing above it."""
    highest = max((cell.value for series in bars.series for cell in series.cells if cell.value), default=0)
    ticks = max(1, min(4, int(highest)))
    axis = {"title": None, "tickCount": ticks, "format": ",~f", "domain": False, "ticks": False, "aria": False}
    if highest:
        return {"axis": axis}
    return {"axis": {**axis, "values": [0]}, "scale": {"domain": [0, 1]}}


def points(bars: Bars, language: Language) -> list[dict[str, Any]]:
    """One point a cell: its number if it may be shown, what stands at it, and its name for a screen reader."""
    many = len(bars.categories) * len(bars.series) > MOST_VALUES
    return [
        {
            "category": in_lines(category),
            "series": series.label,
            "value": float(cell.value) if cell.value is not None else None,
            "text": "" if many and cell.value is not None else written(cell, language),
            "name": f"{category}, {named(series, bars)}{read_out(cell, bars.unit, language)}",
        }
        for series in bars.series
        for category, cell in zip(bars.categories, series.cells, strict=True)
    ]


def named(series: Series, bars: Bars) -> str:
    """The name of a series where there is more than one."""
    return f"{lowered(series.label)}, " if len(bars.series) > 1 else ""


def bar_layer(bars: Bars, colours: Colours, order: list[str]) -> dict[str, Any]:
    """The bars themselves, only of cells that may be shown."""
    beside = 0 if sum(map(len, order)) < LEGEND_LINE else 1  # names too long for one line stand under each other
    look = {"title": None, "orient": "bottom", "symbolType": "square", "columns": beside, "aria": False}
    legend = look if len(order) > 1 else None
    palette = {"domain": order, "range": [colours[series.role] for series in bars.series]}
    return {
        "transform": [{"filter": "datum.value !== null"}],
        "mark": {"type": "bar"},
        "encoding": {
            "color": {"field": "series", "type": "nominal", "scale": palette, "legend": legend},
            "description": {"field": "name"},
        },
    }


def mark_layer(colours: Colours, lying: bool) -> dict[str, Any]:
    """The value at the end of each bar, or the mark on the zero line where there is no bar."""
    place = {"dx": 4, "align": "left"} if lying else {"dy": -4, "align": "center", "baseline": "bottom"}
    at = "x" if lying else "y"
    return {
        "transform": [{"calculate": "datum.value === null ? 0 : datum.value", "as": "foot"}],
        "mark": {"type": "text", "color": colours["text"], "fontSize": 12, "aria": False, **place},
        "encoding": {"text": {"field": "text"}, at: {"field": "foot", "type": "quantitative"}},
    }


def appearance(colours: Colours) -> dict[str, Any]:
    """Letters and lines as in the design: quiet axes, light grid."""
    letters = {"labelFont": FONT, "labelFontSize": 12, "labelColor": colours["muted"]}
    return {
        "font": FONT,
        "view": {"stroke": None},
        "axis": {**letters, "gridColor": colours["line"], "domainColor": colours["muted"]},
        "legend": {**letters, "labelColor": colours["text"], "labelLimit": 0, "symbolStrokeWidth": 0},
        "text": {"font": FONT},
        "scale": {"bandPaddingInner": 0.2},
    }


def cleaned(drawn: str, bars: Bars) -> str:
    """Without classes, styles, empty paths and English role descriptions; with the chart's own name."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(drawn)  # noqa: S314 - our own drawing
    for parent in list(root.iter()):
        for child in [child for child in parent if child.get("d") == ""]:
            parent.remove(child)
    for element in root.iter():
        for name in ("class", "style", "aria-roledescription", "pointer-events"):
            element.attrib.pop(name, None)
        if element.tag == f"{{{SVG}}}g" and "role" in element.attrib:
            del element.attrib["role"]
    root.attrib |= {"role": "graphics-document", "aria-label": f"{bars.title}. {bars.subtitle}"}
    return ET.tostring(root, encoding="unicode")
