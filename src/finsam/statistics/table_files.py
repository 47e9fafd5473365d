"""Anyone's published table as a CSV text, read and checked: women + men, parts of wholes, shares of their bases."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from finsam.statistics import consistency
from finsam.statistics.consistency import Finding
from finsam.values.keys import Sum
from finsam.values.sentences import SentenceError, gettext_noop

TOTAL: Final[str] = Sum.TOTAL.value  # as files write it
SEXES: Final = ("women", "men")
PRINTED: Final = ("total", "published_total")
STATUS: Final = "status"
ROUNDED_TO: Final = "rounded_to"  # each figure by itself: they need not add up
PERSONS: Final = frozenset({"persons", "participations", "heads"})  # women + men make up the total
COUNTS: Final = PERSONS | {"interventions", "associations"}  # a part is never more than the whole
ONE_VALUE: Final = frozenset({"age_group", "county", "education", "municipality", "region"})  # of a person in a year
WHOLE_FLOW: Final = "ongoing"
PARTS_OF_FLOW: Final = ("new", "ended")
NOT_SHOWN: Final = frozenset({"", "·", "··", ".", "..", "…", "*", "-", "\u2013", "\u2014", "x", "X"})
SPACES: Final = dict.fromkeys(map(ord, " \u00a0\u2009\u202f"))
ROUNDING: Final = 1  # by how much two rounded shares can miss 100

Number = int | Fraction | None


@dataclass(frozen=True)
class Row:
    """A row: the codes that name it, and its figures by column; None is a figure that is not shown."""

    codes: tuple[str, ...]
    figures: Mapping[str, Number]

    @property
    def name(self) -> str:
        """The row as it is found in the file."""
        return ",".join(self.codes)


@dataclass(frozen=True)
class TableFile:
    """A table: the columns that name its rows, and the rows."""

    dimensions: tuple[str, ...]
    rows: tuple[Row, ...]
    rounded: bool = False


def read(text: str) -> TableFile:
    """Read a table divided by commas or semicolons; refused with a sentence when it cannot be understood."""
    try:
        columns, lines = _lines(text)
    except csv.Error as fault:
        raise SentenceError("table.csv", gettext_noop("Filen går inte att läsa som CSV.")) from fault
    if set(SEXES) <= set(columns):
        figures = [name for name in columns if name in (*SEXES, *PRINTED)]
        if not set(PRINTED) & set(figures):
            raise SentenceError(
                "table.total", gettext_noop("Tabellen har women och men men varken total eller published_total.")
            )
    elif STATUS in columns:
        figures = _tidy_figures(columns, lines)
    else:
        raise SentenceError(
            "table.columns",
            gettext_noop(
                "Tabellen ska ha kolumnerna women, men och total eller published_total, eller vara en av Finsams "
                "egna med kolumnen status."
            ),
        )
    names = tuple(name for name in columns if name not in (*figures, STATUS, ROUNDED_TO))
    rows = tuple(_row(number, line, names, figures) for number, line in lines)
    return TableFile(names, rows, rounded=ROUNDED_TO in columns)


def findings(table: TableFile) -> Iterator[Finding]:
    """Find what does not hold, in the order of the rows; in a rounded table nothing need add up."""
    if table.rounded:
        return
    for row in table.rows:
        yield from _printed(row)
        yield from _shares(row)
    if "sex" in table.dimensions:
        yield from _by_sex(table)
    yield from _parts(table)


def _printed(row: Row) -> Iterator[Finding]:
    women, men = (row.figures.get(sex) for sex in SEXES)
    for column in PRINTED:
        printed = row.figures.get(column)
        if women is not None and men is not None and printed is not None:
            yield from _any(consistency.total(row.name, women, men, printed))


def _shares(row: Row) -> Iterator[Finding]:
    printed = row.figures.get("percent")
    if printed is None:
        return
    part, whole, base = (row.figures.get(name) for name in ("persons", "recipients", "base"))
    of = base if whole is None else whole
    if isinstance(part, int) and isinstance(of, int):
        yield from _any(consistency.share(row.name, part, of, Fraction(printed)))
    elif isinstance(base, int):
        yield from _any(consistency.possible(row.name, base, Fraction(printed)))


def _by_sex(table: TableFile) -> Iterator[Finding]:
    for codes, rows in _families(table, "sex").items():
        for figure in rows[codes].figures if codes in rows else ():
            women, men, whole = (_figure(rows.get(_put(table, codes, sex)), figure) for sex in (*SEXES, TOTAL))
            if women is None or men is None or whole is None:
                continue
            if figure in PERSONS:
                yield from _any(consistency.total(",".join(codes), women, men, whole))
            elif figure == "percent" and abs(Fraction(women + men) - 100) > ROUNDING >= abs(Fraction(whole) - 100):
                if len({_figure(rows.get(_put(table, codes, sex)), "base") for sex in (*SEXES, TOTAL)}) > 1:
                    continue  # each sex is a share of its own base
                yield from _any(consistency.total(",".join(codes), women, men, 100))


def _parts(table: TableFile) -> Iterator[Finding]:
    """Compare every part with its total, and the sum of parts where each person is in one of them only."""
    for dimension in table.dimensions:
        for codes, rows in _families(table, dimension).items():
            for figure in sorted(COUNTS):
                yield from _within(table, dimension, codes, rows, figure)
    for codes, rows in _families(table, "flow").items() if "flow" in table.dimensions else ():
        for part, figure in ((part, figure) for part in PARTS_OF_FLOW for figure in sorted(PERSONS)):
            own = _put(table, codes, part, "flow")
            new = _figure(rows.get(own), figure)
            ongoing = _figure(rows.get(_put(table, codes, WHOLE_FLOW, "flow")), figure)
            if new is not None and ongoing is not None:
                yield from _any(consistency.at_most(",".join(own), new, ongoing))


def _within(
    table: TableFile, dimension: str, codes: tuple[str, ...], rows: Mapping[tuple[str, ...], Row], figure: str
) -> Iterator[Finding]:
    whole = _figure(rows.get(codes), figure)
    if whole is None:
        return
    parts = {own: value for own, row in rows.items() if own != codes and (value := _figure(row, figure)) is not None}
    for own, part in parts.items():
        yield from _any(consistency.at_most(",".join(own), part, whole))
    if dimension in ONE_VALUE and figure in PERSONS:
        yield from _any(consistency.at_most(",".join(codes), sum(parts.values()), whole))


def _families(table: TableFile, dimension: str) -> dict[tuple[str, ...], dict[tuple[str, ...], Row]]:
    """Collect rows that differ in one dimension only, under the codes of their total."""
    families: dict[tuple[str, ...], dict[tuple[str, ...], Row]] = {}
    for row in table.rows:
        total = _put(table, row.codes, TOTAL, dimension)
        families.setdefault(total, {})[row.codes] = row
    return families


def _put(table: TableFile, codes: tuple[str, ...], code: str, dimension: str = "sex") -> tuple[str, ...]:
    place = table.dimensions.index(dimension)
    return (*codes[:place], code, *codes[place + 1 :])


def _figure(row: Row | None, figure: str) -> Number:
    return None if row is None else row.figures.get(figure)


def _any(finding: Finding | None) -> Iterator[Finding]:
    if finding is not None:
        yield finding


Lines = Sequence[tuple[int, Mapping[str, str]]]  # number in the file, text by column


def _lines(text: str) -> tuple[list[str], Lines]:
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    columns = [name.strip().lower() for name in next(reader, [])]
    if len(columns) < 2 or len(set(columns)) < len(columns) or "" in columns:
        raise SentenceError(
            "table.header", gettext_noop("Första raden ska namnge minst två kolumner, var och en en gång.")
        )
    lines = []
    for fields in reader:
        if not any(part.strip() for part in fields):
            continue
        if len(fields) != len(columns):
            raise SentenceError(
                "table.ragged",
                gettext_noop("Rad %(row)s har %(found)s fält i stället för %(wanted)s. Rätta raden och försök igen."),
                {"row": reader.line_num, "found": len(fields), "wanted": len(columns)},
            )
        lines.append((reader.line_num, {name: part.strip() for name, part in zip(columns, fields, strict=True)}))
    return columns, lines


def _tidy_figures(columns: Sequence[str], lines: Lines) -> list[str]:
    """Tell figures from codes in one of our own tables: the first columns that name each row once are its codes."""
    own = [name for name in columns if name not in (STATUS, ROUNDED_TO)]
    for names in range(1, len(own) + 1):
        keys = [tuple(line[name] for name in own[:names]) for _, line in lines]
        numeric = all(_is_number(line[name]) for _, line in lines for name in own[names:])
        if numeric and len(set(keys)) == len(keys):
            return own[names:]
    return []


def _row(number: int, line: Mapping[str, str], names: Sequence[str], figures: Sequence[str]) -> Row:
    shown = line.get(STATUS, "ok") == "ok"
    values = {name: _read(number, name, line[name]) if shown else None for name in figures}
    return Row(tuple(line[name] for name in names), values)


def _read(row: int, column: str, text: str) -> Number:
    if not _is_number(text):
        raise SentenceError(
            "table.number",
            gettext_noop("Rad %(row)s: ”%(text)s” i kolumnen %(column)s är inget tal. Rätta det och försök igen."),
            {"row": row, "text": text, "column": column},
        )
    return None if text in NOT_SHOWN else _value(text)


def _is_number(text: str) -> bool:
    if text in NOT_SHOWN:
        return True
    try:
        _value(text)
    except (ValueError, ZeroDivisionError):
        return False
    return True


def _value(text: str) -> int | Fraction:
    """Read 1 011, 0,5 and -3; a fraction written with a stroke is no number."""
    plain = text.translate(SPACES).removesuffix("%").replace("\u2212", "-").replace(",", ".")
    if "/" in plain or "_" in plain or "e" in plain.lower():
        raise ValueError(text)
    value = Fraction(plain)
    return value.numerator if value.denominator == 1 else value
