"""What an intruder can work out: for each unknown cell the narrowest interval that follows from everything shown."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from finsam.disclosure.attack.linear_model import Model
from finsam.disclosure.relations import Address, Relation

Touching = dict[Address, list[int]]  # an unknown cell and the number of every relation it stands in
Form = tuple[Any, ...]
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Interval:
    """The values a cell can have, both ends included; no upper end means that nothing limits it."""

    lower: int
    upper: int | None


@dataclass(frozen=True)
class Silence:
    """The cells that an attack found too narrow or certain, and how many linear programs it took to know."""

    narrow: tuple[Address, ...]
    questions: int


def attack(
    known: Mapping[Address, int],
    relations: Iterable[Relation],
    targets: Collection[Address],
    present: Collection[Address] = frozenset(),
) -> dict[Address, Interval]:
    """Give the exact interval of every target.

    Every cell that is not known is a whole number: 1 or more if it is `present`, else 0 or more.
    """
    alone = {target: Interval(int(target in present), None) for target in targets}
    return alone | dict(
        _answered(known, relations, targets, present, lambda model, asked: [_interval(model, cell) for cell in asked])
    )


def narrow(
    known: Mapping[Address, int],
    relations: Iterable[Relation],
    targets: Collection[Address],
    width: int,
    present: Collection[Address] = frozenset(),
) -> Silence:
    """Find the targets whose interval is narrower than the width; cells that are `present` count somebody.

    Every world the solver finds tells of all cells at once, so that few of them must be asked about one by one. Where
    thousands of groups say the same of other cells, one of them is asked about.
    """
    questions = 0

    def answer(model: Model, asked: Sequence[Address]) -> Sequence[bool]:
        nonlocal questions
        left = {cell for cell in model.left_by_worlds(asked, width) if not _is_safe(model, cell, width)}
        questions += model.questions
        return [cell in left for cell in asked]

    found = [cell for cell, is_narrow in _answered(known, relations, targets, present, answer) if is_narrow]
    return Silence(tuple(sorted(found)), questions)


def certain(
    known: Mapping[Address, int],
    relations: Iterable[Relation],
    targets: Collection[Address],
    ends: tuple[int, int],
    present: Collection[Address] = frozenset(),
) -> Silence:
    """Find the targets that lie between two ends, both included, whatever is true.

    One world in which a cell lies elsewhere is enough, and every world tells of all cells.
    """
    questions = 0

    def answer(model: Model, asked: Sequence[Address]) -> Sequence[bool]:
        nonlocal questions
        within = [model.lies_within(cell, *ends) for cell in asked]
        questions += model.questions
        return within

    found = [cell for cell, is_within in _answered(known, relations, targets, present, answer) if is_within]
    return Silence(tuple(sorted(found)), questions)


def _answered(
    known: Mapping[Address, int],
    relations: Iterable[Relation],
    targets: Collection[Address],
    present: Collection[Address],
    answer: Callable[[Model, Sequence[Address]], Sequence[Answer]],
) -> Iterator[tuple[Address, Answer]]:
    """Ask about the targets of each group that hangs together; of groups that are written alike only the first."""
    wanted = set(targets)
    answers: dict[Form, Sequence[Answer]] = {}
    for group in connected(known, relations) if wanted else ():
        cells = sorted(group.unknown)
        if asked := [cell for cell in cells if cell in wanted]:
            form = _form(cells, group.relations, known, present, asked)
            if form not in answers:
                answers[form] = answer(Model(cells, group.relations, known, present), asked)
            yield from zip(asked, answers[form], strict=True)


def _form(
    cells: Sequence[Address],
    relations: Iterable[Relation],
    known: Mapping[Address, int],
    present: Collection[Address],
    asked: Collection[Address],
) -> Form:
    """Write a question without the names of its cells: of two that are written alike the answer is the same."""
    at = {cell: place for place, cell in enumerate(cells)}
    lines = []
    for relation in relations:
        constant = relation.constant - sum(factor * known[cell] for factor, cell in relation.terms if cell in known)
        terms = sorted((at[cell], factor) for factor, cell in relation.terms if cell not in known)
        lines.append((tuple(terms), constant, relation.at_least))
    wanted = set(asked)
    marks = tuple((cell in present, cell in wanted) for cell in cells)
    return marks, tuple(sorted(lines))


def _is_safe(model: Model, cell: Address, width: int) -> bool:
    """Tell whether the ends of a cell are far enough apart: first from the least it has been, then from its lower end.

    What was found about others since has often settled it, and most reach far enough from where they have been.
    """
    been = model.least(cell)
    if model.is_wide(cell, width) or (been is not None and model.reaches(cell, been + width)):
        return True
    least = model.end(cell, largest=False) or 0
    return least != been and (model.is_wide(cell, width) or model.reaches(cell, least + width))


def _interval(model: Model, cell: Address) -> Interval:
    lower, upper = model.end(cell, largest=False), model.end(cell, largest=True)
    return Interval(lower or 0, upper)


@dataclass(frozen=True)
class Connected:
    """Unknown cells that hang together, and the relations they hang together by."""

    unknown: frozenset[Address]
    relations: tuple[Relation, ...]


def connected(known: Mapping[Address, int], relations: Iterable[Relation]) -> Iterator[Connected]:
    """Split the relations into groups that share no unknown cell, in a settled order."""
    every = list(dict.fromkeys(relations))
    unknown = [[cell for _, cell in relation.terms if cell not in known] for relation in every]
    touching: Touching = {}
    for row, cells in enumerate(unknown):
        for cell in cells:
            touching.setdefault(cell, []).append(row)
    seen: set[Address] = set()
    for start in sorted(touching):
        if start not in seen:
            reached = _reach(start, touching, unknown)
            seen |= reached
            rows = dict.fromkeys(row for cell in sorted(reached) for row in touching[cell])
            yield Connected(frozenset(reached), tuple(every[row] for row in rows))


def _reach(start: Address, touching: Touching, unknown: Sequence[Collection[Address]]) -> set[Address]:
    cells, waiting = {start}, [start]
    rows: set[int] = set()
    while waiting:
        for row in touching[waiting.pop()]:
            if row not in rows:
                rows.add(row)
                fresh = set(unknown[row]) - cells
                cells |= fresh
                waiting.extend(fresh)
    return cells
