"""The PDF report: its tag tree is walked, for the outside checker can't be part of the tests."""

import io
import re

import pikepdf
import pytest

from finsam.publications.formats.pdf import children, pdf_bytes, tagged
from tests.publications.invented import ONGOING, publication

XMP = {
    "pdfaid:part": "2",
    "pdfaid:conformance": "A",
    "pdfuaid:part": "1",
}


@pytest.fixture(scope="module")
def written():
    return pdf_bytes(publication())


@pytest.fixture(scope="module")
def document(written):
    with pikepdf.open(io.BytesIO(written)) as opened:
        yield opened


def found(document, name):
    return list(tagged(document.Root.StructTreeRoot, name))


def attribute(cell, name):
    return next((each[name] for each in cell.get("/A", []) if each.get("/O") == "/Table" and name in each), None)


def rows(table):
    return [children(row) for row in tagged(table, "/TR")]


def test_the_document_says_its_language_and_shows_its_title(document):
    assert str(document.Root.Lang) == "sv"
    assert document.Root.ViewerPreferences.DisplayDocTitle is True
    assert str(document.docinfo.Title) == publication().title
    assert document.Root.MarkInfo.Marked is True


def test_the_document_says_which_standards_it_keeps(document):
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        assert {name: metadata[name] for name in XMP} == XMP


def test_an_english_report_says_so():
    with pikepdf.open(io.BytesIO(pdf_bytes(publication("en")))) as english:
        assert str(english.Root.Lang) == "en"


def test_every_row_of_a_table_has_equally_many_cells(document):
    widths = []
    for table in found(document, "/Table"):
        assert not [cell for row in rows(table) for cell in row if attribute(cell, "/RowSpan")]
        [width] = {sum(int(attribute(cell, "/ColSpan") or 1) for cell in row) for row in rows(table)}
        widths.append(width)
    assert widths == [6, 3]


def test_columns_and_rows_have_headers_with_scope(document):
    for table in found(document, "/Table"):
        head = [cell for section in tagged(table, "/THead") for cell in tagged(section, "/TH")]
        assert head
        assert {str(attribute(cell, "/Scope")) for cell in head} == {"/Column"}
        for section in tagged(table, "/TBody"):
            for row in tagged(section, "/TR"):
                first, *others = children(row)
                assert (str(first.S), str(attribute(first, "/Scope"))) == ("/TH", "/Row")
                assert {str(cell.S) for cell in others} == {"/TD"}


def test_no_header_is_empty_and_no_cell_points_to_a_header_that_is_gone(document):
    for table in found(document, "/Table"):
        for row in rows(table):
            assert not [cell for cell in row if cell.S == pikepdf.Name.TH and "/K" not in cell]
            assert not [cell for cell in row if attribute(cell, "/Headers") is not None]


def test_every_table_has_its_caption_and_every_row(document):
    tables = found(document, "/Table")
    assert [len(list(tagged(table, "/Caption"))) for table in tables] == [1, 1]
    assert [len(rows(table)) for table in tables] == [2 + len(ONGOING.rows), 1 + 60]


def test_every_figure_has_its_alternative_text(document):
    texts = [str(figure.Alt) for figure in found(document, "/Figure")]
    assert len(texts) == 2
    assert "2016: kvinnor 1\u00a0354, män 557" in texts[0]


def test_headings_skip_no_level(document):
    levels = [
        int(str(element.S)[2:])
        for top in children(document.Root.StructTreeRoot)
        for element in children(top)
        if str(element.S) in {"/H1", "/H2", "/H3"}
    ]
    assert levels == [1, 1, 2, 1]


def test_every_letter_is_embedded(document):
    fonts = [font for page in document.pages for font in page.resources.get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        below = font.DescendantFonts[0].FontDescriptor if "/DescendantFonts" in font else font.FontDescriptor
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(below.keys())
        assert "/ToUnicode" in font


def letters(font):
    """What each code of a font stands for, from its own table."""
    table = font.ToUnicode.read_bytes().decode()
    pairs = re.findall(r"<(\w+)>\s*<(\w+)>\s*$", table, re.MULTILINE)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def text_of(page):
    """The letters of a page in the order they are drawn."""
    fonts = {name: letters(font) for name, font in page.resources.Font.items()}
    read, current = [], {}
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator == "Tf":
            current = fonts[str(operands[0])]
        if operator in {"Tj", "TJ"}:
            parts = operands[0] if operator == "TJ" else operands
            codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
            read += [current[int.from_bytes(codes[at : at + 2])] for at in range(0, len(codes), 2)]
    return "".join(read).replace("\u00a0", " ")


def test_marks_pages_and_snapshot_can_be_read(document):
    first = text_of(document.pages[0])
    assert "1–4 personer är dolda (··)" in first
    assert "*inte* fetstil, inte $matematik$ och inte <b>taggar</b>" in first
    assert "ögonblicksbild 2021-01-31-0123456789ab" in first
    assert "Sida 1 av 3" in first


def test_a_long_table_repeats_its_header(document):
    pages = [text_of(page) for page in document.pages]
    assert [page.count("InriktningInsatserFörbund") for page in pages] == [0, 1, 1]


def test_the_only_date_is_the_as_of_date(document):
    dates = {str(document.docinfo[name]) for name in ("/CreationDate", "/ModDate")}
    assert dates == {"D:20210131000000Z"}


def test_the_report_has_the_same_bytes_twice(written):
    assert pdf_bytes(publication()) == written
