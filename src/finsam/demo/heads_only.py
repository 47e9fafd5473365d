"""The plan of a home without persons: everyone becomes a head, counted once a year in one intervention."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time

from finsam.demo.drawing.moments import midnight_after
from finsam.demo.drawing.published import YEARS
from finsam.demo.drawing.records import AS_OF, MISREGISTRATION, STOCKHOLM, Heads, Intervention, Plan, State

COUNTED = (1, 29)  # the day a year's heads were counted, in the year after
Cell = tuple[int, int, str]  # intervention, year, sex


def counted(plan: Plan) -> Plan:
    """The same plan with people and stays turned into heads of anonymous participants."""
    heads = _heads(plan)
    interventions = [_with_heads(one, heads) for one in plan.interventions]
    return replace(plan, interventions=interventions, humans=[], stays=[])


def _heads(plan: Plan) -> Counter[Cell]:
    """Each person of a year in the intervention begun last, as the published figures knew it."""
    found: dict[tuple[int, int], Intervention] = {}
    known = [(stay, stay.known(midnight_after(AS_OF))) for stay in plan.stays]
    for stay, state in known:
        if state is not None and state.end_reason != MISREGISTRATION:
            for year in YEARS:
                if _takes_part(state, year):
                    found[stay.human, year] = stay.intervention
    return Counter((one.number, year, plan.humans[human].sex) for (human, year), one in found.items())


def _takes_part(state: State, year: int) -> bool:
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    return state.starts_on < after and (state.ends_before is None or state.ends_before > first)


def _counting_day(year: int) -> datetime:
    return datetime.combine(date(year + 1, *COUNTED), time(10), STOCKHOLM)


def _with_heads(one: Intervention, heads: Counter[Cell]) -> Intervention:
    if one.method != "identified":
        return one
    found = {row.year: row for row in one.heads}
    for year in YEARS:
        women, men = heads[one.number, year, "women"], heads[one.number, year, "men"]
        row = found.get(year, Heads(year, "anonymous", 0, 0, max(one.at, _counting_day(year))))
        if women or men:
            found[year] = row._replace(women=row.women + women, men=row.men + men, earlier=_earlier(row, women, men))
    return replace(one, heads=list(found.values()))


def _earlier(row: Heads, women: int, men: int) -> tuple[tuple[datetime, int, int], ...]:
    return tuple((at, first + women, second + men) for at, first, second in row.earlier)
