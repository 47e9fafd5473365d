"""What holds between counts of the same people and stays in other periods and figures: quarters, stocks, flows, gains.

Each kind is searched for in the tests (`tests/relations`): what holds for every single person is declared here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from finsam.disclosure.relations import Address, Relation, adds_up, at_most, covered, equals
from finsam.statistics.derived.lengths import MORE, STAY_ENDS, code
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.statistics.figures.outcomes import ACTIVE
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import (
    ACTIVE_BAND,
    ACTIVITY,
    ACTIVITY_AFTER,
    SPLIT,
    STAY_LENGTH,
    Identity,
    Part,
    like,
)
from finsam.statistics.tables.dimensions import DIMENSIONS, OF_PERSONS

Cells = Mapping[Identity, Address]
Kind = Callable[[Cells], Iterator[Relation]]
EVERY: Final = {name: DIMENSIONS[like(name)] for name in (*DIMENSIONS, *SPLIT)}
PERSONAL: Final = frozenset(name for name, dimension in EVERY.items() if dimension in OF_PERSONS)
LASTING: Final = frozenset(name for name, dimension in EVERY.items() if dimension.is_lasting)
MOVING: Final = frozenset(name for name, dimension in EVERY.items() if dimension.changes == "period")
AGING: Final = MOVING | {name for name, dimension in EVERY.items() if dimension.changes == "year"}
FLOWS: Final = ("new", "ongoing", "ended")
STAYS: Final = tuple(f"participations_{flow}" for flow in FLOWS)
OF_FLOWS: Final = frozenset((*STAYS, *(f"persons_{flow}" for flow in FLOWS)))
NUMBER, AT_ONCE = "stay_number", "at_once"
NUMBERS: Final = [str(number) for number in DIMENSIONS[NUMBER].bands]
MOST_AT_ONCE: Final = [str(number) for number in DIMENSIONS[AT_ONCE].bands]
FIRST: Final[Part] = (NUMBER, NUMBERS[0])  # whose last stay is the first has no other
ACTIVE_AFTER: Final[frozenset[Part]] = frozenset(("occupation_after", code) for code in ACTIVE)
IN_ACTIVITY: Final[Part] = (ACTIVITY_AFTER, ACTIVE_BAND)
INDIVIDUAL: Final = "individual"
# For how many years before the one it ended in a stay of a length was ongoing; in leap years nearly always.
YEARS_BEFORE: Final[Mapping[str, int]] = {code(STAY_ENDS[-1]): 1, MORE: 2}


def sums_of_quarters(cells: Cells) -> Iterator[Relation]:
    """Participations that began or ended in a year did so in one of its quarters."""
    for identity in cells:
        figure, quarters = FIGURES[identity.figure], _quarters(identity)
        flows = figure.unit == "participations" and figure.flow in {"new", "ended"}
        if flows and not _has(identity, MOVING) and all(one in cells for one in quarters):
            yield adds_up(cells[identity], *(cells[one] for one in quarters))


def stocks_and_flows(cells: Cells) -> Iterator[Relation]:
    """Participations ongoing, less those that ended, and those that are new in the next period, are ongoing in it."""
    for identity in cells:
        _new, ongoing, ended = _of_flows(identity)
        after = following(identity.period)
        new, then = (one._replace(period=after) for one in _of_flows(identity)[:2])
        aged = AGING if after[:4] != identity.period[:4] else MOVING
        if identity == ongoing and not _has(identity, aged) and {new, then, ended} <= cells.keys():
            yield Relation(((1, cells[ongoing]), (-1, cells[ended]), (1, cells[new]), (-1, cells[then])))


def ends_of_the_year(cells: Cells) -> Iterator[Relation]:
    """Ongoing and not new are as many in a year as in its first quarter; ongoing and not ended, as in its last."""
    for identity in cells:
        for which, quarter in ((0, f"{identity.period}K1"), (2, f"{identity.period}K4")):
            ongoing, flow = _of_flows(identity)[1], _of_flows(identity)[which]
            then, moved = (one._replace(period=quarter) for one in (ongoing, flow))
            if identity == ongoing and not _has(identity, MOVING) and {flow, then, moved} <= cells.keys():
                yield Relation(((1, cells[ongoing]), (-1, cells[flow]), (-1, cells[then]), (1, cells[moved])))


def gains(cells: Cells) -> Iterator[Relation]:
    """Of one participation that gained work or study either began or increased is true, never both."""
    for identity in cells:
        parts = [identity._replace(what=what) for what in ("began", "increased")]
        if identity[:2] == ("participations_work_or_study", "gained") and all(one in cells for one in parts):
            yield adds_up(cells[identity], *(cells[one] for one in parts))


def going_on(cells: Cells) -> Iterator[Relation]:
    """Persons ongoing are new, or were ongoing in the period before; and have ended, or are ongoing in the next.

    A person's own facts can be others then, so that this holds of everybody, and of stays of one kind.
    """
    yield from going_on_by(cells, lambda names: not names & (PERSONAL | MOVING))


def going_on_by(cells: Cells, holds: Callable[[set[str]], bool]) -> Iterator[Relation]:
    """Say so of the counts with such parts."""
    for identity, cell in cells.items():
        if identity.figure == "persons_ongoing" and holds({name for name, _code in identity.parts}):
            for flow, then in (("new", preceding(identity.period)), ("ended", following(identity.period))):
                whole = [identity._replace(figure=f"persons_{flow}"), identity._replace(period=then)]
                if all(one in cells for one in whole):
                    yield covered(cell, *(cells[one] for one in whole))


def long_stays(cells: Cells) -> Iterator[Relation]:
    """Participations that ended after more than two years were ongoing in the year before, whatever years are leap."""
    yield from long_stays_of(cells, {MORE: 1})


def long_stays_of(cells: Cells, years: Mapping[str, int]) -> Iterator[Relation]:
    """Say that those of some lengths together were ongoing so many years before."""
    for before in sorted(set(years.values())):
        lengths = [code for code, most in years.items() if most >= before]
        for identity in cells:
            ends = identity.figure == "participations_ended" and not _has(identity, AGING)
            if ends and dict(identity.parts).get(STAY_LENGTH) == lengths[0]:
                rest = identity.without((STAY_LENGTH, lengths[0]))
                whole = rest._replace(figure=STAYS[1], period=str(int(identity.period) - before))
                parts = [rest.with_part((STAY_LENGTH, code)) for code in lengths]
                if whole in cells and all(one in cells for one in parts):
                    terms = ((1, cells[whole]), *((-1, cells[one]) for one in parts))
                    yield Relation(terms, at_least=True)


def gained_from_something(cells: Cells) -> Iterator[Relation]:
    """Of one participation of which nothing is stated before it can't be told that anything was gained."""
    for identity, cell in cells.items():
        if identity[:2] == ("participations_work_or_study", "gained"):
            ended = Identity(STAYS[2], "participations", identity.period, identity.parts)
            for name in ("occupation", ACTIVITY):
                unstated = ended.with_part((name, UNKNOWN))
                if ended in cells and unstated in cells:
                    yield Relation(((1, cells[ended]), (-1, cells[unstated]), (-1, cell)), at_least=True)


