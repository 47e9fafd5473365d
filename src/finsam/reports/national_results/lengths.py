"""How long participations lasted and how long public support had before them, counted in classes of whole months.

Classes that are shown are all that medians, quartiles and the share that goes on are made of
(`statistics.derived.lengths`). So nothing more is revealed by these than by the classes, which are protected as every
other table.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any, Final

from finsam.disclosure.cells import TOTAL
from finsam.disclosure.protect import Counts, Key
from finsam.disclosure.relations import Address, Relation
from finsam.reports.national_annual.counts import ADDITIVE, BY_SEX, SEXES
from finsam.snapshots import engines
from finsam.statistics.derived.lengths import MORE, SUPPORT_ENDS, code, days, in_classes
from finsam.statistics.figures import durations, participation
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import Code

STAYS: Final = "months_in_intervention"
SUPPORT: Final = "months_in_support"
EARLIER: Final = "ended_begun_earlier"
MONTHS: Final = tuple(range(1, 25))  # that a participation may have lasted
LEFT: Final = ("ended", "still_in")


def shown(tables: Tables, years: Sequence[int], as_of: date) -> Iterator[Counts]:
    """Count participations begun in the years by how long they lasted, and those that ended in the newest by support.

    What is known of how long ends with the newest year, or the day the snapshot is as of; who is still in then is
    counted as such.
    """
    yield _table(STAYS, LEFT, years[-1], (*map(code, MONTHS), MORE), _stays(tables, years, as_of))
    classes: Key = (*map(code, SUPPORT_ENDS), MORE, UNKNOWN)
    support = _table(SUPPORT, ("participations",), years[-1], classes, _support(tables, years[-1]))
    yield replace(support, sensitive=frozenset({"months"}))


def earlier(stays: Counts, ended: Counts) -> Counts:
    """Count who ended in the years and had begun before them: what is left of all who ended."""
    found: dict[Key, tuple[int | None, ...]] = {}
    (newest,) = {key[0] for key in stays.cells}
    for sex in BY_SEX:
        every = [row[ended.figures.index("ended")] for key, row in ended.cells.items() if key[1] == sex]
        begun = stays.cells[newest, TOTAL, sex][0]
        found[newest, sex] = (None if begun is None or None in every else sum(n or 0 for n in every) - begun,)
    return Counts(EARLIER, ("year", "sex"), ("participations",), found, published=False, additive=ADDITIVE)


def relation(years: Sequence[int], sex: Code) -> Relation:
    """Say that all who ended in the years either began in them or earlier."""
    newest = str(years[-1])
    ended = (Address("outcomes_participations", (str(year), sex), "ended") for year in years)
    parts = (Address(STAYS, (newest, TOTAL, sex), "ended"), Address(EARLIER, (newest, sex), "participations"))
    return Relation((*((1, part) for part in parts), *((-1, one) for one in ended)))


Lengths = Mapping[tuple[str, str], Mapping[Code, int]]  # sex and figure -> class -> number; none without persons


def _table(name: str, figures: Sequence[str], year: int, classes: Iterable[Code], found: Lengths | None) -> Counts:
    cells: dict[Key, tuple[int | None, ...]] = {
        (str(year), key, sex): tuple(None if found is None else _sum(found, figure, key, sex) for figure in figures)
        for key, sex in product((*classes, TOTAL), BY_SEX)
    }
    return Counts(name, ("year", "months", "sex"), tuple(figures), cells, additive=frozenset({"months", "sex"}))


def _sum(found: Lengths, figure: str, key: Code, sex: Code) -> int:
    rows = [row for (one, of), row in found.items() if of == figure and sex in (one, TOTAL)]
    return sum(number for row in rows for name, number in row.items() if key in (name, TOTAL))


def _stays(tables: Tables, years: Sequence[int], as_of: date) -> Lengths | None:
    if not tables.have_persons:
        return None
    periods = Periods.years(years[0], years[-1])
    lasted = durations.days_in_intervention(tables=tables, periods=periods, by=["sex"], through=as_of)
    rows = engines.rows(lasted)
    ends = [days(months) for months in MONTHS]
    names: dict[Code, str] = {MORE: MORE}
    names |= {code(end): code(months) for end, months in zip(ends, MONTHS, strict=True)}
    return {
        (sex, figure): {names[key]: n for key, n in in_classes(_by(of_sex, "days", figure), ends).items()}
        for sex, of_sex in _by_sex(tables, rows)
        for figure in LEFT
    }


def _support(tables: Tables, year: int) -> Lengths | None:
    if not tables.have_persons:
        return None
    period = Periods.years(year)
    rows = engines.rows(durations.months_in_support(tables=tables, periods=period, flow="ended", by=["sex"]))
    every = engines.rows(participation.participations(tables=tables, periods=period, flow="ended", by=["sex"]))
    whole = {sex: sum(row["participations"] for row in of_sex) for sex, of_sex in _by_sex(tables, every)}
    found: dict[tuple[str, str], Mapping[Code, int]] = {}
    for sex, of_sex in _by_sex(tables, rows):
        counts = _by(of_sex, "months", "participations")
        classes = in_classes(counts, SUPPORT_ENDS)
        found[sex, "participations"] = classes | {UNKNOWN: whole[sex] - sum(counts.values())}
    return found


def _by_sex(tables: Tables, rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    for sex in SEXES:
        yield sex, [row for row in rows if row["sex"] == tables.number("sex", sex)]


def _by(rows: Iterable[Mapping[str, Any]], length: str, figure: str) -> dict[int, int]:
    """Sum a figure by length over the periods."""
    found: dict[int, int] = {}
    for row in rows:
        found[row[length]] = found.get(row[length], 0) + row[figure]
    return found
