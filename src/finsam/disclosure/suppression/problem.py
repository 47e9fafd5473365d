"""Making the problem of a publication: its own counts, and of what is known already all that has to do with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from finsam.disclosure import rounding
from finsam.disclosure.attack.intervals import Connected, connected
from finsam.disclosure.attack.linear_model import ContradictionError, Model
from finsam.disclosure.attack.view import recalled
from finsam.disclosure.cells import Counts, Rounding, Rule, Status, is_sensitive
from finsam.disclosure.published_before import Known
from finsam.disclosure.relations import Address, Relation, settled
from finsam.disclosure.suppression.pattern import Problem
from finsam.disclosure.suppression.small_changes import small_changes
from finsam.disclosure.suppression.small_groups import hidden_whole
from finsam.values.sentences import SentenceError, gettext_noop

Ends = Mapping[Address, tuple[int, int]]


@dataclass(frozen=True)
class Own:
    """The counts of persons in a publication, what holds between them, and what would be shown of them.

    Those that are `plain` tell nothing sensitive; `groups` gives how many there are in the group the others are of.
    Those that are `changed` differ by a few from what they were printed as, and zeros that are `veiled` may be hidden.
    """

    values: Mapping[Address, int]
    relations: tuple[Relation, ...]
    shown: Ends
    plain: frozenset[Address]
    groups: Mapping[Address, int]
    changed: frozenset[Address] = frozenset()
    veiled: frozenset[Address] = frozenset()

    @property
    def exact(self) -> frozenset[Address]:
        """The cells that would be shown as they are."""
        return frozenset(cell for cell, (low, high) in self.shown.items() if low == high)


def own(counts: Mapping[str, Counts], relations: Iterable[Relation], known: Known, rule: Rule) -> Own:
    """Collect the counts and the relations that can be used; one that does not hold is an error in the figures.

    Of a cell that stands as it was printed the new count is shown to nobody.
    """
    persons = [table for table in counts.values() if table.persons]
    values = {address: value for table in persons for address, value in table.filled()}
    usable = settled(relation for relation in relations if all(cell in values for _, cell in relation.terms))
    _refuse_false(usable, values)
    published = [table for table in persons if table.published]
    cells = [(t, cell, value) for t in published for cell, value in t.filled() if cell not in known.printed]
    shown = {cell: _ends(table, value) for table, cell, value in cells}
    veiled = frozenset(cell for table, cell, _ in cells if table.veiled)
    plain = frozenset(cell for table, cell, _ in cells if not is_sensitive(table, cell.key, cell.figure)) - veiled
    groups = {cell: size for table in published for cell, size in table.groups() if cell in shown}
    changed = small_changes(persons, usable, known.corrected, rule) if known.corrected else frozenset()
    return Own(values, usable, shown, plain, groups, changed, veiled)


def _ends(table: Counts, value: int) -> tuple[int, int]:
    if isinstance(table.method, Rounding):
        return rounding.ends(rounding.shown(value, table.method.base), table.method.base)
    return value, value


def _refuse_false(relations: Iterable[Relation], values: Mapping[Address, int]) -> None:
    for relation in relations:
        result = sum(factor * values[cell] for factor, cell in relation.terms) - relation.constant
        if result < 0 or (result and not relation.at_least):
            raise ValueError(f"These cells do not agree: {[cell for _, cell in relation.terms]}")


def problem(mine: Own, rule: Rule, known: Known) -> Problem:
    """Put everything together that has to do with the publication.

    Cells that we print and that are the same figure as one that is known are held apart: both may be hidden or shown.
    Those that nobody would read here are called what they are called there.
    """
    mine, known = _merged(mine, known)
    small = frozenset(cell for cell, value in mine.values.items() if rule.is_small(value))
    standing = {cell for cell, before in known.corrected.items() if before.value is not None}  # hidden they are kept
    plain = (mine.plain & mine.exact) - known.hidden_before - standing
    telling = frozenset(cell for cell in plain if mine.values[cell]) if rule.zeros_published else frozenset()
    thin = hidden_whole(mine.values, mine.groups, mine.exact, mine.relations, rule)
    alone = Problem(
        mine.values,
        mine.shown,
        mine.relations,
        rule.threshold,
        telling,
        ours=small,
        asked=small | mine.changed,
        must=mine.exact & (small | thin | mine.changed),
        veiled=mine.veiled & mine.exact,
    )
    near = _near(mine, known)
    return _beside(alone, near) if near.relations or near.cells else alone


def _merged(mine: Own, known: Known) -> tuple[Own, Known]:
    """Let the cells that are not printed here, and are the same as cells that are known, be those."""
    unprinted = mine.values.keys() - mine.shown.keys()
    pairs = filter(None, (relation.pair for relation in known.relations))
    same = {cell: home for home, cell in pairs if cell in unprinted and home not in mine.values}

    def name(cell: Address) -> Address:
        return same.get(cell, cell)

    values = {name(cell): value for cell, value in mine.values.items()}
    relations = settled(relation.renamed(name) for relation in mine.relations)
    merged = replace(mine, values=values, relations=relations, changed=frozenset(map(name, mine.changed)))
    left = tuple(one for one in known.relations if not (one.pair and one.pair[1] in same))
    return merged, replace(known, relations=left)


def _near(mine: Own, known: Known) -> Known:
    """Leave out of what is known all that no unknown cell ties to the publication."""
    missing = {cell for cell, figure in known.cells.items() if figure.status is Status.MISSING}
    figures = {c: f.value for c, f in known.cells.items() if isinstance(f.value, int) and f.base is None}
    usable = {r: None for r in known.relations if not any(cell in missing for _, cell in r.terms)}
    groups = connected(figures, (*mine.relations, *usable))
    tied = [group for group in groups if group.unknown & mine.values.keys()]
    cells = {cell for group in tied for relation in group.relations for _, cell in relation.terms}
    return Known(
        {cell: figure for cell, figure in known.cells.items() if cell in cells},
        tuple(relation for group in tied for relation in group.relations if relation in usable),
        present=known.present & cells,
        counts={cell: count for cell, count in known.counts.items() if cell in cells},
        moves=known.moves,
    )


def _beside(alone: Problem, known: Known) -> Problem:
    """Add what is known: what it shows can't be hidden, and what it hides must stay safe."""
    scene = recalled((*alone.relations, *known.relations), known)
    older = frozenset(cell for cell, figure in known.cells.items() if figure.status is Status.SUPPRESSED)
    figures = {cell: (value, value) for cell, value in scene.figures.items()} | _rounded(known)
    counts = {**known.counts, **alone.counts, **scene.figures}
    return replace(
        alone,
        counts=_world(counts, scene.relations, scene.present),
        shown={**alone.shown, **figures},
        relations=scene.relations,
        present=alone.present | scene.present,
        asked=alone.asked | older,
        fixed=frozenset(figures),
        elsewhere=older,
        before=replace(scene, present=scene.present | (alone.present & alone.must)),
        moves=known.moves,
    )


def _rounded(known: Known) -> dict[Address, tuple[int, int]]:
    cells = ((cell, one.value, one.base) for cell, one in known.cells.items())
    return {cell: rounding.ends(value, base) for cell, value, base in cells if isinstance(value, int) and base}


def _world(
    counts: Mapping[Address, int], relations: tuple[Relation, ...], present: frozenset[Address]
) -> Mapping[Address, int]:
    """Fill in counts that only somebody else has: any that fit will do."""
    found = dict(counts)
    for group in connected(counts, relations):
        try:
            found |= Model(sorted(group.unknown), group.relations, counts, present).world()
        except ContradictionError as contradiction:
            raise _contradicted(group) from contradiction
    return found


def _contradicted(group: Connected) -> SentenceError:
    tables = sorted({cell.table for relation in group.relations for _, cell in relation.terms})
    return SentenceError(
        "disclosure.contradiction",
        gettext_noop(
            "Siffrorna motsäger det som redan är publicerat om samma personer (%(tables)s). "
            "Kontrollera att de kommer från samma ögonblicksbild."
        ),
        {"tables": ", ".join(tables)},
    )
