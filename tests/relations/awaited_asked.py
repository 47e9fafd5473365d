"""What is known to hold between answers and what is published and is not yet declared: kinds, as in `awaited`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from finsam.disclosure.relations import Address, Relation, adds_up, at_most, covered, equals
from finsam.reports.national_annual.need_counts import BEGAN, EVERYONE
from finsam.reports.table import Codes, Counted, Tells
from finsam.statistics.figures.registry import FIGURES
from finsam.table_builder.cell_identity import Identity
from finsam.table_builder.overlaps import PERSONAL, units_of
from tests.relations.worlds import CROSSING, MUNICIPALITIES, YEARS

Cells = Mapping[Identity, Address]
MOVING: Final = frozenset({"at_once"})  # another in another period, for one stay
LASTING: Final = frozenset({"sex", "age_group"})  # of a person, and the same in all the year
AGING: Final = MOVING | {"age_group"}  # another in another year
COVERED: Final = {
    str(association): [MUNICIPALITIES[place - 1]["code"] for place in places]
    for association, places in CROSSING.items()
}
STAYS: Final = ("participations_new", "participations_ongoing", "participations_ended")


def _counts(figure: str, column: str = "") -> Tells:
    return Tells((), lambda _codes, name: Counted(figure, column or name))


def _began(codes: Codes, _name: str) -> Counted | None:
    return Counted("persons_new", "persons") if codes["part"] == EVERYONE else None


READ: Final[Mapping[str, Tells]] = {  # what tables tell, which no answer is held against yet
    **dict.fromkeys(("counties", "associations"), _counts("participations_work_or_study")),
    **dict.fromkeys(("supports", "occupations", "end_reasons"), _counts("participations_ended", "participations")),
    **dict.fromkeys(("ages", "educations", "repeats", "at_once"), _counts("persons_ended", "persons")),
    BEGAN: Tells(("part",), _began),
}


@dataclass(frozen=True)
class Kind:
    """Relations of one kind between counts, by what is counted, and what they say."""

    sentence: str
    relations: Callable[[Cells], Iterable[Relation]]


def _quarters(year: str) -> list[str]:
    return [f"{year}K{n}" for n in range(1, 5)]


def _has(identity: Identity, dimensions: frozenset[str]) -> bool:
    return any(name in dimensions for name, _code in identity.parts)


def _sums_of_quarters(cells: Cells) -> Iterator[Relation]:
    for identity in cells:
        figure = FIGURES[identity.figure]
        flows = figure.unit == "participations" and figure.flow in {"new", "ended"}
        quarters = [identity._replace(period=period) for period in _quarters(identity.period)]
        if flows and not _has(identity, MOVING) and all(one in cells for one in quarters):
            yield adds_up(cells[identity], *(cells[one] for one in quarters))


def _flow_of(identity: Identity) -> tuple[Identity, Identity, Identity]:
    new, ongoing, ended = (identity._replace(figure=figure) for figure in STAYS)
    return new, ongoing, ended


def _stocks_and_flows(cells: Cells) -> Iterator[Relation]:
    """Those ongoing, less those who ended, plus those who are new are those ongoing in the next period."""
    quarters = [quarter for year in YEARS for quarter in _quarters(str(year))]
    following = dict(pairwise(map(str, YEARS))) | dict(pairwise(quarters))
    for identity in cells:
        _new, ongoing, ended = _flow_of(identity)
        after = following.get(identity.period, "")
        new, then = (one._replace(period=after) for one in _flow_of(identity)[:2])
        aged = AGING if after[:4] != identity.period[:4] else MOVING
        if identity == ongoing and not _has(identity, aged) and {new, then, ended} <= cells.keys():
            yield Relation(((1, cells[ongoing]), (-1, cells[ended]), (1, cells[new]), (-1, cells[then])))


def _of_the_year(cells: Cells) -> Iterator[Relation]:
    """Those ongoing who did not begin are as many in a year as in its first quarter, who did not end as in its last."""
    for identity in cells:
        for which, quarter in ((0, f"{identity.period}K1"), (2, f"{identity.period}K4")):
            ongoing, flow = _flow_of(identity)[1], _flow_of(identity)[which]
            then, moved = (one._replace(period=quarter) for one in (ongoing, flow))
            if identity == ongoing and not _has(identity, MOVING) and {flow, then, moved} <= cells.keys():
                yield Relation(((1, cells[ongoing]), (-1, cells[flow]), (-1, cells[then]), (1, cells[moved])))


def _gains(cells: Cells) -> Iterator[Relation]:
    """Of one participation either of the two is true, never both; declared as no more than their sum."""
    for identity in cells:
        parts = [identity._replace(what=what) for what in ("began", "increased")]
        if identity[:2] == ("participations_work_or_study", "gained") and all(one in cells for one in parts):
            yield adds_up(cells[identity], *(cells[one] for one in parts))


def _counties_of_associations(cells: Cells) -> Iterator[Relation]:
    """Which counties an association covers is public, and whoever is in it is in each of them."""
    counties = {name: {code[:2] for code in codes} for name, codes in COVERED.items()}
    for identity, cell in cells.items():
        for part in (one for one in identity.parts if one[0] == "association_county"):
            whole, units = identity.without(part), units_of(identity)
            if any(name == "association" for name, _code in whole.parts):
                yield from [equals(cell, cells[whole])] if whole in cells else []
            elif units <= {"participations", "heads"}:
                inside = [name for name, codes in counties.items() if part[1] in codes]
                parts = [identity.without(part, ("association", name)) for name in inside]
                yield from [adds_up(cell, *(cells[one] for one in parts))] if cells.keys() >= set(parts) else []


def together(cells: Cells) -> Iterator[Relation]:
    """What two inequalities say together: all are in individual interventions, and nobody in others."""
    for identity, cell in cells.items():
        whole = identity.without(("kind", "individual"))
        if whole != identity and whole in cells and FIGURES[identity.figure].flow:
            yield equals(cell, cells[whole])


KINDS: Final = (
    Kind("Participations that began or ended in a year are the sum of its quarters", _sums_of_quarters),
    Kind("Participations ongoing, less ended, plus new in the next period, are ongoing in it", _stocks_and_flows),
    Kind("Ongoing and not new in a year is so in its first quarter, ongoing and not ended in its last", _of_the_year),
    Kind("In a county are all that is in the associations that cover it", _counties_of_associations),
    Kind("Of participations those who began and those who increased are together those who gained", _gains),
)


def _personal(identity: Identity) -> set[str]:
    return {name for name, _code in identity.parts} & PERSONAL


def _is_of_the_last(identity: Identity) -> bool:
    """Whether everything is of the stay that started last, which is new when any is; and nothing of other stays."""
    flow = FIGURES[identity.figure].flow in {"new", "ongoing"}
    return flow and len(_personal(identity)) == len(identity.parts) and not _has(identity, MOVING)


def _persons_within_stays(cells: Cells) -> Iterator[Relation]:
    for identity in (one for one in cells if one.figure.startswith("persons_")):
        what = "participations" if identity.what == "persons" else identity.what
        stays = identity._replace(figure=identity.figure.replace("persons", "participations"), what=what)
        lasting = _personal(identity) <= {*LASTING, *MOVING} or _is_of_the_last(identity)
        if stays in cells and lasting:
            yield at_most(cells[identity], cells[stays])


def _quarters_within_year(cells: Cells) -> Iterator[Relation]:
    for identity in (one for one in cells if "K" in one.period):
        year = identity._replace(period=identity.period[:4])
        last = identity.figure == "persons_new" and identity.period.endswith("K4") and not _has(identity, MOVING)
        if year in cells and (_personal(identity) <= LASTING or last):
            yield at_most(cells[identity], cells[year])


def _year_within_quarters(cells: Cells) -> Iterator[Relation]:
    for identity in cells:
        quarters = [identity._replace(period=period) for period in _quarters(identity.period)]
        lasting = _personal(identity) <= LASTING or _is_of_the_last(identity)
        stays = units_of(identity) == {"participations"} and not _has(identity, MOVING)
        if (lasting or stays) and cells.keys() >= set(quarters):
            yield covered(cells[identity], *(cells[one] for one in quarters))


ORDERS: Final = (  # what lies within what
    Kind("Persons are at most their stays, by what is the same in all or is of the last", _persons_within_stays),
    Kind(
        "Persons of a quarter are at most those of its year, by sex and age, and who is new in the last by anything",
        _quarters_within_year,
    ),
    Kind("Those of a year are at most those of its quarters together", _year_within_quarters),
)
