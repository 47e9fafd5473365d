"""Lines, transitions, pyramids, maps and small charts: every shown figure is a named mark, no hidden one is drawn."""

import re
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree as ET

import pytest

from finsam.disclosure.protect import Cell
from finsam.publications.blocks import Area, AreaMap, Group, Lines, Multiples, Panel, Pyramid, Series, Transitions
from finsam.publications.charts.alt_text import described
from finsam.publications.charts.diagrams import drawn
from finsam.publications.charts.lines import written_out
from finsam.publications.charts.map_classes import Classes, classes
from finsam.publications.charts.svg import ticks
from finsam.publications.formats.pdf import pdf_bytes
from tests.publications.invented import HIDDEN, MISSING, publication

QUARTERS = tuple(f"{year}K{quarter}" for year in (2018, 2019, 2020) for quarter in (1, 2, 3, 4))


def cells(*values):
    return tuple(HIDDEN if value is None else Cell(value) for value in values)


LINES = Lines(
    "lines",
    "Fler kvinnor än män",
    "Påhittade nya deltagare, personer per kvartal",
    QUARTERS,
    (
        Series("Kvinnor", "women", cells(40, 52, 61, None, 70, 71, 75, 80, 82, 90, 91, 97)),
        Series("Män", "men", cells(20, 22, 31, None, 30, 41, 45, 40, 42, 30, 31, 37)),
    ),
    "nya deltagare",
    "ongoing",
)
TRANSITIONS = Transitions(
    "transitions",
    "68 av 164 gick till arbete eller studier",
    "Påhittade avslut 2018–2020",
    (Group("Sjukpenning", Cell(38)), Group("Försörjningsstöd", Cell(61)), Group("Annan", HIDDEN)),
    (Group("Arbete", Cell(39), hoped_for=True), Group("Arbetssökande", Cell(45)), Group("Annat", Cell(23))),
    (cells(12, 6, 0), cells(18, None, None), cells(0, None, None)),
    "deltagare",
    "ongoing",
)
PYRAMID = Pyramid(
    "pyramid",
    "30–39 är vanligast",
    "Påhittade pågående deltagare 2020",
    ("–29", "30–39", "40–"),
    Series("Kvinnor", "women", cells(80, 190, 150)),
    Series("Män", "men", cells(61, 110, None)),
    "deltagare",
    "ongoing",
)
MAP = AreaMap(
    "map",
    "Flest i Eskilstuna",
    "Påhittade pågående deltagare 2020",
    "municipality",
    (
        Area("0484", "Eskilstuna", Cell(312)),
        Area("0480", "Nyköping", Cell(120)),
        Area("0483", "Katrineholm", Cell(88)),
        Area("0481", "Oxelösund", HIDDEN),
        Area("0488", "Trosa", MISSING),
    ),
    False,
    "deltagare",
    "ongoing",
)
MULTIPLES = Multiples(
    "multiples",
    "Fler i båda",
    "Påhittade pågående deltagare",
    ("2019", "2020"),
    (("Deltagare", "first"),),
    (Panel("Norra", (cells(10, 40),)), Panel("Södra", (cells(None, 20),))),
    40,
    "deltagare",
    "ongoing",
)
ALL = (LINES, TRANSITIONS, PYRAMID, MAP, MULTIPLES)


def elements(block, theme="light", language="sv"):
    return list(ET.fromstring(drawn(block, theme, language)).iter())


def marks(block):
    """The names of the marks that are drawn as a figure, and of those that only say why there is none."""
    found = [element for element in elements(block) if element.get("role") == "graphics-symbol"]
    texts = [element.get("aria-label") for element in found if element.tag.endswith("text")]
    return [element.get("aria-label") for element in found if not element.tag.endswith("text")], texts


def words(block):
    return [element.text for element in elements(block) if element.text]


