"""The HTML report: stands alone, can be heard and read, and escapes what it is given."""

import re
from html.parser import HTMLParser

import pytest

from finsam.publications.formats.html import blocks_html, report_html
from tests.publications.invented import publication


class Page(HTMLParser):
    """The start tags of a page with their attributes, and what is in each cell of each row."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.rows = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append([])
        if tag in {"th", "td"}:
            self.rows[-1].append((tag, dict(attrs)))

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def text():
    return report_html(publication())


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_the_report_asks_for_nothing_outside_itself(text, page):
    assert not page.all("script") + page.all("link") + page.all("img")
    assert not re.search(r"url\((?!data:)", text)
    addresses = [value for _, attributes in page.tags for name, value in attributes.items() if name in {"href", "src"}]
    assert addresses
    assert all(address.startswith("#") for address in addresses)


def test_every_link_leads_to_a_place_in_the_report(page):
    places = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert {attributes["href"][1:] for attributes in page.all("a")} <= places


def test_no_name_of_a_place_is_used_twice(page):
    places = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(places) == len(set(places))


def test_the_language_is_said():
    assert Page(report_html(publication("en"))).all("html") == [{"lang": "en"}]
    assert Page(report_html(publication("sv"))).all("html") == [{"lang": "sv"}]


def test_every_table_has_a_caption_and_headers_with_scope(page):
    assert len(page.all("table")) == len(page.all("caption")) == 2
    assert {attributes["scope"] for attributes in page.all("th")} == {"col", "colgroup", "row"}


def test_rows_of_a_table_have_equally_many_cells(page):
    widths = [sum(int(attributes.get("colspan", 1)) for _, attributes in row) for row in page.rows]
    assert set(widths) == {6, 3}


def test_marks_are_explained_under_the_table_and_spoken_in_the_cell(text):
    assert '<span aria-hidden="true">··</span><span class="report-spoken">dold för att skydda personer</span>' in text
    after = text.split('id="tabell-ongoing"')[1]
    assert "<b>··</b> antalet är dolt" in after
    assert "<b>–</b> uppgiften saknas" in after
    assert "<b>0</b>" in after


def test_a_table_without_marks_has_no_legend(text):
    assert '<p class="report-legend"><span><b>' not in text.split('id="tabell-directions"')[1]


def test_text_is_never_markup(text):
    assert "&lt;b&gt;taggar&lt;/b&gt;" in text
    assert "<långt>" not in text
    assert "Påhittad rapport 2020 &lt;prov &amp; #test&gt;" in text


def test_the_snapshot_stands_in_the_foot(text):
    assert "2021-01-31-0123456789ab" in text.split("<footer")[1]
    assert "31 januari 2021" in text.split("<footer")[1]


def test_blocks_for_the_site_have_no_styles_of_their_own():
    tags = Page(blocks_html(publication())).tags
    assert not [tag for tag, attributes in tags if tag in {"style", "html", "h1"} or "style" in attributes]


def test_the_report_has_the_same_bytes_twice(text):
    assert report_html(publication()) == text
