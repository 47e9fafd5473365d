"""Every kind of diagram in the report that stands alone, from a phone to a desk, in light and dark."""

from dataclasses import replace
from typing import Any

import pytest

from finsam.disclosure.protect import Cell
from finsam.publications.blocks import Area, AreaMap, Bars, Group, Panel, Series
from finsam.publications.formats.html import report_html
from tests.journeys.measures import WIDTHS, measured
from tests.publications.invented import DIRECTIONS, HIDDEN, NEW, publication
from tests.publications.test_chart_diagrams import ALL, LINES, MAP, MULTIPLES, PYRAMID, TRANSITIONS

pytestmark = [pytest.mark.journey, pytest.mark.once]

LONG = (
    "Unga med funktionsnedsättning (utan aktivitetsersättning)",
    "Samordningsförbundet Arbetsmarknadsrehabilitering",
    "Strukturövergripandeverksamhetsutveckling",
)
MUCH = Cell(1_234_567)


def long_names():
    """The same diagrams with the longest names and figures one could meet."""
    roles = ("first", "second", "third")
    years = tuple(str(year) for year in range(2011, 2021))
    named = tuple(Series(name, role, (MUCH, HIDDEN, *[Cell(5)] * 10)) for name, role in zip(LONG, roles, strict=True))
    groups = tuple(Group(name, Cell(40), hoped_for=not at) for at, name in enumerate(LONG))
    ages = ("Högst 19 år", "30–39 år", "60 år och äldre")
    long_ages = tuple(Series(one.label, one.role, (MUCH, HIDDEN, Cell(7))) for one in (PYRAMID.left, PYRAMID.right))
    found: Any = (
        replace(LINES, series=named),
        replace(TRANSITIONS, before=groups, after=groups, flows=((Cell(12), HIDDEN, Cell(6)),) * 3),
        replace(PYRAMID, ages=ages, left=long_ages[0], right=long_ages[1]),
        replace(PYRAMID, ages=tuple(map(str, range(20))), left=twenty(PYRAMID.left), right=twenty(PYRAMID.right)),
        replace(MAP, unit=LONG[0].lower(), areas=tuple(replace(area, cell=MUCH) for area in MAP.areas)),
        replace(MAP, whole_country=True),
        AreaMap(
            "counties", "", "", "county", tuple(Area(f"{at:02}", LONG[0], MUCH) for at in range(1, 26)), True, "", ""
        ),
        replace(
            MULTIPLES, series=tuple((name, "first") for name in LONG), panels=(long_panel(),) * 5, highest=1_234_567
        ),
        replace(NEW, categories=years, series=tuple(replace(one, cells=(MUCH, *[Cell(9)] * 9)) for one in named)),
        Bars("long", "", "", LONG, (replace(named[0], cells=(MUCH, Cell(0), HIDDEN)),), "", ""),
    )
    return [renamed(block, f"{block.key}-{at}") for at, block in enumerate(found)]


def renamed(block: Any, key: str) -> Any:
    return replace(block, key=key)


def twenty(side):
    return replace(side, cells=(MUCH,) * 20)


def long_panel():
    return Panel(LONG[1], ((MUCH, HIDDEN), (Cell(5), Cell(9)), (Cell(0), Cell(7))))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_chart_fits_its_frame_with_readable_words_from_320_to_1280(browser, home, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.set_content(report_html(replace(publication(), blocks=(*ALL, NEW, DIRECTIONS, *long_names()))))
    page.evaluate("document.fonts.ready")
    faults = [(width, *fault) for width in (*WIDTHS, 640, 480) for fault in measured(page, width)]
    drawings = page.locator("svg:visible").count()
    context.close()
    assert drawings == 17
    assert not faults


def test_the_newest_year_is_seen_on_a_tablet(browser, home):
    context = browser.new_context(viewport={"width": 820, "height": 900})
    page = context.new_page()
    text = publication().blocks[1]
    page.set_content(report_html(replace(publication(), blocks=(text, NEW))))
    newest = page.locator("svg:visible").get_by_text("2020", exact=True)
    box = newest.bounding_box()
    frame = page.locator(".report-drawing").bounding_box()
    context.close()
    assert frame["x"] <= box["x"]
    assert box["x"] + box["width"] <= frame["x"] + frame["width"]
