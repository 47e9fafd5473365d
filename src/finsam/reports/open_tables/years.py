"""The open tables let out one year at a time, the oldest first, each beside everything that is out by then.

A collection of five years is as five collections made one after the other: what a year shows and hides is settled
before the next one is looked at, and is known to it. So a later collection never has to change an earlier one.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from finsam.disclosure.attack.examination import AttackLog, worlds
from finsam.disclosure.cells import Counts, Protected, Rule
from finsam.disclosure.protect import Known, Progress, Release, protect
from finsam.disclosure.published_before import called
from finsam.disclosure.relations import Address, Relation, holding
from finsam.reports.release import Exact
from finsam.reports.source import Source
from finsam.values.keys import written

Tables = Mapping[str, Counts]


def released(exact: Exact, source: Source) -> Release:
    """Protect the years in order; what holds between years is known to the later of them."""
    tables = {name: table for name, table in exact.counts.items() if table.persons}
    years = sorted({written(key[0]) for table in tables.values() for key in table.cells})
    held = _by_year(exact, tables)
    known, out = replace(exact.known, relations=tuple(held[""])), list[Release]()
    for place, year in enumerate(years):
        mine = {name: _of(table, year) for name, table in tables.items()}
        own = [row for row in held[year] if all(_is_of(cell, mine) for _, cell in row.terms)]
        beside = [row for row in held[year] if not all(_is_of(cell, mine) for _, cell in row.terms)]
        known = replace(known, relations=(*known.relations, *beside))
        progress = _share(source.progress, place, len(years))
        release = protect(mine, own, source.rule, known, progress=progress)
        known |= called(lambda cell: cell, release.tables.values(), own, source.rule)
        known = replace(known, counts={**known.counts, **_filled(mine)}, moves=release.moves)
        out.append(release)
    return _together(exact, out, source.rule)


def _by_year(exact: Exact, tables: Tables) -> Mapping[str, list[Relation]]:
    """Sort everything that holds by the newest year of our cells in it; what is only of others' is of none."""
    values = _filled(tables)
    found: dict[str, list[Relation]] = defaultdict(list)
    for row in (*exact.known.relations, *exact.relations, *holding(exact.believed, values)):
        found[max((written(cell.key[0]) for _, cell in row.terms if _is_of(cell, tables)), default="")].append(row)
    return found


def _filled(tables: Tables) -> Mapping[Address, int]:
    return {cell: number for table in tables.values() for cell, number in table.filled()}


def _is_of(cell: Address, tables: Tables) -> bool:
    return cell.table in tables and cell.key in tables[cell.table].cells


def _of(table: Counts, year: str) -> Counts:
    return replace(table, cells={key: row for key, row in table.cells.items() if written(key[0]) == year})


def _share(progress: Progress | None, place: int, years: int) -> Progress | None:
    """Tell how much of all years is done."""
    return None if progress is None else lambda share: progress((place + share) / years)


def _together(exact: Exact, out: Sequence[Release], rule: Rule) -> Release:
    """Put the years together again, and what counts no persons beside them as it is."""
    things = {name: table for name, table in exact.counts.items() if not table.persons}
    shown = protect(things, (), rule).tables
    tables = {name: _joined([release[name] for release in out]) for name in out[0].tables}
    pattern = tuple(sorted(cell for release in out for cell in release.pattern))
    return Release({**tables, **shown}, pattern, (), _log([release.log for release in out], exact.known))


def _joined(years: Sequence[Protected]) -> Protected:
    return replace(years[0], cells={key: row for table in years for key, row in table.cells.items()})


def _log(logs: Sequence[AttackLog], known: Known) -> AttackLog:
    kinds: Counter[str] = Counter()
    for one in logs:
        kinds.update(one.relations)
    sums = ([one.cells, one.hidden, one.rounds, one.questions] for one in logs)
    cells, hidden, rounds, questions = map(sum, zip(*sums, strict=True))
    return AttackLog(cells, hidden, rounds, questions, dict(sorted(kinds.items())), logs[0].solver, (), worlds(known))
