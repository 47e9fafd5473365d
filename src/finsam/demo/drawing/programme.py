"""The interventions of the demo, with the published numbers of each group, kind and direction."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from finsam.demo.drawing import hosting, names
from finsam.demo.drawing.hosting import Slot
from finsam.demo.drawing.moments import LAST_CALIBRATED, between, drawn, office_hour
from finsam.demo.drawing.parties import controller, performers
from finsam.demo.drawing.published import REHABILITATION_2020, YEARS
from finsam.demo.drawing.records import FIRST_DAY, TODAY, Association, Intervention
from finsam.demo.drawing.showcase import SHOWCASE, SHOWN, Shown
from finsam.demo.drawing.spells import BEYOND, Spell
from finsam.values.municipalities import municipalities

REHABILITATION: Final = "rehabilitation_to_work_or_education"
OTHER_DIRECTIONS: Final[Mapping[str, float]] = {
    "preparatory": 45, "individual_assessment": 30, "preventive": 14, "other_individual": 11,
}  # fmt: skip
STRUCTURAL_DIRECTIONS: Final[Mapping[str, float]] = {
    "dialogue_and_communication": 50, "training": 28, "mapping": 14, "other_structural": 8,
}  # fmt: skip
REHABILITATION_SHARE: Final[Mapping[bool, float]] = {True: 0.66, False: 0.46}  # with a priority group or without
OTHER_GROUPS: Final[Mapping[str, float]] = {
    "social_assistance": 30, "mental_ill_health": 25, "unemployed_long_term": 20, "newly_arrived": 10,
}  # fmt: skip
NUMBERS_ONLY_SHARE: Final = 0.16
OPEN_SHARE: Final = 0.75
PLANNED_ENDS: Final = (date(2021, 7, 1), date(2022, 1, 1), date(2023, 1, 1))


def draw(rng: Random, associations: Sequence[Association]) -> list[Intervention]:
    """All interventions, those a registrar sees on the start page first."""
    waiting = hosting.slots(rng)
    shown = [slot for slot in waiting if _can_be_shown(slot)][: len(SHOWN)]
    home = next(one for one in associations if one.name == SHOWCASE)
    placed = [(slot, home) for slot in shown]
    placed += hosting.hosted(rng, [slot for slot in waiting if slot not in shown], associations)
    directions = _directions(rng, [slot for slot, _host in placed])
    taken: dict[int, set[str]] = defaultdict(set)
    interventions = []
    for number, (slot, host) in enumerate(placed):
        special = SHOWN[number] if number < len(SHOWN) else None
        row = _intervention(rng, number, slot, host, special.direction if special else directions[number])
        row.name = special.name if special else _name(rng, row, taken[host.number])
        _settle(rng, row, special)
        interventions.append(row)
    return interventions


def _can_be_shown(slot: Slot) -> bool:
    return slot.group == hosting.WITHOUT_GROUP and slot.kind == "individual" and slot.spell == Spell(2018, BEYOND)


def _intervention(rng: Random, number: int, slot: Slot, host: Association, direction: str) -> Intervention:
    starts_on = max(_start(rng, slot.spell), host.first_day)
    ends_before = _end(rng, slot.spell, starts_on)
    individual = slot.kind == "individual"
    return Intervention(
        number=number,
        association=host,
        name="",
        description=names.DESCRIPTIONS[direction],
        starts_on=starts_on,
        ends_before=ends_before,
        kind=slot.kind,
        direction=direction,
        method="identified" if individual and rng.random() >= NUMBERS_ONLY_SHARE else "numbers_only",
        controller=None,
        need_groups=_need_groups(rng, slot),
        performers=(),
        at=office_hour(rng, max(FIRST_DAY, min(starts_on, LAST_CALIBRATED) - timedelta(days=rng.randrange(5, 60)))),
        weight=host.weight * rng.lognormvariate(0, 0.6),
    )


def _settle(rng: Random, row: Intervention, special: Shown | None) -> None:
    if special:
        row.method, row.ends_before, row.weight = special.method, special.ends_before, 0.0
    if row.method == "identified":
        row.controller = special.controller if special else controller(rng, row)
    row.performers = performers(rng, row)


def _start(rng: Random, spell: Spell) -> date:
    if spell.first == BEYOND:
        return between(rng, date(BEYOND, 1, 1), TODAY)
    months = range(2, 7 if spell.last == spell.first else 11)
    return date(spell.first, 1 if rng.random() < 0.55 else rng.choice(months), 1)


def _end(rng: Random, spell: Spell, starts_on: date) -> date | None:
    if spell.last == BEYOND:
        return None if rng.random() < OPEN_SHARE else rng.choice(PLANNED_ENDS)
    if rng.random() < 0.6:
        return date(spell.last + 1, 1, 1)
    earliest = starts_on.month + 3 if starts_on.year == spell.last else 4
    return date(spell.last, rng.randrange(earliest, 13), 1)


def _directions(rng: Random, placed: Sequence[Slot]) -> dict[int, str]:
    """A direction for each; among a group's individual ones of 2020 exactly the published number is rehabilitation."""
    found: dict[int, str] = {}
    for group, wanted in REHABILITATION_2020.items():
        counted = [number for number, slot in enumerate(placed) if slot.group == group and _counted(slot)]
        rng.shuffle(counted)
        found |= dict.fromkeys(counted[:wanted], REHABILITATION)
        found |= {number: drawn(rng, OTHER_DIRECTIONS) for number in counted[wanted:]}
    for number, slot in enumerate(placed):
        if number not in found:
            found[number] = _direction(rng, slot)
    return found


def _counted(slot: Slot) -> bool:
    return slot.kind == "individual" and slot.spell.first <= YEARS[-1] <= slot.spell.last


def _direction(rng: Random, slot: Slot) -> str:
    if slot.kind == "structural":
        return drawn(rng, STRUCTURAL_DIRECTIONS)
    return REHABILITATION if rng.random() < REHABILITATION_SHARE[bool(slot.group)] else drawn(rng, OTHER_DIRECTIONS)


def _need_groups(rng: Random, slot: Slot) -> tuple[str, ...]:
    if slot.group:
        return (slot.group,) if rng.random() < 0.8 else (slot.group, drawn(rng, OTHER_GROUPS))
    if rng.random() < (0.75 if slot.kind == "structural" else 0.3):
        return ("none_specific",)
    return tuple(dict.fromkeys(drawn(rng, OTHER_GROUPS) for _ in range(rng.choice((1, 1, 2)))))


def _name(rng: Random, row: Intervention, taken: set[str]) -> str:
    words = names.INDIVIDUAL if row.kind == "individual" else names.STRUCTURAL[row.direction]
    places = [municipalities()[code].name for code in row.association.places]
    found = rng.choice(words) if rng.random() < 0.5 else f"{rng.choice(words)} {rng.choice(places)}"
    unique, number = found, 1
    while unique in taken:
        number += 1
        unique = f"{found} {number}"
    taken.add(unique)
    return unique
