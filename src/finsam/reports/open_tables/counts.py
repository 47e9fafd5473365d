"""The exact counts of the open tables."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from finsam.disclosure.cells import TOTAL, Counts, Key
from finsam.reports.open_tables.cubes import Cube
from finsam.snapshots import engines
from finsam.statistics.derived.lengths import MORE, STAY_ENDS, code, days, in_classes
from finsam.statistics.figures import cube as cubes
from finsam.statistics.figures import durations
from finsam.statistics.figures.outcomes import OTHER
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import ACTIVITY, AGE_BAND, BANDS, OCCUPATIONS, STAY_LENGTH, activity
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import Code, Sum, written

Numbers = tuple[int | None, ...]
FINER: Mapping[str, str] = {AGE_BAND: "age_group", ACTIVITY: "occupation"}  # what is shown -> what is counted
ENDS = tuple(map(days, STAY_ENDS))
LENGTHS: tuple[Code, ...] = (*map(code, STAY_ENDS), MORE)
OF_END: Mapping[Code, Code] = dict(zip((*map(code, ENDS), MORE), LENGTHS, strict=True))


def counted(cube: Cube, tables: Tables, years: Sequence[int]) -> Counts:
    """Count a cube for all the years."""
    if "intervention" in cube.by:  # each year has its own
        every = [_counted(cube, tables, [year]) for year in years]
        return replace(every[0], cells={key: row for one in every for key, row in one.cells.items()})
    return _counted(cube, tables, years)


def _counted(cube: Cube, tables: Tables, years: Sequence[int]) -> Counts:
    periods = _periods(cube, years)
    parts = [_figure(cube, figure, tables, periods) for figure in cube.figures]
    keys = list(dict.fromkeys(key for part in parts for key in part.cells))
    cells = {key: tuple(_number(cube, name, parts, key) for name in cube.columns) for key in sorted(keys)}
    first = parts[0]
    table = replace(
        first,
        name=cube.name,
        dimensions=("period", *cube.by),
        figures=tuple(cube.columns),
        cells=cells,
        sensitive=frozenset().union(*(part.sensitive for part in parts)),
        persons=not cube.of_things,
        veiled=True,  # what has come to an end would tell of the year before
    )
    return _by_year(table, cube)


def _periods(cube: Cube, years: Sequence[int]) -> Periods:
    if cube.by_quarter:
        return Periods.quarters(f"{years[0]}K1", f"{years[-1]}K4")
    return Periods.years(years[0], years[-1])


def _figure(cube: Cube, figure: str, tables: Tables, periods: Periods) -> Counts:
    by = tuple(FINER.get(name, name) for name in cube.by)
    if STAY_LENGTH in cube.by:
        return _lengths(cube, tables, periods)
    counting = cubes.Cube(cubes.Question(FIGURES[figure], periods, by), tables, engines.rows)
    return _summed_up(counting.counts(figure), cube)


LARGER: Mapping[str, Callable[[Code], Code]] = {
    AGE_BAND: lambda code: code if isinstance(code, Sum) else BANDS.get(code, code),
    ACTIVITY: activity,
    "occupation": lambda code: code if code in {*OCCUPATIONS, TOTAL} else OTHER,  # the four classes of SUS
}


def _summed_up(table: Counts, cube: Cube) -> Counts:
    """Sum what is counted finer than it is shown: a stay and a person have one of the finer, so they add up."""
    for name, larger in LARGER.items():
        if name in cube.by:
            table = cubes.summed(table, cube.by.index(name) + 1, larger)
    return table


def _number(cube: Cube, name: str, parts: Sequence[Counts], key: Key) -> int | None:
    figure, count = cube.columns[name]
    part = next(one for one in parts if one.name == figure)
    row = part.cells.get(key)
    if row is None:  # codes that another of the figures has
        return None if all(None in one for one in part.cells.values()) else 0
    return row[part.figures.index(count)]


def _lengths(cube: Cube, tables: Tables, periods: Periods) -> Counts:
    """Count participations that ended by how long they lasted."""
    by = tuple(name for name in cube.by if name != STAY_LENGTH)
    whole = cubes.Cube(cubes.Question(FIGURES["participations_ended"], periods, by), tables, engines.rows)
    every = whole.counts("participations_ended")
    found: dict[Key, dict[Code, int]] = {}
    if tables.have_persons:
        found = _by_length(engines.rows(durations.days_of_ended(tables=tables, periods=periods, by=by)), whole, by)
    place = cube.by.index(STAY_LENGTH) + 1
    cells: dict[Key, Numbers] = {}
    for key, row in every.cells.items():
        lengths = found.get(key, dict.fromkeys(LENGTHS, 0))
        for one in LENGTHS:
            cells[(*key[:place], one, *key[place:])] = (lengths[one] if row[0] is not None else None,)
        cells[(*key[:place], TOTAL, *key[place:])] = row
    additive = every.additive | {STAY_LENGTH}
    return replace(every, cells=cells, additive=additive, sensitive=every.sensitive | {STAY_LENGTH})


def _by_length(rows: Iterable[Mapping[str, Any]], whole: cubes.Cube, by: Sequence[str]) -> dict[Key, dict[Code, int]]:
    """Sum stays up by class of length, for every margin."""
    found: dict[Key, dict[Code, int]] = {}
    for row in rows:
        codes = [(whole.code(name, row[name]), TOTAL) for name in by]
        (length,) = (one for one, number in in_classes({row["days"]: 1}, ENDS).items() if number)
        for key in product([whole.question.periods.name(row["period"])], *codes):
            of_key = found.setdefault(key, dict.fromkeys(LENGTHS, 0))
            of_key[OF_END[length]] += row["participations"]
    return found


def _by_year(table: Counts, cube: Cube) -> Counts:
    """Write the period as a year, and its quarter where there are quarters."""

    def key(old: Key) -> Key:
        period = written(old[0])
        return (period[:4], period[4:], *old[1:]) if cube.by_quarter else old

    cells = {key(old): row for old, row in table.cells.items()}
    return replace(table, dimensions=cube.dimensions, cells=cells)
