"""Charts: a bar for each figure that may be shown, named in words, without styles or English descriptions."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from finsam.disclosure.protect import Cell
from finsam.publications.blocks import Series
from finsam.publications.charts import charts, fonts, palette
from finsam.publications.charts.alt_text import described
from finsam.publications.charts.charts import bars_svg
from tests.publications.invented import DIRECTIONS, HIDDEN, NEW

STYLES = Path(charts.__file__).parent.parent / "static" / "publications" / "report.css"


def elements(bars, theme="light", language="sv"):
    return list(ET.fromstring(bars_svg(bars, theme, language)).iter())


def bars_of(found):
    return [element for element in found if element.get("role") == "graphics-symbol"]


def test_each_shown_figure_is_a_bar_with_its_name_in_words():
    names = [bar.get("aria-label") for bar in bars_of(elements(NEW))]
    assert names == [
        "2016, kvinnor, 1\u00a0354 nya deltagare",
        "2017, kvinnor, 1\u00a0753 nya deltagare",
        "2018, kvinnor, 2\u00a0069 nya deltagare",
        "2020, kvinnor, 1\u00a0272 nya deltagare",
        "2016, män, 557 nya deltagare",
        "2017, män, 0 nya deltagare",
        "2020, män, 587 nya deltagare",
    ]


def test_what_the_table_hides_is_not_drawn():
    hidden = replace(NEW, series=tuple(replace(series, cells=(HIDDEN,) * 5) for series in NEW.series))
    found = elements(hidden)
    assert not bars_of(found)
    texts = [element.text for element in found if element.text]
    assert texts.count("··") == 10
    assert [text for text in texts if text.isdigit()] == ["2016", "2017", "2018", "2019", "2020", "0"]


def test_small_counts_have_whole_steps_on_the_axis():
    few = replace(NEW, series=(replace(NEW.series[0], cells=(Cell(Fraction(6)), *(Cell(0),) * 4)),))
    assert not [element.text for element in elements(few) if element.text and "," in element.text]


def test_categories_keep_their_order_when_one_has_no_bar():
    texts = [element.text for element in elements(NEW) if element.text and element.text.startswith("20")]
    assert texts == ["2016", "2017", "2018", "2019", "2020"]


def test_values_stand_on_the_marks_only_when_they_are_few():
    many = replace(NEW, series=(*NEW.series, Series("Övriga", "neutral", (Cell(77),) * 5)))
    assert "1\u00a0354" in [element.text for element in elements(NEW)]
    texts = [element.text for element in elements(many)]
    assert "1\u00a0354" not in texts
    assert "77" not in texts
    assert texts.count("··") == 2


def test_nothing_in_a_chart_needs_an_inline_style_or_speaks_english():
    for bars in (NEW, DIRECTIONS):
        found = elements(bars, "page")
        for element in found:
            assert not {"style", "class", "aria-roledescription"} & set(element.attrib)
        spoken = " ".join(element.get("aria-label", "") for element in found)
        assert not {"axis", "legend", "chart", "titled"} & set(spoken.split())


def test_the_chart_itself_has_its_finding_as_name():
    assert elements(NEW)[0].get("aria-label") == f"{NEW.title}. {NEW.subtitle}"


def test_english_numbers_in_an_english_chart():
    assert "1,354" in [element.text for element in elements(NEW, language="en")]


def test_the_description_says_every_cell_and_hides_what_the_table_hides():
    words = described(NEW, "sv")
    assert "2016: kvinnor 1\u00a0354, män 557" in words
    assert "2019: kvinnor dold för att skydda personer" in words


@pytest.mark.parametrize("theme", ["light", "dark", "print", "page"])
def test_a_chart_has_the_same_bytes_twice(theme):
    assert bars_svg(NEW, theme, "sv") == bars_svg(NEW, theme, "sv")


def test_the_style_sheet_has_the_colours_of_the_charts():
    light, dark = STYLES.read_text("utf-8").split("prefers-color-scheme: dark", 1)
    for use in ("women", "men", "first", "second", "third", "land", *palette.STEPS):
        assert f"--chart-{use}: {palette.LIGHT[use]};" in light
        assert f"--chart-{use}: {palette.DARK[use]};" in dark


def test_fonts_are_unpacked_into_the_home_and_renewed_there(home):
    kept = home / "fonts"
    assert fonts.folder() == kept
    assert len(list(kept.iterdir())) == len(fonts.WEIGHTS)
    one = next(kept.iterdir())
    fresh = one.read_bytes()
    assert fresh.startswith(b"\x00\x01\x00\x00")
    one.write_bytes(b"of an older release")
    fonts.unpacked.cache_clear()
    assert fonts.folder() == kept
    assert one.read_bytes() == fresh
    assert len(list(kept.iterdir())) == len(fonts.WEIGHTS)


def test_without_the_assets_the_tools_own_fonts_serve(home, settings):
    settings.ASSETS = home / "nothing"
    assert fonts.folder() is None
    assert fonts.font_faces() == ""


def test_long_names_in_a_legend_stand_under_each_other():
    names = ("Unga med aktivitetsersättning", "Långtidssjukskrivna personer", "Unga med funktionsnedsättning")
    roles = ("first", "second", "third")
    cells = (Cell(7),) * 5
    long = replace(NEW, series=tuple(Series(name, role, cells) for name, role in zip(names, roles, strict=True)))
    found = elements(long)
    assert set(names) <= {element.text for element in found}


def test_only_web_fonts_are_unpacked():
    with pytest.raises(ValueError, match="WOFF"):
        fonts.opentype(b"OTTO" + b"\0" * 40)