def hidden(block):
    """The block with every cell hidden."""
    match block:
        case Lines():
            return replace(block, series=tuple(replace(one, cells=(HIDDEN,) * 12) for one in block.series))
        case Transitions():
            groups = [tuple(replace(one, cell=HIDDEN) for one in side) for side in (block.before, block.after)]
            return replace(block, before=groups[0], after=groups[1], flows=((HIDDEN,) * 3,) * 3)
        case Pyramid():
            sides = [replace(one, cells=(HIDDEN,) * 3) for one in (block.left, block.right)]
            return replace(block, left=sides[0], right=sides[1])
        case AreaMap():
            return replace(block, areas=tuple(replace(area, cell=HIDDEN) for area in block.areas))
    return replace(block, panels=tuple(replace(panel, cells=((HIDDEN,) * 2,)) for panel in block.panels), highest=0)


def test_each_shown_figure_is_a_mark_with_its_name_in_words():
    assert marks(LINES)[0][0] == "2018K1, kvinnor, 40 nya deltagare"
    assert len(marks(LINES)[0]) == 22
    assert marks(TRANSITIONS)[0] == [
        "Sjukpenning till arbetssökande, 6 deltagare",
        "Sjukpenning till arbete, 12 deltagare",
        "Försörjningsstöd till arbete, 18 deltagare",
    ]
    assert marks(PYRAMID)[0][:2] == ["–29, kvinnor, 80 deltagare", "30–39, kvinnor, 190 deltagare"]
    assert "Eskilstuna, 312 deltagare" in marks(MAP)[0]
    assert marks(MULTIPLES)[0] == [
        "Norra, 2019, 10 deltagare",
        "Norra, 2020, 40 deltagare",
        "Södra, 2020, 20 deltagare",
    ]


def test_a_hidden_figure_is_a_mark_that_says_why():
    assert marks(LINES)[1] == [f"2018K4, {sex}, dold för att skydda personer" for sex in ("kvinnor", "män")]
    assert "Försörjningsstöd till arbetssökande, annat: dolt för att skydda personer" in marks(TRANSITIONS)[1]
    assert marks(PYRAMID)[1] == ["40–, män, dold för att skydda personer"]
    assert "Oxelösund, dold för att skydda personer" in marks(MAP)[0]
    assert marks(MULTIPLES)[1] == ["Södra, 2019, dold för att skydda personer"]


@pytest.mark.parametrize("block", ALL, ids=lambda block: block.key)
def test_nothing_of_a_hidden_figure_is_drawn(block):
    """When all is hidden only marks are left, no number but the axis' zero, and no area has a class."""
    found = hidden(block)
    figures, texts = marks(found)
    assert all("dold för" in name for name in figures)
    assert all("dol" in name for name in texts)
    numbers = [text for text in words(found) if text.isdigit() and int(text) < 2000]
    assert set(numbers) <= {"0"}
    fills = {element.get("fill") for element in elements(found) if element.get("role") == "graphics-symbol"}
    assert fills <= {"#1b1e23", f"url(#hatch-{block.key})"}


@pytest.mark.parametrize("block", ALL, ids=lambda block: block.key)
@pytest.mark.parametrize("theme", ["light", "dark", "print", "page"])
def test_a_diagram_has_the_same_bytes_twice(block, theme):
    assert drawn(block, theme, "sv") == drawn(block, theme, "sv")


@pytest.mark.parametrize("block", ALL, ids=lambda block: block.key)
def test_a_diagram_has_its_finding_as_name_and_no_style_of_its_own(block):
    found = elements(block, "page")
    assert found[0].get("aria-label") == f"{block.title}. {block.subtitle}"
    assert not [element for element in found if {"style", "class"} & set(element.attrib)]
    silent = [element for element in found if element.tag.endswith("text") and "aria-label" not in element.attrib]
    assert {element.get("aria-hidden") for element in silent} == {"true"}


@pytest.mark.parametrize("block", ALL, ids=lambda block: block.key)
def test_a_diagram_can_be_said_in_words_that_hide_what_it_hides(block):
    said = described(block, "sv")
    assert said.startswith(f"{block.title}. {block.subtitle}. ")
    assert "dold för" in said or "visas inte: Oxelösund, Trosa" in said


def test_a_line_is_broken_where_a_figure_is_hidden():
    paths = [element.get("d") for element in elements(LINES) if element.tag.endswith("path")]
    runs = [len(path.split("L")) for path in paths if "L" in path]
    assert runs == [3, 8, 3, 8]


