"""Anyone's published table as a file, read and checked: women + men, parts of wholes, shares of their bases."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

from finsam.statistics.checks import consistency, printed_numbers
from finsam.statistics.checks.consistency import Finding
from finsam.statistics.checks.printed_numbers import PLAIN, Number, Roles, noteless
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.values import sheets
from finsam.values.keys import Sum
from finsam.values.sentences import SentenceError, gettext_noop
from finsam.values.sheets import Line

TOTAL: Final[str] = Sum.TOTAL.value  # as files write it
SEXES: Final = ("women", "men")
PRINTED: Final = ("total", "published_total")
STATUS: Final = "status"
ROUNDED_TO: Final = "rounded_to"  # each figure by itself: they need not add up
EDITION: Final = "edition"  # where a row is repeated from
BESIDE: Final = (STATUS, ROUNDED_TO, EDITION)  # columns of ours that are neither codes nor figures
PERSONS: Final = frozenset({"persons", "participations", "heads"})  # women + men make up the total
COUNTS: Final = PERSONS | {"interventions", "associations"}  # a part is never more than the whole
WHOLE_FLOW: Final = "ongoing"
PARTS_OF_FLOW: Final = ("new", "ended")
ROUNDING: Final = 1  # by how much two rounded shares can miss 100

HEADINGS: Final[Mapping[str, str]] = MappingProxyType(  # what offices call the columns that we know
    {
        **dict.fromkeys(("women", "kvinnor", "kvinna", "antal kvinnor", "female", "females"), "women"),
        **dict.fromkeys(("men", "män", "antal män", "male", "males"), "men"),
        **dict.fromkeys(("total", "totalt", "samtliga", "summa", "alla", "båda könen", "totalt antal"), "total"),
    }
)
WHOLES: Final = frozenset({"total", "totalt", "samtliga", "summa", "alla", "hela landet", "hela riket", "riket"})
SHARES: Final = ("%", "procent", "andel", "percent", "share")  # in a heading: rows of shares make up no total
PREAMBLE: Final = 20  # rows in which the heading is looked for, under a title

Codes = tuple[str, ...]


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
    doubts: tuple[Finding, ...] = ()
    sums_up: bool = False  # a row of the whole is the sum of the others


def read(content: bytes) -> TableFile:
    """Read a table as it was saved; refused with a sentence when it cannot be understood."""
    heading, lines = _heading(sheets.lines(content))
    columns = [_column(text) for text in heading.fields]
    while columns and not columns[-1]:
        columns.pop()
    if len(columns) < 2 or len(set(columns)) < len(columns) or "" in columns[1:]:
        raise SentenceError(
            "table.header", gettext_noop("Första raden ska namnge minst två kolumner, var och en en gång.")
        )
    if STATUS in columns:
        return _own(columns, lines)
    if not set(SEXES) <= set(columns):
        raise SentenceError(
            "table.columns",
            gettext_noop(
                "Tabellen ska ha kolumnerna Kvinnor, Män och Totalt (eller women, men och total), eller vara en av "
                "Finsams egna med kolumnen status."
            ),
        )
    if not set(PRINTED) & set(columns):
        raise SentenceError("table.total", gettext_noop("Tabellen har kvinnor och män men ingen kolumn Totalt."))
    return _published(heading, columns, lines)


def findings(table: TableFile) -> Iterator[Finding]:
    """Find what does not hold, in the order of the rows; in a rounded table nothing need add up."""
    yield from table.doubts
    if table.rounded:
        return
    for row in table.rows:
        yield from _printed(row)
        yield from _shares(row)
    if "sex" in table.dimensions:
        yield from _by_sex(table)
    yield from _parts(table)
    if table.sums_up:
        yield from _wholes(table)


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
    if dimension in DIMENSIONS and DIMENSIONS[dimension].is_of_person and figure in PERSONS:
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


class _Sum(NamedTuple):
    """Figures added up: those that are shown, how many they are, and how many there are."""

    shown: int | Fraction = 0
    number: int = 0
    of: int = 0

    def plus(self, figure: Number) -> "_Sum":
        return _Sum(self.shown + (figure or 0), self.number + (figure is not None), self.of + 1)

    def less(self, other: "_Sum") -> "_Sum":
        return _Sum(self.shown - other.shown, self.number - other.number, self.of - other.of)


def _wholes(table: TableFile) -> Iterator[Finding]:
    """Compare each row named as the whole with the sum of those it is made of; a figure that is not shown may be 0.

    Each row is added once to all that differ from it in one code, and to those of its own codes, which are no parts.
    """
    for place in range(len(table.dimensions)):
        every, own = defaultdict[tuple[Codes, str], _Sum](_Sum), defaultdict[tuple[Codes, str], _Sum](_Sum)
        for row in table.rows:
            for figure, number in row.figures.items():
                beside = (_without(row.codes, place), figure)
                every[beside] = every[beside].plus(number)
                own[row.codes, figure] = own[row.codes, figure].plus(number)
        for whole in (row for row in table.rows if _is_whole(row.codes[place])):
            for figure, printed in whole.figures.items():
                parts = every[_without(whole.codes, place), figure].less(own[whole.codes, figure])
                if printed is not None and parts.number:
                    compare = consistency.rows if parts.number == parts.of else consistency.at_most
                    yield from _any(compare(f"{whole.name} ({figure})", parts.shown, printed))


def _without(codes: Codes, place: int) -> Codes:
    return (*codes[:place], *codes[place + 1 :])


def _is_whole(code: str) -> bool:
    return noteless(code).casefold() in WHOLES


def _heading(lines: Sequence[Line]) -> tuple[Line, Sequence[Line]]:
    """Find the heading, which may stand under a title; the first row when none of them names women and men."""
    for place, line in enumerate(lines[:PREAMBLE]):
        if set(SEXES) <= {_column(text) for text in line.fields}:
            return line, lines[place + 1 :]
    return lines[0], lines[1:]


def _column(text: str) -> str:
    name = noteless(text).casefold()
    return HEADINGS.get(name, name)


def _own(columns: Sequence[str], lines: Sequence[Line]) -> TableFile:
    """Read one of our own tables: the first columns that name each row once are its codes, the rest its figures."""
    rows = [(line.number, _fields(line, columns)) for line in lines]
    own = [place for place, name in enumerate(columns) if name not in BESIDE]
    figures: list[int] = []
    for names in range(1, len(own) + 1):
        keys = {tuple(row[place] for place in own[:names]) for _, row in rows}
        numeric = all(printed_numbers.is_number(row[place]) for _, row in rows for place in own[names:])
        if numeric and len(keys) == len(rows):
            figures = own[names:]
            break
    status = columns.index(STATUS)
    found = tuple(
        Row(
            tuple(row[place] for place in own if place not in figures),
            {columns[place]: _read(number, columns[place], row[place]) if row[status] == "ok" else None
             for place in figures},
        )
        for number, row in rows
    )  # fmt: skip
    dimensions = tuple(columns[place] for place in own if place not in figures)
    return TableFile(dimensions, _some(found), rounded=ROUNDED_TO in columns)


def _published(heading: Line, columns: Sequence[str], lines: Sequence[Line]) -> TableFile:
    figures = [place for place, name in enumerate(columns) if name in (*SEXES, *PRINTED)]
    named = [place for place in range(len(columns)) if place not in figures and columns[place] != ROUNDED_TO]
    rows = [(line.number, _fields(line, columns)) for line in lines if not _is_note(line, columns, figures)]
    texts = {columns[place]: [row[place] for _, row in rows] for place in figures}
    roles = printed_numbers.roles(texts)
    found = tuple(
        Row(
            tuple(row[place] for place in named),
            {columns[place]: _read(number, heading.fields[place], row[place], roles[columns[place]])
             for place in figures},
        )
        for number, row in rows
    )  # fmt: skip
    return TableFile(
        tuple(columns[place] for place in named),
        _some(found),
        rounded=ROUNDED_TO in columns,
        doubts=tuple(_doubts({columns[place]: heading.fields[place] for place in figures}, texts, roles)),
        sums_up=not _are_shares(heading, found),
    )


def _some(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    if not rows:
        raise SentenceError("table.rows", gettext_noop("Tabellen har en rubrikrad men inga rader under den."))
    return rows


def _doubts(
    headings: Mapping[str, str], texts: Mapping[str, Sequence[str]], roles: Mapping[str, Roles]
) -> Iterator[Finding]:
    """Say of each column which of its numbers can be read in two ways."""
    for name, heading in headings.items():
        if found := list(dict.fromkeys(printed_numbers.in_doubt(texts[name], roles[name]))):
            yield consistency.in_doubt(heading, found[0], len(found))


def _are_shares(heading: Line, rows: Sequence[Row]) -> bool:
    if any(word in text.casefold() for text in heading.fields for word in SHARES):
        return True
    totals = {row.figures.get(name) for row in rows for name in PRINTED} - {None}
    return totals == {100} and len(rows) > 1


def _fields(line: Line, columns: Sequence[str]) -> tuple[str, ...]:
    """The fields of a row under the columns; refused when they are fewer, or more than empty ones at the end."""
    extra = line.fields[len(columns) :]
    if len(line.fields) < len(columns) or any(extra):
        raise SentenceError(
            "table.ragged",
            gettext_noop("Rad %(row)s har %(found)s fält i stället för %(wanted)s. Rätta raden och försök igen."),
            {"row": line.number, "found": len(line.fields), "wanted": len(columns)},
        )
    for refusal in sheets.unreadable(line.fields):
        raise SentenceError(
            refusal.code,
            gettext_noop("Rad %(row)s går inte att läsa. Spara tabellen som CSV eller kalkylblad igen."),
            {"row": line.number},
        )
    return line.fields[: len(columns)]


def _is_note(line: Line, columns: Sequence[str], figures: Sequence[int]) -> bool:
    """Whether a row says something about the table: a heading between rows, or a source under them."""
    there = [line.fields[place] for place in figures if place < len(line.fields)]
    short = len(line.fields) < len(columns)
    return not any(there) or (short and not any(text and printed_numbers.is_number(text) for text in there))


def _read(row: int, column: str, text: str, roles: Roles = PLAIN) -> Number:
    try:
        return printed_numbers.value(text, roles)
    except ValueError:
        raise SentenceError(
            "table.number",
            gettext_noop("Rad %(row)s: ”%(text)s” i kolumnen %(column)s är inget tal. Rätta det och försök igen."),
            {"row": row, "text": text, "column": column},
        ) from None
