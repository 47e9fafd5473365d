"""One way to write values down: frozen dataclasses, tuples, mappings, fractions and days as JSON, and back again.

Cells are kept short, since there are thousands: the figure or null, the status unless it is ok, and where it stands.
So are sums: each is its word, and any other text that is spelled so is marked (`values.keys`).
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from finsam.disclosure import cells, relations
from finsam.disclosure.cells import Cell, Status, read_back
from finsam.disclosure.relations import Address
from finsam.publications import blocks
from finsam.values.keys import Sum, read, written

WHAT: Final = "is"
KNOWN: Final[Mapping[str, Any]] = {
    name: kind
    for module in (cells, relations, blocks)
    for name, kind in vars(module).items()
    if isinstance(kind, type) and (is_dataclass(kind) or issubclass(kind, StrEnum))
}


def encode(value: Any) -> Any:
    """Turn a value into what JSON has words for."""
    if isinstance(value, Cell):
        return _cell(value)
    if isinstance(value, Address):
        return {WHAT: "at", "of": _placed(value)}
    if isinstance(value, StrEnum):
        return {WHAT: type(value).__name__, "of": value.value}
    if value is None or isinstance(value, str | int | Sum):
        return written(value) if isinstance(value, str | Sum) else value
    if is_dataclass(value) and not isinstance(value, type):
        return {WHAT: type(value).__name__} | {one.name: _part(value, one.name) for one in fields(value)}
    return _gathered(value)


def decode(value: Any) -> Any:
    """Turn it back."""
    if isinstance(value, list):
        return tuple(decode(one) for one in value)
    if isinstance(value, str):
        return read(value)
    if not isinstance(value, dict):
        return value
    what = value[WHAT]
    if what in BACK:
        return BACK[what](value)
    kind = KNOWN[what]
    if issubclass(kind, StrEnum):
        return kind(value["of"])
    return kind(**{name: decode(part) for name, part in value.items() if name != WHAT})


def _gathered(value: Any) -> Any:
    if isinstance(value, Fraction):
        return {WHAT: "share", "of": [value.numerator, value.denominator]}
    if isinstance(value, date):
        return {WHAT: "day", "of": value.isoformat()}
    if isinstance(value, list | tuple):
        return [encode(one) for one in value]
    if isinstance(value, frozenset):
        return {WHAT: "set", "of": sorted(encode(one) for one in value)}
    if isinstance(value, Mapping):
        return {WHAT: "map", "of": [[encode(key), encode(value[key])] for key in sorted(value)]}
    raise TypeError(f"{type(value).__name__} has no way to be written down")


def _part(value: Any, name: str) -> Any:
    """Write a field down; the codes of a table stand in the order that their words are given in."""
    part = getattr(value, name)
    if not isinstance(value, blocks.Tidy) or name != "words":
        return encode(part)
    said = {one: {WHAT: "map", "of": [[encode(code), words] for code, words in of.items()]} for one, of in part.items()}
    return {WHAT: "map", "of": [[one, said[one]] for one in sorted(said)]}


def _cell(cell: Cell) -> dict[str, Any]:
    short: dict[str, Any] = {WHAT: "cell", "of": encode(cell.value)}
    if cell.status is not Status.OK:
        short["status"] = cell.status.value
    if cell.at is not None:
        short["at"] = _placed(cell.at)
    if cell.few:
        short["few"] = True
    if cell.edition:
        short["edition"] = cell.edition
    if cell.base:
        short["base"] = cell.base
    return short


def _placed(address: Address) -> list[str]:
    return [address.table, *map(written, address.key), address.figure]


def _address(words: list[str]) -> Address:
    return Address(words[0], tuple(map(read, words[1:-1])), words[-1])


def _tidy(found: dict[str, Any]) -> blocks.Tidy:
    """Read a table with its words; editions once kept the words of all its columns and codes together."""
    parts = {name: decode(part) for name, part in found.items() if name != WHAT}
    if "labels" in parts:
        words, held = parts.pop("labels"), parts["table"]
        codes = (dict.fromkeys(key[place] for key in held.cells) for place in range(len(held.dimensions)))
        named = ({code: words[code] for code in every if code in words} for every in codes)
        parts["columns"] = {name: words[name] for name in (*held.dimensions, *held.figures) if name in words}
        parts["words"] = dict(zip(held.dimensions, named, strict=True))
    return blocks.Tidy(**parts)


def _table(found: dict[str, Any]) -> cells.Protected:
    """Read a protected table; editions once kept what it is rounded to with the table, and not with its cells."""
    parts = {name: decode(part) for name, part in found.items() if name != WHAT}
    if base := parts.pop("base", None):
        rows = parts["cells"]
        parts["cells"] = {key: tuple(replace(cell, base=base) for cell in rows[key]) for key in rows}
    return cells.Protected(**parts)


BACK: Final[Mapping[str, Callable[[dict[str, Any]], Any]]] = {
    "cell": lambda found: read_back(
        decode(found["of"]),
        Status(found.get("status", "ok")),
        _address(found["at"]) if "at" in found else None,
        few=found.get("few", False),
        edition=found.get("edition", ""),
        base=found.get("base"),
    ),
    "at": lambda found: _address(found["of"]),
    "Tidy": _tidy,
    "Protected": _table,
    "share": lambda found: Fraction(*found["of"]),
    "day": lambda found: date.fromisoformat(found["of"]),
    "set": lambda found: frozenset(decode(one) for one in found["of"]),
    "map": lambda found: {decode(key): decode(one) for key, one in found["of"]},
}
