"""Who returns: spells of the same person, never two that touch one year."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from random import Random
from typing import Final, NamedTuple

from finsam.demo.drawing import spells
from finsam.demo.drawing.published import BY_SUPPORT, IDENTIFIED
from finsam.demo.drawing.spells import BEYOND, Spell

BEFORE: Final = (2013, 2014, 2014, 2015, 2015, 2015)
GOES_ON: Final = 0.46
WITH_BOTH: Final = 24  # of each sex, persons with both activity compensation and sickness benefit
RETURNING: Final = 0.13
LONGEST_PAUSE: Final = 3  # years


class Turn(NamedTuple):
    """A spell in a counted group ("sickness", "activity", "both") or in none of them ("other")."""

    group: str
    spell: Spell


def draw(rng: Random) -> list[tuple[str, list[Turn]]]:
    """Everyone's sex and turns, in the order of time; counted by year and group they give the published figures."""
    found: list[tuple[str, list[Turn]]] = []
    for sex in IDENTIFIED:
        found += [(sex, turns) for turns in _chained(rng, _turns(rng, sex))]
    rng.shuffle(found)
    return found


def _turns(rng: Random, sex: str) -> list[Turn]:
    groups: dict[str, list[Spell]] = {
        group: spells.draw(rng, flow, before=BEFORE, goes_on=GOES_ON)
        for (group, whose), flow in BY_SUPPORT.items()
        if whose == sex
    }
    groups["both"] = spells.in_common(rng, groups["sickness"], groups["activity"], WITH_BOTH)
    parts = [flow for (_group, whose), flow in BY_SUPPORT.items() if whose == sex]
    rest = spells.remaining(IDENTIFIED[sex], parts, groups["both"])
    groups["other"] = spells.draw(rng, rest, before=BEFORE, goes_on=GOES_ON)
    return _in_turn(rng, groups)


def _in_turn(rng: Random, groups: Mapping[str, Iterable[Spell]]) -> list[Turn]:
    turns = [Turn(group, spell) for group, some in groups.items() for spell in some]
    rng.shuffle(turns)
    turns.sort(key=lambda turn: turn.spell.first)
    return turns


def _chained(rng: Random, turns: Iterable[Turn]) -> list[list[Turn]]:
    """Some turns belong to someone whose last one ended in an earlier year."""
    found: list[list[Turn]] = []
    ended: dict[int, list[list[Turn]]] = defaultdict(list)
    for turn in turns:
        pause = rng.randrange(1, LONGEST_PAUSE + 1)
        resting = ended[turn.spell.first - pause]
        if resting and rng.random() < RETURNING:
            chain = resting.pop(rng.randrange(len(resting)))
        else:
            chain = []
            found.append(chain)
        chain.append(turn)
        if turn.spell.last < BEYOND:
            ended[turn.spell.last].append(chain)
    return found
