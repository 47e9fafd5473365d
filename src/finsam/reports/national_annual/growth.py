"""How much earlier years have grown since they were published: what was registered or put right later."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from finsam.disclosure.cells import TOTAL, Cell, Counts, Key, Protected
from finsam.disclosure.protect import Release
from finsam.disclosure.relations import Address, equals
from finsam.publications.blocks import Block, Grid, GridRow, Heading, Paragraph, Show
from finsam.reports.release import Exact
from finsam.statistics.derived.shares import difference
from finsam.values.keys import written

TABLE: Final = "growth"
FIGURES: Final = ("printed", "persons", "more")


def counted(exact: Exact) -> Exact:
    """Let out how many can be followed now of the years that stand as they were printed from another snapshot.

    What a year has grown by is a change, and obeys what a correction obeys.
    """
    totals, known = exact.counts["totals"], exact.known
    cells: dict[Key, tuple[int | None, ...]] = {}
    corrected: dict[Address, Cell] = {}
    for key, (now,) in totals.cells.items():
        before = known.printed.get(_at(key))
        if key[1:] != ("identified", TOTAL) or _at(key) not in known.revised or now is None:
            continue
        if before is not None and before.value is not None:
            cells[key[:1]] = (now,)
            corrected[Address(TABLE, key[:1])] = before
    if not cells:
        return exact
    ties = tuple(equals(Address(TABLE, key), _at((*key, "identified", TOTAL))) for key in cells)
    return replace(
        exact,
        counts={**exact.counts, TABLE: Counts(TABLE, ("year",), ("persons",), cells)},
        relations=(*exact.relations, *ties),
        known=replace(known, corrected={**known.corrected, **corrected}),
    )


def table_of(release: Release, exact: Exact) -> Mapping[str, Protected]:
    """Give the table: as printed, now, and the difference; none when nothing stands from another snapshot."""
    if TABLE not in release.tables:
        return {}
    found = release[TABLE]
    cells = {
        key: (printed := exact.known.printed[_at((*key, "identified", TOTAL))], now, difference(printed, now))
        for key, (now,) in found.cells.items()
    }
    return {TABLE: replace(found, figures=FIGURES, cells=cells)}


def blocks(tables: Mapping[str, Protected]) -> Iterator[Block]:
    """Say how much earlier years have grown."""
    if TABLE in tables:
        yield Heading(2, _("Så mycket har tidigare år växt"))
        text = _(
            "Ett år står som det trycktes första gången. Här är hur många som går att följa nu, när det som har "
            "registrerats eller rättats senare är med."
        )
        yield Paragraph(text, counted=False)
        columns = (_("Som det trycktes"), _("Nu"), _("Skillnad"))
        rows = tuple(GridRow(written(key[0]), row) for key, row in sorted(tables[TABLE].cells.items()))
        caption = _("Deltagare registrerade med personuppgifter, då och nu")
        yield Grid(TABLE, caption, _("År"), (), columns, (Show.COUNT,) * 3, rows)


def _at(key: Key) -> Address:
    return Address("totals", key)
