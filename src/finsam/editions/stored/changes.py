"""What an edition shows of what has changed since an earlier one: the changed cells, old and new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from finsam.editions.stored.content import Content
from finsam.publications.blocks import Block, Grid, GridRow, Heading, Paragraph, Publication, Show, Tidy
from finsam.statistics.derived.revisions import Change, changes, table
from finsam.values.keys import Code, joined

TABLE = "changes"


def between(before: Content, publication: Publication) -> list[Change]:
    """The cells that an earlier edition shows otherwise, in the tables they have in common."""
    return list(changes(before.tables, (tidy.table for tidy in publication.tables if tidy.table.name != TABLE)))


def with_changes(publication: Publication, before: Content, reason: str = "") -> Publication:
    """Add to a publication what it changes in an earlier edition; a correction says at the top that it is one."""
    found = between(before, publication)
    with translation.override(publication.language):
        blocks = (*_correction(before, reason), *publication.blocks, *_blocks(publication, before, found))
        tables = (*publication.tables, _tidy(publication, before, found))
    return replace(publication, blocks=blocks, tables=tables)


def words(publication: Publication, change: Change) -> str:
    """The place of a cell in words."""
    tidy = _tables(publication)[change.table]
    return f"{_row(tidy, change)} ({tidy.column(change.figure).lower()})"


def _row(tidy: Tidy, change: Change) -> str:
    return ", ".join(tidy.row(change.key))


def _tables(publication: Publication) -> dict[str, Tidy]:
    return {tidy.table.name: tidy for tidy in publication.tables}


def _correction(before: Content, reason: str) -> Iterator[Block]:
    if reason:
        text = _("Den här utgåvan rättar den som gjordes per %(day)s. Orsak: %(reason)s")
        yield Paragraph(text % {"day": before.inputs.as_of, "reason": reason}, counted=False)


def _blocks(publication: Publication, before: Content, found: Sequence[Change]) -> Iterator[Block]:
    yield Heading(2, _("Ändrat sedan en tidigare utgåva"))
    facts = {"title": before.publication.title, "day": before.inputs.as_of}
    if not found:
        text = _("Ingen siffra som också står i ”%(title)s” (uppgifter per %(day)s) är ändrad.")
        yield Paragraph(text % facts, counted=False)
        return
    text = _(
        "Siffrorna nedan var andra i ”%(title)s” (uppgifter per %(day)s). Det som registreras eller rättas senare "
        "ändrar också tidigare år."
    )
    yield Paragraph(text % facts, counted=False)
    for tidy in publication.tables:
        counts = [one for one in found if one.table == tidy.table.name and "percent" not in tidy.table.figures]
        rows = tuple(
            GridRow(words(publication, one), (replace(one.before, at=None), one.after)) for one in counts
        )  # percentages follow from the counts; all of them stand in the file
        if rows:
            columns = (_("Före"), _("Nu"))
            shows = (Show.COUNT, Show.COUNT)
            yield Grid(f"{TABLE}_{tidy.table.name}", tidy.caption, _("Siffra"), (), columns, shows, rows)


def _tidy(publication: Publication, before: Content, found: Sequence[Change]) -> Tidy:
    tables = _tables(publication)
    said: dict[str, dict[Code, str]] = {
        "table": {name: tidy.caption for name, tidy in tables.items()},
        "cell": _places(tables, found),
        "figure": {one.figure: tables[one.table].column(one.figure) for one in found},
    }
    columns = {
        "table": _("Tabell"), "cell": _("Cell"), "figure": _("Mått"), "before": _("Före"), "after": _("Nu"),
    }  # fmt: skip
    caption = _("Ändrat sedan utgåvan per %(day)s") % {"day": before.inputs.as_of}
    return Tidy(table(TABLE, found), caption, columns, said)


def _places(tables: Mapping[str, Tidy], found: Sequence[Change]) -> dict[Code, str]:
    """The words of each place; the same codes with other words in another table are left as they are."""
    said: dict[Code, set[str]] = {}
    for one in found:
        said.setdefault(joined(one.key), set()).add(_row(tables[one.table], one))
    return {code: words for code, (words, *others) in said.items() if not others}
