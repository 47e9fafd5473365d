"""What became of the stays that ended, counted one by one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from finsam.statistics.tables.periods import Periods
from tests.statistics.naive.days import Cells, Row, Rows, Where, of_flow
from tests.statistics.naive.people import NOWHERE
from tests.statistics.naive.values import cells, latest

WORK, STUDIES, OTHER = 1, 2, 4
KEYS = {"persons": "person", "participations": "participation"}


def compared(
    rows: Rows,
    periods: Periods,
    by: Sequence[str],
    where: Where = NOWHERE,
    *,
    unit: str,
    what: str,
    folds: bool = False,
) -> Cells:
    """Before and after, each counted by what held then; with `folds` occupations that were added are other."""
    found: defaultdict[tuple[int, ...], tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for number, stay, shown in _ended(rows, periods, unit):
        seen = _folded(stay) if folds else stay
        for side, name in enumerate((what, f"{what}_after")):
            then = [name if one == what else one for one in by]
            kept = {name if one == what else one: codes for one, codes in where.items()}
            for cell in cells(rows, seen, number, periods, by=then, where=kept, person=shown):
                found[number, *cell][side].add(stay[KEYS[unit]])
    return {cell: (len(before), len(after)) for cell, (before, after) in found.items()}


def work_or_study(rows: Rows, periods: Periods, by: Sequence[str], where: Where = NOWHERE, *, unit: str) -> Cells:
    """All who ended, who works or studies after, who began to, who increased, and who did either."""
    found: defaultdict[tuple[int, ...], tuple[set[int], ...]] = defaultdict(lambda: tuple(set() for _ in range(5)))
    for number, stay, shown in _ended(rows, periods, unit):
        began, increased = _began(stay), _increased(stay)
        shows = (True, _active(stay["occupation_at_end"]), began, increased, began or increased)
        for cell in set(cells(rows, stay, number, periods, by=by, where=where, person=shown)):
            for units, shown_here in zip(found[number, *cell], shows, strict=True):
                if shown_here:
                    units.add(stay[KEYS[unit]])
    return {cell: tuple(len(units) for units in sets) for cell, sets in found.items()}


def _ended(rows: Rows, periods: Periods, unit: str) -> Iterator[tuple[int, Row, Row | None]]:
    """The stays that ended in each period, with the stay that gives the person's one value when persons are counted."""
    for number in periods.numbers:
        ongoing = of_flow(rows, "ongoing", number, periods)
        for stay in of_flow(rows, "ended", number, periods):
            own = [one for one in ongoing if one["person"] == stay["person"]]
            yield number, stay, latest(own) if unit == "persons" else None


def _active(occupation: int | None) -> bool:
    return occupation in {WORK, STUDIES}


def _began(stay: Row) -> bool:
    before, after = stay["occupation_at_start"], stay["occupation_at_end"]
    return _active(after) and before is not None and not _active(before)


def _increased(stay: Row) -> bool:
    if not (_active(stay["occupation_at_start"]) and _active(stay["occupation_at_end"])):
        return False
    before, after = stay["extent_at_start"], stay["extent_at_end"]
    return before is not None and after is not None and after > before


def _folded(stay: Row) -> Row:
    names = ("occupation_at_start", "occupation_at_end")
    return {**stay, **{name: min(stay[name], OTHER) if stay[name] else stay[name] for name in names}}
