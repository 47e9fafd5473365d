"""Which parties carry an intervention out, and which one answers for its participants' personal data."""

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Final

from finsam.demo.drawing.moments import drawn
from finsam.demo.drawing.records import Association, Intervention, Party

KINDS: Final[Mapping[str, float]] = {
    "municipality": 62, "region": 14, "employment_service": 14, "social_insurance_agency": 10,
}  # fmt: skip
PARTIES: Final[Mapping[int, float]] = {2: 40, 3: 35, 4: 25}


def members(association: Association, day: date) -> dict[str, list[Party]]:
    """The members on a day, by kind."""
    found: dict[str, list[Party]] = {}
    for who, first_day in association.members:
        if first_day <= day:
            found.setdefault(who.kind, []).append(who)
    return found


def controller(rng: Random, row: Intervention) -> Party:
    """A member that may hold personal data; the association itself may not."""
    able = members(row.association, row.starts_on)
    kind = drawn(rng, {kind: odds for kind, odds in KINDS.items() if kind in able})
    return rng.choice(able[kind])


def performers(rng: Random, row: Intervention) -> tuple[Party, ...]:
    """Members of at least two kinds, the controller among them; two municipalities are one party."""
    able = members(row.association, row.starts_on)
    chosen = {row.controller.kind: row.controller} if row.controller else {}
    kinds = sorted(able, key=lambda kind: rng.random() ** (1 / KINDS[kind]), reverse=True)
    wanted = min(drawn(rng, PARTIES), len(kinds))
    for kind in kinds:
        if len(chosen) < wanted and kind not in chosen:
            chosen[kind] = rng.choice(able[kind])
    return tuple(sorted(chosen.values()))
