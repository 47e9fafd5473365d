"""Attacking a publication as published: which tables give a hidden cell away to someone who has nothing else."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from finsam.disclosure import cycles
from finsam.disclosure.additivity import within
from finsam.disclosure.attack import successive_editions
from finsam.disclosure.attack.intervals import Interval, attack, certain, narrow
from finsam.disclosure.attack.view import Scene, recalled, seen, suppressed
from finsam.disclosure.cells import Protected, Rule, Status
from finsam.disclosure.progress import Progress, unwatched
from finsam.disclosure.published_before import NOTHING, Known
from finsam.disclosure.relations import Address, Relation, settled
from finsam.disclosure.solver import named

ANY, FEWEST = "any", "fewest"


@dataclass(frozen=True)
class AttackLog:
    """How a publication was attacked, with no figure of it: kept with the edition."""

    cells: int  # counts of persons in the publication, shown or not
    hidden: int  # of which suppressed
    rounds: int  # times the pattern was attacked
    questions: int  # linear programs that were solved
    relations: Mapping[str, int]  # number of relations by kind
    solver: str
    leaks: tuple[str, ...]  # tables with a cell that can be worked out; none when the attack is silent
    worlds: tuple[str, ...] = ()  # what the intruder took for true of changes between snapshots


@cycles.unsearched()
def examine(
    tables: Iterable[Protected],
    relations: Iterable[Relation],
    rule: Rule,
    known: Known = NOTHING,
    untold: Known | None = None,
    *,
    progress: Progress | None = None,
) -> AttackLog:
    """Find what follows from a publication by itself and together with what is known already.

    Every hidden cell, here and there, must be open as widely as the rule says. A cell that nobody shows must not be
    certain to be small, nor a cell that is kept certain to have changed by a few. What is known besides what is
    published (`untold` is known without it) can give cells away by itself: they are lost, and no fault of these tables.
    """
    tables, tell = tuple(tables), progress or unwatched
    held = settled((*(relation for table in tables if table.persons for relation in within(table)), *relations))
    scene = seen(tables, held, known, rule)
    tell(0.2)
    hidden = frozenset(suppressed(tables))
    lost = {cell for cell, figure in known.cells.items() if figure.status is Status.SUPPRESSED}
    outside = narrow(scene.figures, scene.relations, hidden | lost, rule.threshold, scene.present)
    if untold is not None:
        outside = replace(outside, narrow=_not_lost(outside.narrow, held, (known, untold), rule))
    tell(0.5)
    linked, asked = successive_editions.derivable(scene, known, hidden, rule.threshold)
    tell(0.6)
    between, more = _between(tables, known, scene, rule, recalled(held, known) if untold else None)
    tell(0.8)
    changed, still_more = _changed(tables, scene, rule)
    leaks = {cell.table for cell in (*outside.narrow, *linked)} | between | changed
    cells = sum(len(table.cells) * len(table.figures) for table in tables if table.persons)
    questions = outside.questions + asked + more + still_more
    found = tuple(sorted(leaks))
    return AttackLog(cells, len(hidden), 1, questions, kinds(scene.relations), named(), found, worlds(known))


def _not_lost(
    cells: Sequence[Address], held: Sequence[Relation], ways: tuple[Known, Known], rule: Rule
) -> tuple[Address, ...]:
    """Leave out the cells that the first of two ways of knowing gives away by itself, and the second does not."""
    first, second = (
        narrow(way.figures, way.relations, cells, rule.threshold, way.present).narrow
        for way in (recalled(held, one) for one in ways)
    )
    return tuple(cell for cell in cells if cell in second or cell not in first)


def worlds(known: Known) -> tuple[str, ...]:
    """Name the worlds that are tried: any number of changes between snapshots, and the fewest there can be."""
    return (ANY, FEWEST) if known.revised else (ANY,)


def kinds(relations: Iterable[Relation]) -> Mapping[str, int]:
    """Count relations by what they say."""
    return dict(sorted(Counter("limit" if relation.at_least else "sum" for relation in relations).items()))


def _between(
    tables: Iterable[Protected], known: Known, scene: Scene, rule: Rule, before: Scene | None
) -> tuple[set[str], int]:
    """Name the tables that together tell a small figure which none of them shows, and which was not told `before`."""
    shown = {cell for table in tables if table.persons for cell, _ in table.counted()}
    among = {cell for relation in scene.relations for _, cell in relation.terms} - shown - known.cells.keys()
    ends = (int(rule.zeros_published), rule.threshold - 1)
    small = certain(scene.figures, scene.relations, among, ends, scene.present)
    told = frozenset(small.narrow)
    if before is not None and told:
        told -= frozenset(certain(before.figures, before.relations, told, ends, before.present).narrow)
    rows = ({cell for _, cell in relation.terms} for relation in scene.relations) if told else ()
    return {cell.table for row in rows if row & told for cell in row & shown}, small.questions


def _changed(tables: Iterable[Protected], scene: Scene, rule: Rule) -> tuple[set[str], int]:
    """Name the tables with a kept cell whose change is certain to be of a few, this way or that."""
    kept = {
        Address(table.name, key, figure): cell.value
        for table in tables
        for key, row in table.cells.items()
        for figure, cell in zip(table.figures, row, strict=True)
        if table.persons and cell.status is Status.KEPT and isinstance(cell.value, int) and cell.base is None
    }
    found = narrow(scene.figures, scene.relations, kept.keys(), rule.threshold, scene.present)
    ends = attack(scene.figures, scene.relations, found.narrow, scene.present)
    certain = {cell for cell, interval in ends.items() if _is_small_change(interval, kept[cell], rule)}
    return {cell.table for cell in certain}, found.questions + 2 * len(ends)


def _is_small_change(interval: Interval, before: int, rule: Rule) -> bool:
    if interval.upper is None:
        return False
    least, most = interval.lower - before, interval.upper - before
    return 0 < least <= most < rule.threshold or 0 < -most <= -least < rule.threshold
