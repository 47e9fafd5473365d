"""Protection as a loop: find a pattern, attack what would be published with it, hide more, until it is silent."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from finsam.disclosure.attack import successive_editions
from finsam.disclosure.attack.intervals import narrow
from finsam.disclosure.attack.view import Scene
from finsam.disclosure.progress import Progress
from finsam.disclosure.published_before import Change, Known
from finsam.disclosure.relations import Address
from finsam.disclosure.suppression.pattern import Problem, Widening, price

Touching = Mapping[Address, Sequence[tuple[Address, ...]]]  # a cell and what it stands in relation to
Show = Callable[[frozenset[Address]], Scene]  # what an intruder sees when these cells are hidden


@dataclass(frozen=True)
class Outcome:
    """The cells to hide, those that nothing makes safe, and how many attacks and questions it took."""

    hidden: frozenset[Address]
    open: tuple[Address, ...]
    rounds: int
    questions: int
    moves: tuple[Change, ...] = ()


def guarded(problem: Problem, known: Known, show: Show, progress: Progress) -> Outcome:
    """Widen until no attack finds anything, or nothing is left to hide."""
    problem = replace(problem, must=problem.must | (successive_editions.kept(known) & problem.shown.keys()))
    widening, touching = Widening(problem), _touching(problem, known)
    found, rounds, asked, lost = widening.found(progress), 1, 0, frozenset[Address]()
    while True:
        given, questions = _given_away(problem, found.open)
        lost, asked, found = lost | given, asked + questions, widening.without(given)
        if found.open:
            return Outcome(found.hidden, found.open, rounds, asked + found.questions)
        leaks, questions = _attacked(problem, known, show(found.hidden), found.hidden, lost)
        given, more = _given_away(problem, leaks)
        lost, asked, leaks = lost | given, asked + questions + more, [leak for leak in leaks if leak not in given]
        closing = {_closing(problem, touching, found.hidden, leak) for leak in leaks}
        if None in closing or not leaks:
            return Outcome(found.hidden, tuple(leaks), rounds, asked + found.questions, widening.moves)
        found, rounds = widening.widened(cell for cell in closing if cell), rounds + 1


def _given_away(problem: Problem, cells: Collection[Address]) -> tuple[frozenset[Address], int]:
    """Find those of the cells that what is known already gives away, whatever we do."""
    if problem.before is None or not cells:
        return frozenset(), 0
    scene = problem.before
    found = narrow(scene.figures, scene.relations, cells, problem.threshold, scene.present)
    return frozenset(found.narrow), found.questions


def _attacked(
    problem: Problem, known: Known, scene: Scene, hidden: frozenset[Address], lost: frozenset[Address]
) -> tuple[list[Address], int]:
    targets = (problem.asked | hidden) - lost
    outside = narrow(scene.figures, scene.relations, targets, problem.threshold, scene.present)
    linked, asked = successive_editions.derivable(scene, known, targets, problem.threshold)
    return [*outside.narrow, *linked], outside.questions + asked


def _touching(problem: Problem, known: Known) -> Touching:
    rows = (tuple(cell for _, cell in relation.terms) for relation in (*problem.relations, *known.relations))
    touching: dict[Address, list[tuple[Address, ...]]] = {}
    for row in (*rows, *known.revised.items()):
        for cell in row:
            touching.setdefault(cell, []).append(row)
    return touching


def _closing(problem: Problem, touching: Touching, hidden: frozenset[Address], leak: Address) -> Address | None:
    """Choose the cheapest of the shown cells nearest to the leak; None when all that has to do with it is hidden."""
    free = problem.shown.keys() - hidden - problem.fixed
    ours = {cell for cell in free if problem.counts[cell] or cell in problem.veiled}
    seen, near = {leak}, [leak]
    while near:
        near = sorted({cell for one in near for row in touching.get(one, ()) for cell in row} - seen)
        seen.update(near)
        if candidates := ours.intersection(near):
            return min(candidates, key=lambda cell: (price(cell, problem.counts[cell]), cell))
    return None