def gained_by_occupation(cells: Cells) -> Iterator[Relation]:
    """Who neither worked nor studied before and is active after has begun; who did and has gained has increased."""
    for identity, cell in cells.items():
        parts = dict(identity.parts)
        before = parts.get("occupation", parts.get(ACTIVITY))
        if identity.what == "gained" and isinstance(before, str):
            same = ("increased",) if before in {*ACTIVE, ACTIVE_BAND} else ("began", "active")
            others = (identity._replace(what=what) for what in same)
            yield from (equals(cell, cells[one]) for one in others if one in cells)


def active_by_occupation(cells: Cells) -> Iterator[Relation]:
    """Everybody who ended and has work or studies as the occupation after works or studies, and nobody else."""
    for identity, cell in cells.items():
        unit = FIGURES[identity.figure].unit
        ended = identity._replace(figure=f"{unit}_ended", what=unit)
        if identity.what != "active":
            continue
        if ACTIVE_AFTER & {*identity.parts} and ended in cells:
            yield equals(cell, cells[ended])
        whole, parts = ended.with_part(IN_ACTIVITY), [ended.with_part(part) for part in sorted(ACTIVE_AFTER)]
        if whole in cells:
            yield equals(cell, cells[whole])
        if all(part in cells for part in parts):
            exact = unit == "participations"
            yield (adds_up if exact else covered)(cell, *(cells[part] for part in parts))


