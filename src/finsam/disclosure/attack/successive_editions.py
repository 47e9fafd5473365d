"""Two editions of the same figures from different snapshots: what an intruder makes of what changed between them.

A new count is the old one with unknown people added and removed, so nothing at all follows for sure. The intruder is
taken to believe the most parsimonious explanation: of all the changes that fit what both editions show, those that
are the fewest together. Where a shown margin didn't change, its parts are then unchanged; where it changed by some
persons, no more than they changed beneath it. Whoever believes in more changes than that knows less.

That nothing at all follows is the other world he tries: there each snapshot has only its own relations.

A visible change of a few can only come from editions of before a cell was published once; so can it be seen that one
of those who came must stand in a hidden cell. But no hidden cell of either edition may be narrower than the threshold
for whoever has both.

Two limits follow. What an earlier edition told of a cell can't be taken back: only cells that were never shown are
guarded against the link. And an intruder who believes in the fewest changes may be mistaken: his intervals are wide
enough, but need not hold the true count.
"""

from collections.abc import Collection, Iterable, Iterator

from finsam.disclosure.attack.intervals import Connected, connected, narrow
from finsam.disclosure.attack.linear_model import Model
from finsam.disclosure.attack.view import Scene, recalled
from finsam.disclosure.cells import Cell, Status
from finsam.disclosure.published_before import Known
from finsam.disclosure.relations import Address, Relation

MORE, FEWER = "more", "fewer"  # the tables of people added and of people removed, which nobody shows


def derivable(scene: Scene, known: Known, hidden: Collection[Address], width: int) -> tuple[list[Address], int]:
    """Find the hidden cells, never shown before, that both editions together give away.

    Only what the link adds is judged: a cell that its own edition gives away is found there. Gives the cells and how
    many linear programs it took.
    """
    if not known.revised:
        return [], 0
    guarded, questions = _guarded(scene, known, hidden, width)
    relations = (*scene.relations, *_links(known, scene))
    explained = (*relations, *_least(scene, relations))
    found = narrow(scene.figures, explained, guarded, width, scene.present)
    return list(found.narrow), questions + found.questions


def _guarded(scene: Scene, known: Known, hidden: Collection[Address], width: int) -> tuple[list[Address], int]:
    """Choose the hidden cells that were never shown and that no edition gives away by itself."""
    now, then = _never_shown(known, hidden)
    before = recalled(known.relations, known)
    told = {*then, *(twin for cell in (*now, *then) for twin in _twins(known, cell))}
    alone = narrow(scene.figures, scene.relations, now, width, scene.present)
    given = narrow(before.figures, before.relations, told, width, before.present)
    lost = {*alone.narrow, *given.narrow}
    guarded = [cell for cell in dict.fromkeys((*now, *then)) if not lost & {cell, *_twins(known, cell)}]
    return guarded, alone.questions + given.questions


def kept(known: Known) -> frozenset[Address]:
    """Give the cells whose older edition hid them: hidden they stay, so that one edition can't tell of the other."""
    return frozenset(
        new for new, old in known.revised.items() if _is_hidden(known.cells.get(old)) and not _was_shown(known, old)
    )


def _never_shown(known: Known, hidden: Collection[Address]) -> tuple[list[Address], list[Address]]:
    """Keep the hidden cells that no earlier edition showed: those of now, and those of then."""
    now = sorted(cell for cell in known.revised if cell in hidden and not _was_shown(known, cell))
    both = {*known.revised, *known.revised.values()} & known.cells.keys()
    then = sorted(cell for cell in both if _is_hidden(known.cells[cell]) and not _was_shown(known, cell))
    return now, then


def _was_shown(known: Known, cell: Address) -> bool:
    older = (known.cells.get(twin) for twin in _twins(known, cell))
    return any(one is not None and one.status is Status.OK and one.base is None for one in older)


def _twins(known: Known, cell: Address) -> Iterator[Address]:
    """Follow a cell back through the editions."""
    while cell in known.revised:
        cell = known.revised[cell]
        yield cell


def _is_hidden(cell: Cell | None) -> bool:
    return cell is not None and cell.status is Status.SUPPRESSED


def _links(known: Known, scene: Scene) -> Iterator[Relation]:
    """Say that new is old with some added and some removed, where not both are shown."""
    for new, old in sorted(known.revised.items()):
        if not {new, old} <= scene.figures.keys():
            more, fewer = (Address(table, (new.table, *new.key), new.figure) for table in (MORE, FEWER))
            yield Relation(((1, new), (-1, old), (-1, more), (1, fewer)))


def _least(scene: Scene, relations: Iterable[Relation]) -> Iterator[Relation]:
    """Say of everything that hangs together that people added and removed are as few as they can be."""
    for group in connected(scene.figures, relations):
        if changes := _changes(group):
            model = Model(sorted(group.unknown), group.relations, scene.figures, scene.present)
            yield Relation(tuple((1, cell) for cell in changes), constant=model.least_sum(changes))


def _changes(group: Connected) -> list[Address]:
    return sorted(cell for cell in group.unknown if cell.table in (MORE, FEWER))
