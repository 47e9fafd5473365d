"""JSON-stat 2.0 (json-stat.org): one table as a full cube, with a number or null in each cell and a mark that says why.

The codes of all dimensions cross, and last the columns of the table, which become a dimension. So the cube has cells
that the table lacks, such as an intervention under another association than its own: null too, with a mark of their
own, and never 0.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from itertools import product
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import override

from finsam.disclosure.protect import Cell, Protected, Rule, Status
from finsam.publications import cell_text
from finsam.publications.blocks import Tidy
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.values.keys import Code, Sum, written

HIDDEN: Final = ".."
MISSING: Final = "."
ABSENT: Final = "z"  # "not applicable" in what Eurostat and British offices publish; "x" is hidden in some countries
KEPT: Final = cell_text.KEPT_MARK
ROUNDED: Final = "≈"  # before what the figure is rounded to, which may differ between the years of a table
MEASURE: Final = "measure"  # the dimension of the columns; "figure" is a dimension of some tables
PERCENT: Final = "percent"  # the column of shares, which is one also where all of them are hidden
TIMES: Final = frozenset({"year", "quarter", "period"})
ASSOCIATION: Final = "association"  # no place of a code list, but it works in its municipalities
NOTHING_ELSE: Final[Mapping[str, Any]] = MappingProxyType({})
Part = dict[str, Any]


def jsonstat_bytes(
    tidy: Tidy,
    *,
    source: str,
    updated: str,
    language: str,
    note: Sequence[str] = (),
    rule: Rule | None = None,
    extension: Mapping[str, Any] = NOTHING_ELSE,
) -> bytes:
    """The table as one dataset in compact UTF-8; `updated`, a day or a moment in ISO 8601, is the only date in it.

    `extension` is what there is to say besides the language, what the marks mean, the rule and the editions that
    figures are repeated from. The words of the table are in the language already.
    """
    with override(language):
        cube = _cube(tidy)
        meanings = legend(tidy.table, cube["status"])
    whole = {
        "version": "2.0",
        "class": "dataset",
        "label": tidy.caption,
        "source": source,
        "updated": updated,
        **({"note": list(note)} if note else {}),
        "extension": {**extension, "language": language, "status": meanings, **_standing(tidy.table, rule)},
        **cube,
    }
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _standing(table: Protected, rule: Rule | None) -> Part:
    """By which rule figures are hidden, and from which editions some are repeated, where there is any to tell."""
    editions = sorted({cell.edition for row in table.cells.values() for cell in row} - {""})
    told = {"rule": asdict(rule) if rule else None, "editions": editions}
    return {name: what for name, what in told.items() if what}


def _cube(tidy: Tidy) -> Part:
    """The cells in the order of their dimensions, the last of which changes first.

    Marks are a whole array with the places of the values, in which an ordinary cell has an empty one. A status by place
    is read as well by all that read the format, but is three times as long where most cells are absent.
    """
    table = tidy.table
    if MEASURE in table.dimensions:
        raise ValueError(f"A dimension of {table.name} is called {MEASURE}, as that of the columns is")
    codes = {name: ordered(tidy, name) for name in table.dimensions}
    cells = list(_crossed(table, codes.values()))
    return {
        "id": [*codes, MEASURE],
        "size": [*map(len, codes.values()), len(table.figures)],
        "role": roles(table.dimensions),
        "dimension": {name: _dimension(tidy, name, codes[name]) for name in codes} | {MEASURE: _measures(tidy)},
        "value": [value(cell) for cell in cells],
        "status": [mark(cell) for cell in cells],
    }


def _crossed(table: Protected, codes: Iterable[Sequence[Code]]) -> Iterator[Cell | None]:
    """Each cell of the cube; None where the table has no such key."""
    absent = (None,) * len(table.figures)
    for key in product(*codes):
        yield from table.cells.get(key, absent)


def ordered(tidy: Tidy, dimension: str) -> list[Code]:
    """The codes of a dimension that the table has, as its words stand, then those without words, sums and the total.

    What has no words names itself and stands in its own order, as years do.
    """
    at = tidy.table.dimensions.index(dimension)
    order = {code: number for number, code in enumerate(tidy.words.get(dimension, {}))}

    def standing(code: Code) -> tuple[bool, bool, int, str]:
        return code is Sum.TOTAL, isinstance(code, Sum), order.get(code, len(order)), written(code)

    return sorted({key[at] for key in tidy.table.cells}, key=standing)


def roles(dimensions: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Which dimensions are of time, of places and of measures; a role that none has is left out."""
    times = [name for name in dimensions if name in TIMES]
    places = [name for name in dimensions if name in DIMENSIONS and (DIMENSIONS[name].places or name == ASSOCIATION)]
    return {role: names for role, names in (("time", times), ("geo", places), ("metric", [MEASURE])) if names}


def _dimension(tidy: Tidy, name: str, codes: Sequence[Code]) -> Part:
    words = {written(code): tidy.of(name, code) for code in codes}
    return {"label": tidy.column(name), "category": {"index": list(words), "label": words}}


def _measures(tidy: Tidy) -> Part:
    figures = tidy.table.figures
    columns = zip(figures, zip(*tidy.table.cells.values(), strict=True), strict=False)
    words = {figure: tidy.column(figure) for figure in figures}
    units = {figure: unit(figure, cells) for figure, cells in columns}
    return {"label": _("Mått"), "category": {"index": list(figures), "label": words, "unit": units}}


def unit(figure: str, cells: Iterable[Cell]) -> Part:
    """What a column is counted in: whole numbers, or percent with as many decimals as any of its shares needs."""
    shown = [(cell.value, value(cell)) for cell in cells]
    decimals = int(any(isinstance(number, float) for _exact, number in shown))
    if figure == PERCENT or any(isinstance(exact, Fraction) for exact, _number in shown):
        return {"decimals": decimals, "symbol": "%", "position": "end"}
    return {"decimals": decimals}


def value(cell: Cell | None) -> int | float | None:
    """The figure as the CSV file has it, and None where none may be shown, whatever the cell holds."""
    if cell is None or cell.status in {Status.SUPPRESSED, Status.MISSING}:
        return None
    figure = cell_text.number(cell)
    if isinstance(figure, Decimal):
        return int(figure) if figure == figure.to_integral_value() else float(figure)
    return figure


def mark(cell: Cell | None) -> str:
    """Why a cell has no figure, or what is to be known of the figure it has; nothing of an ordinary one."""
    if cell is None:
        return ABSENT
    if cell.status is Status.SUPPRESSED:
        return HIDDEN
    if value(cell) is None:
        return MISSING
    kept = KEPT if cell.status is Status.KEPT else ""
    return f"{kept}{ROUNDED}{cell.base}" if cell.base else kept


def legend(table: Protected, marks: Iterable[str]) -> Mapping[str, str]:
    """What the marks that occur mean, in the language that is spoken."""
    told = cell_text.meanings() | dict(cell_text.legend(cell for row in table.cells.values() for cell in row))
    whole = {
        ABSENT: _("kombinationen finns inte i tabellen"),
        HIDDEN: told[cell_text.HIDDEN],
        MISSING: told[cell_text.UNREGISTERED],
        KEPT: told.get(KEPT, ""),
    }
    rounded = {f"{ROUNDED}{base}": cell_text.rounded_to(base) for base in table.bases}
    both = {f"{KEPT}{sign}": f"{whole[KEPT]}. {words}" for sign, words in rounded.items()}
    every, occurring = whole | rounded | both, set(marks)
    return {sign: words for sign, words in every.items() if sign in occurring}
