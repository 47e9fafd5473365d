"""The report as an accessible PDF (PDF/UA-1 and PDF/A-2a): set by Typst, then given its row headers."""

import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime, time
from html import unescape
from pathlib import Path
from typing import Any

import pikepdf
import typst
from django.utils.translation import gettext as _
from django.utils.translation import override

from finsam.publications.blocks import Publication
from finsam.publications.charts import fonts
from finsam.publications.formats.html import named, source
from finsam.publications.formats.layout import pieces

TEMPLATE = Path(__file__).with_name("report.typ")
BUNDLED = "Libertinus Serif"  # comes with Typst; for letters the first font lacks


def pdf_bytes(publication: Publication) -> bytes:
    """The publication as PDF; its only date is the as-of date."""
    with override(publication.language):
        content = json.dumps(contents(publication), ensure_ascii=False)
    folder = fonts.folder()
    drawn = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[folder] if folder else [],
        ignore_system_fonts=True,
        sys_inputs={"report": content},
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(publication.as_of, time(), UTC),
    )
    return with_headers(drawn)


def contents(publication: Publication) -> dict[str, Any]:
    """Everything the template sets, as plain values."""
    return {
        "title": publication.title,
        "lead": publication.lead,
        "language": publication.language,
        "as_of": [publication.as_of.year, publication.as_of.month, publication.as_of.day],
        "fonts": [fonts.FAMILY, BUNDLED] if fonts.folder() else [BUNDLED],
        "source": unescape(source(publication)),
        "footer": f"Finsam · {named(publication)}",
        "page": _("Sida"),
        "of": _("av"),
        "pieces": [asdict(piece) for piece in pieces(publication, "print")],
    }


def with_headers(drawn: bytes) -> bytes:
    """Say in the tag tree which cells are headers: of columns above, of the row in its first cell."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn)) as document:
        for table in tagged(document.Root.StructTreeRoot, "/Table"):
            for section in tagged(table, "/THead"):
                for cell in tagged(section, "/TH"):
                    head_column(cell)
            for section in tagged(table, "/TBody"):
                for row in tagged(section, "/TR"):
                    head_row(row)
        document.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return stream.getvalue()


def tagged(element: pikepdf.Object, name: str) -> Iterator[pikepdf.Object]:
    """Every structure element of a name below an element, in reading order."""
    for child in children(element):
        if str(child.S) == name:
            yield child
        else:
            yield from tagged(child, name)


def children(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The structure elements directly below an element; marked content isn't one."""
    below = element.get("/K")
    items = list(below) if isinstance(below, pikepdf.Array) else [below]
    return [item for item in items if isinstance(item, pikepdf.Dictionary) and "/S" in item]


def head_column(cell: pikepdf.Object) -> None:
    """A header above: of its column or columns; the empty corner over the row headers is no header."""
    own = attributes(cell)
    if is_empty(cell):
        cell.S = pikepdf.Name.TD
        del own["/Scope"]
    else:
        own.Scope = pikepdf.Name.Column


def is_empty(cell: pikepdf.Object) -> bool:
    """Whether a cell holds neither text nor other elements."""
    below = cell.get("/K")
    return below is None or (isinstance(below, pikepdf.Array) and len(below) == 0)


def head_row(row: pikepdf.Object) -> None:
    """The first cell of a row is its header; Scope says all, so lists of header cells are taken away."""
    first, *rest = children(row)
    first.S = pikepdf.Name.TH
    attributes(first).Scope = pikepdf.Name.Row
    for cell in rest:
        attributes(cell)


def attributes(cell: pikepdf.Object) -> pikepdf.Object:
    """The cell's table attributes, without the list of headers that knows only those above."""
    found = [each for each in cell.A if str(each.O) == "/Table"] if "/A" in cell else []
    if not found:
        found = [pikepdf.Dictionary(O=pikepdf.Name.Table)]
        cell.A = pikepdf.Array([*cell.get("/A", []), *found])
    own: pikepdf.Object = found[0]
    if "/Headers" in own:
        del own["/Headers"]
    return own
