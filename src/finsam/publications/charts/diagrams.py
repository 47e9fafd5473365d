"""Every kind of diagram: how it is drawn, and how much of a page's width it takes on paper."""

from typing import cast

from finsam.publications.blocks import AreaMap, Bars, Diagram, Lines, Multiples, Pyramid, Transitions
from finsam.publications.charts.charts import bars_svg
from finsam.publications.charts.lines import lines_svg
from finsam.publications.charts.maps import frame_of, map_svg
from finsam.publications.charts.multiples import multiples_svg
from finsam.publications.charts.palette import Theme
from finsam.publications.charts.pyramid import pyramid_svg
from finsam.publications.charts.rows import rows_svg
from finsam.publications.charts.transitions import transitions_svg
from finsam.values.shares import Language


def drawn(block: Diagram, theme: Theme, language: str, *, narrow: bool = False) -> str:
    """A diagram as SVG; a narrow one stands on a phone with letters as large as the page's own."""
    tongue = cast(Language, language)
    match block:
        case Bars():
            return rows_svg(block, theme, tongue) if narrow else bars_svg(block, theme, language)
        case Lines():
            return lines_svg(block, theme, tongue, narrow=narrow)
        case Transitions():
            return transitions_svg(block, theme, tongue, narrow=narrow)
        case Pyramid():
            return pyramid_svg(block, theme, tongue, narrow=narrow)
        case AreaMap():
            return map_svg(block, theme, tongue, narrow=narrow)
        case Multiples():
            return multiples_svg(block, theme, tongue, narrow=narrow)


def shape(block: Diagram) -> str:
    """Tall ones take less of the width, on paper and on a page; wide ones all of it."""
    match block:
        case AreaMap():
            seen = frame_of(block)
            return "tall" if seen.height > seen.width else "plain"
        case Lines() | Transitions() | Multiples():
            return "wide"
        case _:
            return "plain"
