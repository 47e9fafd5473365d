"""A publication says what was done with it: what is left out or rounded, and from which editions it repeats years.

Of a table that is left out nothing is there: not the table, and no block in which nothing else stands.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace

from django.utils.translation import gettext as _

from finsam.disclosure.arrangement import Arrangement
from finsam.disclosure.cells import Cell, Status
from finsam.publications.blocks import Block, Heading, Paragraph, Publication
from finsam.values.keys import written


def arranged(publication: Publication, arrangement: Arrangement) -> Publication:
    """Take away what is left out, say at the top what is left out or rounded, and last from where years come."""
    said = tuple(Paragraph(text, counted=False) for text in _said(publication, arrangement))
    repeated = tuple(_repeated(publication))
    if not arrangement.without:
        return replace(publication, blocks=(*said, *publication.blocks, *repeated))
    left_out = arrangement.without
    tables = tuple(tidy for tidy in publication.tables if tidy.table.name not in left_out)
    kept = (block for block in publication.blocks if not _is_empty(block, left_out))
    return replace(publication, blocks=(*said, *_headed(kept), *repeated), tables=tables)


def _said(publication: Publication, arrangement: Arrangement) -> Iterator[str]:
    captions = {tidy.table.name: tidy.caption for tidy in publication.tables}
    for name in sorted(arrangement.without):
        yield _("Tabellen ”%(table)s” är utelämnad, så att ingen ska kunna kännas igen.") % {"table": captions[name]}
    for name in sorted(arrangement.rounded):
        yield _("Tabellen ”%(table)s” är avrundad, så att ingen ska kunna kännas igen.") % {"table": captions[name]}


def _repeated(publication: Publication) -> Iterator[Block]:
    found = sorted(_editions(publication).items())
    if found:
        yield Heading(2, _("Det som har publicerats förut"))
        places = [
            _("%(years)s i utgåvan %(edition)s") % {"years": spans(years), "edition": one} for one, years in found
        ]
        text = _("En siffra publiceras en gång. Det här står som det trycktes: %(places)s.")
        yield Paragraph(text % {"places": "; ".join(places)}, counted=False)


def _editions(publication: Publication) -> Mapping[str, set[int]]:
    """Give the editions that something is repeated from, and of which years."""
    found: dict[str, set[int]] = {}
    for table in (tidy.table for tidy in publication.tables if "year" in tidy.table.dimensions):
        place = table.dimensions.index("year")
        for key, row in table.cells.items():
            for edition in {cell.edition for cell in row} - {""}:
                found.setdefault(edition, set()).add(int(written(key[place])))
    return found


def spans(years: Iterable[int]) -> str:
    """Write years with those in a row as a span."""
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _is_empty(block: Block, left_out: Collection[str]) -> bool:
    """Tell whether nothing stands in a block but what is left out."""
    cells = list(cells_of(block))
    return bool(cells) and all(
        cell.status is Status.MISSING or (cell.at is not None and cell.at.table in left_out) for cell in cells
    )


def cells_of(part: object) -> Iterator[Cell]:
    """Give the cells that stand in a block, wherever."""
    if isinstance(part, Cell):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from cells_of(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from cells_of(getattr(part, field.name))


def _headed(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out headings with nothing under them."""
    waiting: list[Heading] = []
    for block in blocks:
        if isinstance(block, Heading):
            waiting = [one for one in waiting if one.level < block.level]
            waiting.append(block)
        else:
            yield from waiting
            waiting = []
            yield block
