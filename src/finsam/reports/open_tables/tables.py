"""The open tables as every report says its tables: what each is, what it counts, what it tells of others."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from finsam.reports.open_tables.cubes import CUBES, Cube
from finsam.reports.table import Codes, Collection, Counted, Table, Tells, Unread
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import like
from finsam.statistics.tables.dimensions import DIMENSIONS


def _table(cube: Cube) -> Table:
    def of(_codes: Codes, column: str) -> Counted | None:
        counted = cube.columns.get(column)  # an edition may have one that the collection no longer has
        return Counted(*counted) if counted else None

    origin = [name for figure in cube.figures for name in FIGURES[figure].tables]
    origin += [name for dimension in cube.by for name in DIMENSIONS[like(dimension)].tables]
    return Table(
        cube.name,
        cube.caption,
        cube.dimensions,
        tuple(cube.columns),
        cube.counts,
        tuple(dict.fromkeys(origin)),
        Unread("about no persons") if cube.of_things else Tells((), of),
        of_things=cube.of_things,
    )


TABLES: Final = Collection(tuple(map(_table, CUBES)), columns={"year": _("År"), "quarter": _("Kvartal")}, unseen={})
