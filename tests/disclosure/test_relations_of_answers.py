"""Every equation between answers of the table builder, and between them and the reports, is declared or awaited.

Searched in blocks: all figures that can be asked by a pair of dimensions, for years and quarters, beside what the
reports publish. A fixed block in every run, some pairs by a fixed seed in the slow one.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from random import Random
from typing import Final

import pytest

from finsam.disclosure.relations import Relation
from finsam.statistics.tables.dimensions import DIMENSIONS
from tests.disclosure.asked import Beside, Question, beside, questions
from tests.disclosure.awaited import of_reports
from tests.disclosure.awaited_asked import KINDS
from tests.disclosure.family import opened
from tests.disclosure.order import Cone
from tests.disclosure.sentences import sentences, shortest
from tests.disclosure.worlds import Facts

pytestmark = pytest.mark.once

FACTS: Final = Facts()
WORLDS: Final = {False: 12_000, True: 60_000}  # many for dimensions of which some codes are seldom met
RARE: Final = frozenset({"at_once", "stay_number", "support_time", "party", "target_group"})
SEEDS: Final = (1, 2, 3)
MOST: Final = 2_000  # cells of a block, beside what is published
TOLD: Final = 12  # of what is found, so many are made short
PAIRS: Final = tuple(combinations([name for name, one in DIMENSIONS.items() if one.splits], 2))
SAMPLE: Final = ("sex", "county")
SOME: Final = Random(11).sample(PAIRS, 4)
STAYS: Final = tuple(f"{unit}_{flow}" for flow in ("new", "ongoing", "ended") for unit in ("participations", "persons"))


@cache
def answered(asked: tuple[Question, ...], seed: int = SEEDS[0]) -> Beside:
    """The answers to some questions beside what is published."""
    rare = any(name in RARE for one in asked for name in one.by)
    made, published = opened(FACTS, WORLDS[rare], seed)
    return beside(published, made, asked)


def block(pair: tuple[str, ...]) -> tuple[Question, ...]:
    """Ask for every figure by the pair, those of stays and persons first, as long as there is room for the cells."""
    asked = sorted((one for one in questions() if one.by == pair), key=lambda one: (one.figure not in STAYS, one))
    made, published = opened(FACTS, WORLDS[False], SEEDS[0])
    kept, room = list[Question](), MOST
    for one in asked:
        room -= sum(len(table.cells) * len(table.figures) for table in beside(published, made, [one]).own)
        if room >= 0:
            kept.append(one)
    return tuple(kept)


def known(of: Beside) -> Iterator[Relation]:
    """What is declared and what is awaited."""
    yield from of.family.declared
    yield from of.read
    for relations in of_reports(FACTS).values():
        yield from relations
    for kind in KINDS:
        yield from kind.relations(of.cells)


def undeclared(asked: tuple[Question, ...]) -> list[Relation]:
    """What holds in the worlds and in others too, and is neither declared nor awaited."""
    of = answered(asked)
    space, held = of.family.space, list(known(of))
    found: Sequence[Relation] = shortest(space, held, space.undeclared(held)[:TOLD])
    for seed in SEEDS[1:]:
        found = [one for one in found if answered(asked, seed).family.space.holds(one)] if found else []
    return list(found)


def test_every_equation_of_stays_and_persons_is_declared_or_awaited() -> None:
    assert sentences(undeclared(tuple(Question(figure, SAMPLE) for figure in STAYS))) == []


@pytest.mark.slow
@pytest.mark.parametrize("pair", SOME, ids=" and ".join)
def test_every_equation_of_what_can_be_asked_is_declared_or_awaited(pair: tuple[str, ...]) -> None:
    assert sentences(undeclared(block(pair))) == []


def test_what_is_awaited_holds_and_is_not_declared() -> None:
    """A kind that is declared by now is to be taken away from those that are awaited."""
    of = answered(tuple(Question(figure, SAMPLE) for figure in STAYS))
    space, cone = of.family.space, Cone(of.family.space, of.family.declared)
    kinds = {kind.sentence: list(kind.relations(of.cells)) for kind in KINDS} | {"tables that are read": of.read}
    for sentence, relations in kinds.items():
        assert all(space.holds(relation) for relation in relations), sentence
        assert not all(cone.tells(relation) for relation in relations), f"declared by now: {sentence}"


def test_a_sum_of_quarters_that_nobody_declared_is_found() -> None:
    of = answered(tuple(Question(figure, SAMPLE) for figure in STAYS))
    left = [*of.family.declared, *of.read, *(one for kind in KINDS[1:] for one in kind.relations(of.cells))]
    space = of.family.space
    found = shortest(space, left, space.undeclared(left)[:1])
    assert found
    assert all(space.holds(one) and len(one.terms) <= 6 for one in found)
