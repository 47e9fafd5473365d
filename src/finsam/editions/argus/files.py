"""What τ-ARGUS reads and writes: a table of counts as its text files, and the pattern in the table it gives back."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from pathlib import Path
from typing import Final

from finsam.disclosure.cells import TOTAL, Counts, Rule
from finsam.disclosure.relations import Address
from finsam.values.keys import Code

BATCH: Final = "table.arb"
GIVEN: Final = "table.txt"
ANSWER: Final = "answer.txt"
SUM: Final = "Total"
UNSAFE, SAFE = "U", "S"
LONGEST: Final = 1_000  # bytes of a line of the answer
STATUS: Final = 3  # the column of the answer, after the codes
PUT_ASIDE: Final = ("U", "M")  # too small, and hidden for the sake of others

Names = tuple[Mapping[Code, str], ...]  # for each dimension, the code that stands in the files for ours


def filled(table: Counts) -> list[str]:
    """Name the figures in which there is anybody: of a table of nobody it can't be asked."""
    return [figure for column, figure in enumerate(table.figures) if any(row[column] for row in table.cells.values())]


def write(folder: Path, table: Counts, figure: str, rule: Rule) -> Names:
    """Write one figure of a table that is additive all through, with the order to protect it."""
    names = tuple(_named(table, place, table.figures.index(figure)) for place in range(len(table.dimensions)))
    _text(folder / GIVEN, _rows(table, figure, rule, names))
    _text(folder / "table.rda", _metadata(table, names))
    for place, dimension in enumerate(table.dimensions):
        if parents := table.parents.get(dimension):
            _text(folder / f"{place}.hrc", _hierarchy(names[place], parents, TOTAL, 0))
    _text(folder / BATCH, _orders(table))
    return names


class AnswerError(ValueError):
    """There is no answer, or not a whole one."""


def read(folder: Path, table: Counts, figure: str, names: Names) -> Iterator[Address]:
    """Give the cells of the answer that are to be hidden."""
    ours = [{theirs: code for code, theirs in named.items()} for named in names]
    for fields in _fields(folder / ANSWER, lines=prod(map(len, names)), columns=len(names) + STATUS + 1):
        if fields[len(names) + STATUS] in PUT_ASIDE:
            yield Address(table.name, _key(ours, fields), figure)


def _fields(path: Path, lines: int, columns: int) -> list[list[str]]:
    try:
        if path.stat().st_size > lines * LONGEST:
            raise AnswerError(path.name)
        found = [line.split(";") for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as missing:
        raise AnswerError(path.name) from missing
    if len(found) != lines or any(len(fields) < columns for fields in found):
        raise AnswerError(path.name)
    return found


def _key(ours: Sequence[Mapping[str, Code]], fields: Sequence[str]) -> tuple[Code, ...]:
    """The codes of a line of the answer; one that we didn't give it is no answer."""
    try:
        return tuple(codes[field.strip('"')] for codes, field in zip(ours, fields, strict=False))
    except KeyError as strange:
        raise AnswerError(ANSWER) from strange


def _text(path: Path, lines: Iterator[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _named(table: Counts, place: int, column: int) -> Mapping[Code, str]:
    """Name the codes that anybody has: the answer has no others."""
    codes = sorted({key[place] for key, row in table.cells.items() if row[column]} - {TOTAL})
    return {TOTAL: SUM} | {code: f"c{number:05}" for number, code in enumerate(codes)}


def _rows(table: Counts, figure: str, rule: Rule, names: Names) -> Iterator[str]:
    column = table.figures.index(figure)
    for key, row in sorted(table.cells.items()):
        count = row[column]
        if count:
            codes = (named[code] for named, code in zip(names, key, strict=True))
            small = rule.is_small(count)
            below, above = (count, rule.threshold - count) if small else (0, 0)
            yield ";".join([*codes, *map(str, (count, count, UNSAFE if small else SAFE, below, above))])


def _metadata(table: Counts, names: Names) -> Iterator[str]:
    yield from ('<SEPARATOR> ";"', f'<SAFE> "{SAFE}"', f'<UNSAFE> "{UNSAFE}"', '<PROTECT> "P"')
    for place, dimension in enumerate(table.dimensions):
        yield from (f"d{place}", "  <RECODEABLE>", f'  <TOTCODE> "{SUM}"')
        if table.parents.get(dimension):
            yield from ("  <HIERARCHICAL>", f'  <HIERCODELIST> "{place}.hrc"', '  <HIERLEADSTRING> "@"')
    yield from ("n", "  <NUMERIC>", "  <DECIMALS> 0", "freq", "  <FREQUENCY>", "status", "  <STATUS>")
    yield from ("below", "  <NUMERIC> <LOWERPL>", "  <DECIMALS> 0", "above", "  <NUMERIC> <UPPERPL>", "  <DECIMALS> 0")


def _hierarchy(named: Mapping[Code, str], parents: Mapping[Code, Code], above: Code, depth: int) -> Iterator[str]:
    for code in named:
        if code != TOTAL and parents.get(code, TOTAL) == above:
            yield "@" * depth + named[code]
            yield from _hierarchy(named, parents, code, depth + 1)


def _orders(table: Counts) -> Iterator[str]:
    """The batch; a limit of 0 minutes is no limit."""
    dimensions = "".join(f'"d{place}"' for place in range(len(table.dimensions)))
    yield from (f'<OPENTABLEDATA> "{GIVEN}"', '<OPENMETADATA> "table.rda"')
    yield from (f'<SPECIFYTABLE> {dimensions}|"n"||', "<SAFETYRULE>", "<READTABLE> 0")
    yield from ("<SUPPRESS> MOD(1,0,1,1,0)", f'<WRITETABLE> (1,5,SO+,"{ANSWER}")')
