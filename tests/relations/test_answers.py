"""Every equation between answers of the table builder, and between them and the reports, is declared or awaited.

Searched in blocks: figures of stays and persons by a pair of dimensions, for years and quarters, beside what the
reports publish. What can be asked is searched by itself in `test_layers`.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

import pytest

from finsam.disclosure.relations import Relation
from tests.relations.asked import Beside, Question, beside
from tests.relations.awaited import of_reports
from tests.relations.family import opened
from tests.relations.order import Cone
from tests.relations.sentences import sentences, shortest
from tests.relations.worlds import Facts

pytestmark = [pytest.mark.once, pytest.mark.slow]

FACTS: Final = Facts()
FEW, MANY = 12_000, 20_000  # of the block in every run, and of the others
SEEDS: Final = (1, 2, 3)
TOLD: Final = 12  # of what is found, so many are made short
SAMPLE: Final = ("sex", "county")
SOME: Final = (("support", "county"),)  # others want more worlds: what is seldom drawn is else taken for nothing
STAYS: Final = tuple(f"{unit}_{flow}" for flow in ("new", "ongoing", "ended") for unit in ("participations", "persons"))
ASKED: Final = (
    *(Question(figure, SAMPLE) for figure in STAYS),
    Question("participations_work_or_study", SAMPLE),
    Question("persons_new", ("sex", "kind")),
)


@cache
def answered(asked: tuple[Question, ...], seed: int = SEEDS[0]) -> Beside:
    """The answers to some questions beside what is published."""
    made, published = opened(FACTS, FEW if asked == ASKED else MANY, seed)
    return beside(published, made, asked)


def known(of: Beside) -> Iterator[Relation]:
    """What is declared and what is awaited."""
    yield from of.family.declared
    yield from of.read
    for relations in of_reports(FACTS).values():
        yield from relations


def undeclared(asked: tuple[Question, ...]) -> list[Relation]:
    """What holds in the worlds and in others too, and is neither declared nor awaited."""
    of = answered(asked)
    space, held = of.family.space, list(known(of))
    found: Sequence[Relation] = shortest(space, held, space.undeclared(held)[:TOLD])
    for seed in SEEDS[1:]:
        found = [one for one in found if answered(asked, seed).family.space.holds(one)] if found else []
    return list(found)


def test_every_equation_of_stays_and_persons_is_declared_or_awaited() -> None:
    assert sentences(undeclared(ASKED)) == []


@pytest.mark.parametrize("pair", SOME, ids=" and ".join)
def test_every_equation_of_what_can_be_asked_is_declared_or_awaited(pair: tuple[str, ...]) -> None:
    assert sentences(undeclared(tuple(Question(figure, pair) for figure in STAYS))) == []


def test_what_is_read_of_tables_holds_and_is_not_declared() -> None:
    """A table that answers are held against by now is to be taken away from those that are read here."""
    of = answered(ASKED)
    space, cone = of.family.space, Cone(of.family.space, of.family.declared)
    assert all(space.holds(relation) for relation in of.read)
    assert not all(cone.tells(relation) for relation in of.read)