def test_lines_differ_without_colour_and_are_named_at_their_end():
    dashes = {
        (element.get("stroke"), element.get("stroke-dasharray"))
        for element in elements(LINES)
        if element.tag.endswith("path")
    }
    assert len({dash for _colour, dash in dashes}) == len(dashes) == 2
    assert {"Kvinnor", "97", "Män", "37"} <= set(words(LINES))


def test_years_stand_under_their_first_quarter():
    assert written_out(QUARTERS) == [(0, "2018"), (4, "2019"), (8, "2020")]
    assert len(written_out([str(year) for year in range(1990, 2021)])) <= 10


def test_bands_are_as_wide_as_they_are_many():
    """Hidden flows leave one gap at the end of their group, never one each."""
    ribbons = {
        element.get("aria-label").split(",")[0]: float(re.findall(r"v([\d.]+)", element.get("d"))[0])
        for element in elements(TRANSITIONS)
        if element.tag.endswith("path")
    }
    assert ribbons["Sjukpenning till arbete"] == pytest.approx(2 * ribbons["Sjukpenning till arbetssökande"], rel=0.02)


def test_what_is_hoped_for_is_accented_and_on_top():
    fills = [element.get("fill") for element in elements(TRANSITIONS) if element.tag.endswith("path")]
    assert fills == ["#8fa3a8", "#0b6e7f", "#0b6e7f"]


def test_both_sides_of_a_pyramid_have_one_scale():
    bars = [element for element in elements(PYRAMID) if element.get("role") and element.tag.endswith("rect")]
    lengths = {element.get("aria-label").split(" deltagare")[0]: float(element.get("width")) for element in bars}
    assert lengths["30–39, kvinnor, 190"] / lengths["30–39, män, 110"] == pytest.approx(190 / 110, rel=0.01)


def test_class_limits_come_from_shown_figures_and_stand_in_the_legend():
    found = classes([area.cell for area in MAP.areas])
    assert found == Classes((88, 120, 310), 312)
    assert {"88–119", "120–309", "310–312", "·· dolt", "– uppgift saknas"} <= set(words(MAP))


def test_classes_of_percentages_are_of_rounded_ones():
    found = classes([Cell(Fraction(value)) for value in range(40, 65)])
    assert found.least == (40, 45, 50, 55, 60)
    assert found.place(Cell(Fraction(895, 20))) == 1
    assert found.limits(4, "sv") == "60–64"


def test_a_map_of_nothing_shown_has_no_classes():
    assert classes([HIDDEN]).place(HIDDEN) is None


def test_areas_that_are_all_alike_are_one_class():
    assert classes([Cell(0)] * 3) == Classes((0,), 0)
    assert classes([Cell(0), Cell(7)]) == Classes((0, 7), 7)


def test_few_areas_have_their_figures_written_on_them():
    assert {"Eskilstuna", "312", "Oxelösund", "··"} <= set(words(MAP))


def test_a_whole_country_is_drawn_with_every_municipality():
    whole = replace(MAP, whole_country=True)
    assert len(marks(whole)[0]) == 5
    assert len(drawn(whole, "page", "sv")) < 200_000


def test_small_charts_have_one_scale():
    bars = [element for element in elements(MULTIPLES) if element.get("role") and element.tag.endswith("rect")]
    heights = [float(element.get("height")) for element in bars]
    assert heights == [18, 72, 36]


def test_small_charts_of_many_periods_are_lines():
    many = replace(MULTIPLES, categories=QUARTERS, panels=(Panel("Norra", (LINES.series[0].cells,)),), highest=97)
    assert [element for element in elements(many) if element.tag.endswith("circle")]


def test_an_axis_has_round_steps_from_zero():
    assert ticks(0) == [0]
    assert ticks(3) == [0, 1, 2, 3]
    assert ticks(97) == [0, 50, 100]
    assert ticks(2069) == [0, 1000, 2000, 3000]


def test_every_diagram_is_on_paper_with_its_words():
    shown = replace(publication(), blocks=(*ALL, *publication().blocks))
    assert pdf_bytes(shown) == pdf_bytes(shown)
