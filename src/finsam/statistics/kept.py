"""Cells and tables that were let out once, as they are written down, and read back as they were."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from finsam.statistics.cells import Cell, Protected, Status
from finsam.statistics.relations import Address


def cell(value: int | Fraction | None, status: str, at: Address | None = None) -> Cell:
    """Give a cell back as it was let out."""
    return Cell(value, Status(status), at)


def written(table: Protected) -> dict[str, Any]:
    """Write a table of whole numbers down in words of JSON: of each cell its figure, or why there is none."""
    rows = [[list(key), [_short(cell) for cell in row]] for key, row in table.cells.items()]
    return {
        "dimensions": list(table.dimensions),
        "figures": list(table.figures),
        "additive": sorted(table.additive),
        "persons": table.persons,
        "cells": rows,
    }


def read(name: str, facts: Mapping[str, Any]) -> Protected:
    """Give the table that was written down."""
    cells = {tuple(key): tuple(_long(one) for one in row) for key, row in facts["cells"]}
    names = tuple(facts["dimensions"]), tuple(facts["figures"])
    return Protected(name, *names, cells, additive=frozenset(facts["additive"]), persons=facts["persons"])


def _short(cell: Cell) -> int | str:
    return int(cell.value) if cell.value is not None else cell.status.value


def _long(one: int | str) -> Cell:
    return Cell(None, Status(one)) if isinstance(one, str) else Cell(one)
