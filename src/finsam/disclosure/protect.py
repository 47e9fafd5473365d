"""The gate between exact counts and what may be shown: Counts -> protect() -> Protected.

**Safe** is a cell with a mark when the interval that follows for it is as wide as the threshold (upper less lower), to
strangers and to whoever is alone in another cell. So is a small count that is never shown but could be had by
subtracting, to strangers, and a rounded one. Intervals are of whole persons, and exact.

**The intruder** knows every figure that is shown here, everything published already (`known`: other reports, earlier
editions, shares, figures in text), and every relation between them: what adds up, what lies within what. In a dimension
where one person can stand in several places he knows only that the total lies between the largest part and the sum of
the parts. What anybody may take for true (`believed`: a person's sex is the same every year, people live where their
association works) he knows where it happens to be so. He knows that a mark stands for somebody where zeros are shown,
so that its interval begins with 1. Somebody who is alone in a cell knows that cell too, and is counted out of the cells
he stands in. A cell is published once, and repeated as it was printed. Between two snapshots any number of people may
have been added and taken away, or as few as what is shown allows: a hidden cell is wide enough in both worlds.

**A change**, what a correction counts less what was printed, is a cell of its own. One of fewer than the threshold must
be as open as a hidden cell, but in a large cell of the nation: the cell then stands as it was printed (`kept`).

**Of a small group**, under `least_group`, nothing personal is shown: no support, no outcome, no end reason, whether it
is of nobody, of some or of everybody in the group, and whether the size of the group is shown or not. A mark there says
nothing of what stands under it, and its interval begins with 0. These are the only zeros that are hidden; one that
follows from zeros of larger groups is no secret. Of a larger group nobody, or everybody, is an aggregate and is shown.

**The method.** What is too small is hidden. For each hidden cell worlds are sought that fit all that is shown and give
it counts far enough apart, at the price of hiding more (`suppression`); τ-ARGUS may propose where to begin. The tables
are then attacked as they would be published (`examination`), and what is found narrow is widened, until the attack is
silent. If nothing is left to hide the publication is refused, with a coarser table that would do (`refusal`).

**Limits.** Two who are alone and tell each other what they know can learn more. What anybody has published once can't
be taken back: cells it gives away are hidden, but not guarded. A pattern is good, not the best there is. A cell that
is hidden only to protect another is guarded as to its width, not from being known to be large. Those who are alone are
thought of when a publication is protected: from what is published nobody can tell who they are, and so `examination`
judges by what strangers know. What somebody alone knows of another cell whatever is hidden, they go on knowing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from finsam.disclosure import cycles, rounding
from finsam.disclosure.additivity import is_additive, within
from finsam.disclosure.attack.examination import AttackLog, kinds, worlds
from finsam.disclosure.attack.view import Scene, seen
from finsam.disclosure.cells import (
    MISSING,
    SUPPRESS,
    SUPPRESSED,
    TOTAL,
    Cell,
    Counts,
    Key,
    Method,
    Protected,
    Rounding,
    Rule,
    Status,
    Suppression,
)
from finsam.disclosure.progress import Progress, unwatched
from finsam.disclosure.published_before import NOTHING, Change, Known, Propose
from finsam.disclosure.refusal import refuse
from finsam.disclosure.relations import Address, Relation, holding
from finsam.disclosure.solver import named
from finsam.disclosure.suppression.loop import guarded
from finsam.disclosure.suppression.pattern import pattern
from finsam.disclosure.suppression.problem import own, problem


@dataclass(frozen=True)
class Release:
    """Tables that may leave the house, the cells that were hidden in them, in order, and the log of the attack.

    `relations` are all that were used between the cells, the tables' own among them; an attack needs them. `moves` are
    the worlds that were found possible: whoever protects more beside these tables need not look for them again.
    """

    tables: Mapping[str, Protected]
    pattern: tuple[Address, ...]
    relations: tuple[Relation, ...]
    log: AttackLog
    moves: tuple[Change, ...] = ()

    def __getitem__(self, name: str) -> Protected:
        """Give a table by its name."""
        return self.tables[name]


@cycles.unsearched()
def protect(
    counts: Mapping[str, Counts],
    relations: Iterable[Relation],
    rule: Rule,
    known: Known = NOTHING,
    *,
    believed: Iterable[Relation] = (),
    progress: Progress | None = None,
) -> Release:
    """Let the tables out together, with every cell hidden that is small or would give a hidden one away.

    What is `believed` is what anybody may take for true because it mostly is (people live where their association
    works); it is used where it holds for the counts.

    A relation that touches a missing figure cannot be used by anyone and is left aside; one that does not hold
    for the counts is an error in the figures. A publication that no pattern makes safe is refused with the name of
    a coarser table that would do. Whoever `known` brings to propose a pattern is asked about tables that are additive
    all through. Same counts, relations, rule and known figures: same pattern.
    """
    _require_safe_bases(counts.values(), rule)
    exact = dict(cell for table in counts.values() if table.persons for cell in table.filled())
    relations = (*relations, *holding(believed, exact))
    mine = own(counts, _held(counts, relations), known, rule)
    task = problem(mine, rule, known)
    if known.propose is not None:
        task = replace(task, start=_proposed(counts.values(), rule, known.propose) & mine.exact)

    def show(hidden: frozenset[Address]) -> Scene:
        return seen(_shown(counts, hidden, known).values(), mine.relations, known, rule)

    found = guarded(task, known, show, progress or unwatched)
    if found.open and known.veiled and not all(table.veiled for table in counts.values()):
        veiled = {name: replace(table, veiled=True) for name, table in counts.items()}
        return protect(veiled, relations, rule, known, progress=progress)
    if found.open:
        raise refuse(counts, (cell.table for cell in found.open), lambda tried: _is_safe(tried, relations, rule, known))
    sizes = (len(mine.values), len(found.hidden), found.rounds, found.questions)
    log = AttackLog(*sizes, kinds(mine.relations), named(), (), worlds(known))
    tables, hidden = _shown(counts, found.hidden, known), tuple(sorted(found.hidden))
    return Release(tables, hidden, mine.relations, log, found.moves)


def _held(counts: Mapping[str, Counts], relations: Iterable[Relation]) -> tuple[Relation, ...]:
    own_relations = (relation for table in counts.values() if table.persons for relation in within(table))
    return tuple(dict.fromkeys((*own_relations, *relations)))


def _require_safe_bases(counts: Iterable[Counts], rule: Rule) -> None:
    for table in counts:
        if table.persons and isinstance(table.method, Rounding):
            rounding.require_safe(table.method, rule)


def _proposed(counts: Iterable[Counts], rule: Rule, propose: Propose) -> frozenset[Address]:
    tables = (table for table in counts if table.persons and table.published and table.method == SUPPRESS)
    return frozenset(cell for table in tables if is_additive(table) for cell in propose(table, rule))


def _is_safe(counts: Mapping[str, Counts], relations: Iterable[Relation], rule: Rule, known: Known) -> bool:
    mine = own(counts, _held(counts, relations), known, rule)
    return not pattern(problem(mine, rule, known)).open


def _shown(counts: Mapping[str, Counts], hidden: frozenset[Address], known: Known) -> dict[str, Protected]:
    return {name: _let_out(table, hidden, known) for name, table in counts.items() if table.published}


def _let_out(table: Counts, hidden: frozenset[Address], known: Known) -> Protected:
    base = table.method.base if table.persons and isinstance(table.method, Rounding) else None

    def cell(address: Address, value: int | None) -> Cell:
        if (standing := known.printed.get(address)) is not None:
            return standing
        before = known.corrected.get(address) if address in hidden else None
        if before is not None and before.value is not None:
            return before.kept(before.edition)
        return _cell(value, base, is_hidden=address in hidden)

    cells = {
        key: tuple(
            cell(Address(table.name, key, figure), value) for figure, value in zip(table.figures, row, strict=True)
        )
        for key, row in sorted(table.cells.items())
    }
    return Protected(
        table.name,
        table.dimensions,
        table.figures,
        cells,
        additive=table.additive,
        parents=table.parents,
        persons=table.persons,
        sensitive=table.sensitive,
        veiled=table.veiled,
    )


def _cell(value: int | None, base: int | None, *, is_hidden: bool) -> Cell:
    if value is None:
        return MISSING
    if is_hidden:
        return SUPPRESSED
    return Cell(value) if base is None else Cell(rounding.shown(value, base), base=base)


__all__ = [
    "MISSING",
    "NOTHING",
    "SUPPRESS",
    "SUPPRESSED",
    "TOTAL",
    "AttackLog",
    "Cell",
    "Counts",
    "Key",
    "Known",
    "Method",
    "Progress",
    "Propose",
    "Protected",
    "Release",
    "Rounding",
    "Rule",
    "Status",
    "Suppression",
    "protect",
]
