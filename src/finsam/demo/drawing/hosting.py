"""Which association has which intervention, so that the published numbers of associations come back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from finsam.demo.drawing.published import INTERVENTIONS, SPREAD, YEARS, Flow, Spread, Yearly
from finsam.demo.drawing.records import Association
from finsam.demo.drawing.spells import BEYOND, Spell
from finsam.demo.drawing.spells import draw as draw_spells

TURNOVER = 0.22  # of a year's interventions, how many are new unless the numbers demand more
GOES_ON = 0.8
BEFORE = (2010, 2010, 2011, 2012, 2013, 2014, 2015)
STARTING_2021 = 45  # belong to no year counted
WITHOUT_GROUP = ""


@dataclass(slots=True, eq=False)
class Slot:
    """An intervention to be: its priority group or '', kind and years."""

    group: str
    kind: str
    spell: Spell


def slots(rng: Random) -> list[Slot]:
    """The interventions of every group and kind, as many in each year as were counted, and some for 2021."""
    found = [
        Slot(group, kind, spell)
        for (group, kind), yearly in INTERVENTIONS.items()
        for spell in draw_spells(rng, Flow(yearly, _new(yearly)), before=BEFORE, goes_on=GOES_ON)
    ]
    cells = rng.choices(list(INTERVENTIONS), [yearly[-1] for yearly in INTERVENTIONS.values()], k=STARTING_2021)
    return [*found, *(Slot(group, kind, Spell(BEYOND, BEYOND)) for group, kind in cells)]


def _new(yearly: Yearly) -> Yearly:
    new = [round(yearly[0] * TURNOVER)]
    for last, this in pairwise(yearly):
        new.append(max(this - last, round(this * TURNOVER)))
    return tuple(new)  # type: ignore[return-value]


def hosted(
    rng: Random, waiting: Sequence[Slot], associations: Sequence[Association]
) -> Iterator[tuple[Slot, Association]]:
    """Each slot with its association; in 2019 and 2020 every group has as many associations as were counted."""
    for group in sorted({slot.group for slot in waiting}):
        mine = [slot for slot in waiting if slot.group == group]
        rng.shuffle(mine)
        mine.sort(key=lambda slot: slot.kind)  # individual ones first: each association has one to place people in
        yield from _group_hosted(rng, mine, _hosts(rng, SPREAD.get(group), associations))


@dataclass(frozen=True)
class Hosts:
    """The associations of a group in 2019 and 2020, only in 2019, and only in 2020."""

    both: list[Association]
    only_2019: list[Association]
    only_2020: list[Association]


def _hosts(rng: Random, spread: Spread | None, associations: Sequence[Association]) -> Hosts:
    if spread is None:
        return Hosts(list(associations), [], [])
    order = sorted(associations, key=lambda one: rng.random() ** (1 / one.weight), reverse=True)
    first, second = spread.both, spread.both + spread.only_2019
    return Hosts(order[:first], order[first:second], order[second : second + spread.only_2020])


def _group_hosted(rng: Random, mine: Sequence[Slot], hosts: Hosts) -> Iterator[tuple[Slot, Association]]:
    last, now = YEARS[-2], YEARS[-1]
    through = [slot for slot in mine if slot.spell.first <= last and slot.spell.last >= now]
    begun = [slot for slot in mine if slot.spell.first == now]
    ended = [slot for slot in mine if slot.spell.last == last]
    rest = [slot for slot in mine if slot.spell.last < last]
    coming = [slot for slot in mine if slot.spell.first > now]
    yield from _shared_out(rng, through, hosts.both, hosts.both)
    yield from _shared_out(rng, begun, hosts.only_2020, hosts.both + hosts.only_2020)
    yield from _shared_out(rng, ended, hosts.only_2019, hosts.both + hosts.only_2019)
    yield from _shared_out(rng, rest, [], hosts.both + hosts.only_2019)
    yield from _shared_out(rng, coming, [], hosts.both)


def _shared_out(
    rng: Random, some: Sequence[Slot], each: Sequence[Association], among: Sequence[Association]
) -> Iterable[tuple[Slot, Association]]:
    """One slot to each of `each`, and the others among all of `among` by weight."""
    if len(some) < len(each):
        raise ValueError(f"{len(some)} interventions are too few for {len(each)} associations")
    others = rng.choices(among, [one.weight for one in among], k=len(some) - len(each))
    return zip(some, [*each, *others], strict=True)