def in_individual_interventions(cells: Cells) -> Iterator[Relation]:
    """All whom a figure counts that knows individual interventions only are in these."""
    for identity, cell in cells.items():
        whole = identity.without(("kind", INDIVIDUAL))
        if whole != identity and whole in cells and FIGURES[identity.figure].kinds == (INDIVIDUAL,):
            yield equals(cell, cells[whole])


def persons_within_stays(cells: Cells) -> Iterator[Relation]:
    """Persons are at most their stays, by what is the same in all their stays, is of the last, or of the only one.

    Where the stays of the year are not counted those of its quarters are, which are as many at least.
    """
    for identity in (one for one in cells if one.figure.startswith("persons_")):
        what = "participations" if identity.what == "persons" else identity.what
        stays = identity._replace(figure=identity.figure.replace("persons", "participations"), what=what)
        same = _personal(identity) <= LASTING | MOVING or _is_of_the_last(identity) or FIRST in identity.parts
        if same and stays in cells:
            yield at_most(cells[identity], cells[stays])
        elif same and not _has(identity, MOVING) and all(one in cells for one in _quarters(stays)):
            yield covered(cells[identity], *(cells[one] for one in _quarters(stays)))


def quarters_within_year(cells: Cells) -> Iterator[Relation]:
    """Those of a quarter are at most those of its year: stays, persons by sex and age, and the new of the last by all.

    Who is new in the last quarter has there what is told of the year, for that is told of the stay that started last.
    """
    for identity in (one for one in cells if "K" in one.period):
        year = _year(identity)
        persons = FIGURES[identity.figure].unit == "persons"
        last = identity.figure == "persons_new" and identity.period.endswith("K4")
        same = _personal(identity) <= LASTING if persons and not last else not _has(identity, MOVING)
        if same and year in cells:
            yield at_most(cells[identity], cells[year])


def year_within_quarters(cells: Cells) -> Iterator[Relation]:
    """Those of a year are at most those of its quarters together."""
    for identity in cells:
        quarters = _quarters(identity)
        lasting = _personal(identity) <= LASTING or _is_of_the_last(identity)
        stays = FIGURES[identity.figure].unit == "participations" and not _has(identity, MOVING)
        if (lasting or stays) and all(one in cells for one in quarters):
            yield covered(cells[identity], *(cells[one] for one in quarters))


def numbered_stays(cells: Cells) -> Iterator[Relation]:
    """A person has one first and one second stay, none after the last, and the number of the last can only rise."""
    yield from _within_any(cells, _of_those_numbered)


def most_at_once(cells: Cells) -> Iterator[Relation]:
    """In how many interventions a person is at once is never more in a quarter than in its year."""
    yield from _within_any(cells, _of_those_at_once)


KINDS: Final[tuple[Kind, ...]] = (
    sums_of_quarters,
    stocks_and_flows,
    ends_of_the_year,
    gains,
    gained_from_something,
    gained_by_occupation,
    going_on,
    long_stays,
    active_by_occupation,
    in_individual_interventions,
    persons_within_stays,
    quarters_within_year,
    year_within_quarters,
    numbered_stays,
    most_at_once,
)


def following(period: str) -> str:
    """Give the period after a year or a quarter."""
    year, quarter = int(period[:4]), period[5:]
    if not quarter:
        return str(year + 1)
    return f"{year}K{int(quarter) + 1}" if quarter < "4" else f"{year + 1}K1"


def preceding(period: str) -> str:
    """Give the period before a year or a quarter."""
    year, quarter = int(period[:4]), period[5:]
    if not quarter:
        return str(year - 1)
    return f"{year}K{int(quarter) - 1}" if quarter > "1" else f"{year - 1}K4"


def _quarters(identity: Identity) -> list[Identity]:
    return [identity._replace(period=f"{identity.period}K{quarter}") for quarter in range(1, 5)]


