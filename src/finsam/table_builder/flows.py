"""What holds between counts of the same people and stays in other periods and figures: quarters, stocks, flows, gains.

Each kind is searched for in the tests (`tests/relations`): what holds for every single person is declared here.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from finsam.disclosure.relations import Address, Relation, adds_up, at_most, covered, equals
from finsam.statistics.figures.outcomes import ACTIVE
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.dimensions import DIMENSIONS, OF_PERSONS
from finsam.table_builder.cell_identity import Identity, Part

Cells = Mapping[Identity, Address]
Kind = Callable[[Cells], Iterator[Relation]]
PERSONAL: Final = frozenset(dimension.name for dimension in OF_PERSONS)
LASTING: Final = frozenset(dimension.name for dimension in OF_PERSONS if dimension.is_lasting)
MOVING: Final = frozenset(name for name, dimension in DIMENSIONS.items() if dimension.changes == "period")
AGING: Final = MOVING | {name for name, dimension in DIMENSIONS.items() if dimension.changes == "year"}
FLOWS: Final = ("new", "ongoing", "ended")
STAYS: Final = tuple(f"participations_{flow}" for flow in FLOWS)
NUMBER: Final = "stay_number"
NUMBERS: Final = [str(number) for number in DIMENSIONS[NUMBER].bands]
FIRST: Final[Part] = (NUMBER, NUMBERS[0])  # whose last stay is the first has no other
ACTIVE_AFTER: Final[frozenset[Part]] = frozenset(("occupation_after", code) for code in ACTIVE)
INDIVIDUAL: Final = "individual"


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


def active_by_occupation(cells: Cells) -> Iterator[Relation]:
    """Everybody who ended and has work or studies as the occupation after works or studies."""
    for identity, cell in cells.items():
        unit = FIGURES[identity.figure].unit
        ended = identity._replace(figure=f"{unit}_ended", what=unit)
        if identity.what == "active" and ACTIVE_AFTER & {*identity.parts} and ended in cells:
            yield equals(cell, cells[ended])


def in_individual_interventions(cells: Cells) -> Iterator[Relation]:
    """All whom a figure counts that knows individual interventions only are in these."""
    for identity, cell in cells.items():
        whole = identity.without(("kind", INDIVIDUAL))
        if whole != identity and whole in cells and FIGURES[identity.figure].kinds == (INDIVIDUAL,):
            yield equals(cell, cells[whole])


def persons_within_stays(cells: Cells) -> Iterator[Relation]:
    """Persons are at most their stays, by what is the same in all their stays, is of the last, or of the only one."""
    for identity in (one for one in cells if one.figure.startswith("persons_")):
        what = "participations" if identity.what == "persons" else identity.what
        stays = identity._replace(figure=identity.figure.replace("persons", "participations"), what=what)
        same = _personal(identity) <= LASTING | MOVING or _is_of_the_last(identity) or FIRST in identity.parts
        if same and stays in cells:
            yield at_most(cells[identity], cells[stays])


def quarters_within_year(cells: Cells) -> Iterator[Relation]:
    """Those of a quarter are at most those of its year: stays, persons by sex and age, and the new of the last by all.

    Who is new in the last quarter has there what is told of the year, for that is told of the stay that started last.
    """
    for identity in (one for one in cells if "K" in one.period):
        year = identity._replace(period=identity.period[:4])
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
    for identity, cell in cells.items():
        for whole in _of_those_numbered(identity):
            if identity not in whole and all(one in cells for one in whole):
                yield covered(cell, *(cells[one] for one in whole))


KINDS: Final[tuple[Kind, ...]] = (
    sums_of_quarters,
    stocks_and_flows,
    ends_of_the_year,
    gains,
    active_by_occupation,
    in_individual_interventions,
    persons_within_stays,
    quarters_within_year,
    year_within_quarters,
    numbered_stays,
)


def following(period: str) -> str:
    """Give the period after a year or a quarter."""
    year, quarter = int(period[:4]), period[5:]
    if not quarter:
        return str(year + 1)
    return f"{year}K{int(quarter) + 1}" if quarter < "4" else f"{year + 1}K1"


def _quarters(identity: Identity) -> list[Identity]:
    return [identity._replace(period=f"{identity.period}K{quarter}") for quarter in range(1, 5)]


def _of_those_numbered(identity: Identity) -> Iterator[list[Identity]]:
    """What counts everyone, or every stay, of a stay's number: by the numbers before it, or after it."""
    number = str(dict(identity.parts).get(NUMBER, ""))
    if not number or identity.figure.partition("_")[2] not in FLOWS:
        return
    sooner, later = ([one for one in NUMBERS if one <= number], [one for one in NUMBERS if one >= number])
    same, other = _personal(identity) - {NUMBER} <= LASTING, _of_the_other_unit(identity)
    if FIGURES[identity.figure].unit == "persons":
        if same:
            yield _numbered([other], sooner)
            yield _numbered([identity._replace(period=identity.period[:4])], later)
        if same or FIRST in identity.parts:
            yield _numbered(_quarters(identity), sooner)
    elif same and number != NUMBERS[-1]:  # of those there are several to a person
        yield _numbered([other], later)


def _numbered(identities: Iterable[Identity], numbers: Sequence[str]) -> list[Identity]:
    """The same of stays of some numbers."""
    rest = [(identity, {part for part in identity.parts if part[0] != NUMBER}) for identity in identities]
    every = ((identity, {*parts, (NUMBER, number)}) for identity, parts in rest for number in numbers)
    return [identity._replace(parts=tuple(sorted(parts))) for identity, parts in every]


def _of_the_other_unit(identity: Identity) -> Identity:
    """The same count of stays where it is of persons, and of persons where it is of stays."""
    unit, _, flow = identity.figure.partition("_")
    other = "participations" if unit == "persons" else "persons"
    return identity._replace(figure=f"{other}_{flow}", what=other)


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
