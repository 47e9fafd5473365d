"""The naive count: plain loops over the plan by the definitions of the report, as known at the end of a day."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from finsam.demo.drawing.records import (
    ACTIVITY,
    MISREGISTRATION,
    SICKNESS,
    STOCKHOLM,
    Heads,
    Intervention,
    Plan,
    State,
    Stay,
)

Cells = dict[tuple[int, str, str, str], int]  # by year, flow, support group ("all" is everyone) and sex
GROUPS = {"sickness_benefit": set(SICKNESS), "activity_compensation": {ACTIVITY}}


def end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(0), STOCKHOLM)


def known(plan: Plan, as_of: date) -> Iterator[tuple[Stay, State]]:
    for stay in plan.stays:
        state = stay.known(end_of(as_of))
        if state is not None and state.end_reason != MISREGISTRATION:
            yield stay, state


def is_ongoing(state: State, year: int) -> bool:
    last_day = date.max if state.ends_before is None else state.ends_before - timedelta(days=1)
    return state.starts_on <= date(year, 12, 31) and last_day >= date(year, 1, 1)


def persons(plan: Plan, as_of: date) -> Cells:
    seen: dict[tuple[int, str, str, str], set[int]] = defaultdict(set)
    for stay, state in known(plan, as_of):
        sex = plan.humans[stay.human].sex
        groups = ["all", *(name for name, codes in GROUPS.items() if codes & set(state.supports))]
        for year in range(2016, 2021):
            for group in groups:
                if is_ongoing(state, year):
                    seen[year, "ongoing", group, sex].add(stay.human)
                if state.starts_on.year == year:
                    seen[year, "new", group, sex].add(stay.human)
    return {cell: len(humans) for cell, humans in seen.items()}


def known_heads(row: Heads, as_of: date) -> int:
    versions = [*row.earlier, (row.at, row.women, row.men)]
    return next((women + men for at, women, men in reversed(versions) if at < end_of(as_of)), 0)


def heads(plan: Plan, as_of: date, year: int, kind: str, source: str) -> int:
    return sum(
        known_heads(row, as_of)
        for one in plan.interventions
        for row in one.heads
        if one.kind == kind and row.year == year and row.source == source
    )


def running(plan: Plan, as_of: date, year: int, group: str = "") -> list[Intervention]:
    """Interventions that belong to the year, of one need group or of all."""
    return [
        one
        for one in plan.interventions
        if one.at < end_of(as_of) and one.belongs_to(year) and (not group or group in one.need_groups)
    ]


def percent(part: int, whole: int) -> int:
    """Whole percent, half away from zero."""
    share = 100 * abs(part) / abs(whole)
    return (1 if part * whole >= 0 else -1) * int(share + 0.5)