def _within_any(cells: Cells, wholes: Callable[[Identity], Iterable[Sequence[Identity]]]) -> Iterator[Relation]:
    for identity, cell in cells.items():
        for whole in wholes(identity):
            if identity not in whole and all(one in cells for one in whole):
                yield covered(cell, *(cells[one] for one in whole))


def _of_those_numbered(identity: Identity) -> Iterator[Sequence[Identity]]:
    """What counts everyone, or every stay, of a stay's number: by the numbers before it, or after it."""
    number, same = _number(identity, NUMBER), _is_same(identity, NUMBER)
    if not number:
        return
    sooner, later, other = _up_to(number, NUMBERS), _from(number, NUMBERS), _of_the_other_unit(identity)
    if FIGURES[identity.figure].unit == "persons":
        if same:
            yield _numbered([other], NUMBER, sooner)
            yield _numbered([_year(identity)], NUMBER, later)
        if same or FIRST in identity.parts:
            yield _numbered(_quarters(identity), NUMBER, sooner)
    elif same and number != NUMBERS[-1]:  # of those there are several to a person
        yield _numbered([other], NUMBER, later)


def _of_those_at_once(identity: Identity) -> Iterator[Sequence[Identity]]:
    """What counts everyone, or every stay, of those in so many at once: in the year, or in one of the quarters."""
    number, same = str(dict(identity.parts).get(AT_ONCE, "")), _is_same(identity, AT_ONCE)
    if number in MOST_AT_ONCE and (same or FIGURES[identity.figure].unit == "participations"):
        yield _numbered([_year(identity)], AT_ONCE, _from(number, MOST_AT_ONCE))
        yield _numbered(_quarters(identity), AT_ONCE, _up_to(number, MOST_AT_ONCE))
    if identity.figure == "persons_ongoing" and same and len(_personal(identity)) == len(identity.parts):
        yield _numbered(_quarters(identity), AT_ONCE, [number])


def _number(identity: Identity, dimension: str) -> str:
    """The number that a count is of, of a flow or of those of it who gained; nothing if it is of none."""
    number = dict(identity.parts).get(dimension, "")
    counted = identity.figure in OF_FLOWS or "gained" in FIGURES[identity.figure].counts
    return str(number) if counted else ""


def _is_same(identity: Identity, dimension: str) -> bool:
    """Whether what is told of persons beside a number is the same in every period of a year."""
    return _personal(identity) - {dimension} <= LASTING


def _up_to(number: str, numbers: Sequence[str]) -> list[str]:
    return [one for one in numbers if one <= number]


def _from(number: str, numbers: Sequence[str]) -> list[str]:
    return [one for one in numbers if one >= number]


def _numbered(identities: Iterable[Identity], dimension: str, numbers: Sequence[str]) -> list[Identity]:
    """The same of other numbers."""
    rest = [(one, {part for part in one.parts if part[0] != dimension}) for one in identities]
    every = ((one, {*parts, (dimension, number)}) for one, parts in rest for number in numbers)
    return [one._replace(parts=tuple(sorted(parts))) for one, parts in every]


def _year(identity: Identity) -> Identity:
    return identity._replace(period=identity.period[:4])


def _of_the_other_unit(identity: Identity) -> Identity:
    """The same count of stays where it is of persons, and of persons where it is of stays."""
    unit, _, flow = identity.figure.partition("_")
    other = "participations" if unit == "persons" else "persons"
    return identity._replace(figure=f"{other}_{flow}", what=other if identity.what == unit else identity.what)


def _of_flows(identity: Identity) -> tuple[Identity, Identity, Identity]:
    new, ongoing, ended = (identity._replace(figure=figure) for figure in STAYS)
    return new, ongoing, ended


def _has(identity: Identity, dimensions: frozenset[str]) -> bool:
    return any(name in dimensions for name, _code in identity.parts)


def _personal(identity: Identity) -> set[str]:
    return {name for name, _code in identity.parts} & PERSONAL


def _is_of_the_last(identity: Identity) -> bool:
    """Whether everything is of the stay that started last, which is new when any is; and nothing of other stays."""
    flow = FIGURES[identity.figure].flow in {"new", "ongoing"}
    return flow and len(_personal(identity)) == len(identity.parts) and not _has(identity, MOVING)
