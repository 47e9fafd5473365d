"""Which values a stay, a person, an intervention has of each dimension; 0 where nothing is registered."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import product

from finsam.statistics.tables.periods import Periods
from tests.statistics.naive.days import PARTIES, Row, Rows, Where, days_of, last_day, meets, of_flow, stays, year_of

START, END = 1, 2
OF_A_PERSON = {
    "sex",
    "age_group",
    "municipality",
    "county",
    "region",
    "education",
    "support_time",
    "stay_number",
    "at_once",
}


def cells(
    rows: Rows,
    row: Row,
    number: int,
    periods: Periods,
    *,
    by: Sequence[str],
    where: Where,
    person: Row | None = None,
) -> Iterator[tuple[int, ...]]:
    """The cells a row belongs to, one for each combination of its values that the filter keeps.

    Of a dimension that a person has one value of, the value is that of the stay given as `person`.
    """
    names = sorted({*by, *where})
    sources = [person if person is not None and name in OF_A_PERSON else row for name in names]
    values = [values_of(rows, source, name, number, periods) for source, name in zip(sources, names, strict=True)]
    for combination in product(*values):
        found = dict(zip(names, combination, strict=True))
        if all(found[name] in where[name] for name in where):
            yield tuple(found[name] for name in by)


def values_of(rows: Rows, row: Row, name: str, number: int, periods: Periods) -> set[int]:
    """The values a row has of a dimension in a period: never none."""
    return _values(rows, row, name, number, periods) or {0}


def latest(stays_of_person: Sequence[Row]) -> Row:
    """The stay that started last; of several, the one registered last."""
    return max(stays_of_person, key=lambda stay: (stay["starts_on"], stay["participation"]))


def _values(rows: Rows, row: Row, name: str, number: int, periods: Periods) -> set[int]:
    if name in {"sex", "municipality", "education", "end_reason", "intervention"}:
        return {row[name] or 0}
    if name in {"occupation", "occupation_after"}:
        return {row["occupation_at_start" if name == "occupation" else "occupation_at_end"] or 0}
    if name in {"support", "support_after"}:
        moment = START if name == "support" else END
        return _linked(rows, row, "supports", "participation", "support", moment=moment)
    if name == "need_group":
        return _linked(rows, row, "needs", "participation", "need_group")
    if name == "target_group":
        return _linked(rows, row, "target_groups", "intervention", "need_group")
    return _OTHERS[name](rows, row, number, periods)


def _linked(rows: Rows, row: Row, table: str, key: str, column: str, **besides: int) -> set[int]:
    return {
        other[column]
        for other in rows[table]
        if other[key] == row[key] and all(other[name] == value for name, value in besides.items())
    }


def _age_group(rows: Rows, row: Row, number: int, periods: Periods) -> set[int]:
    if not row["birth_year"]:
        return set()
    age = year_of(number, periods) - row["birth_year"]
    if age < 20:
        return {1}
    if age < 30:
        return {20 if age < 25 else 25}
    return {60 if age >= 60 else age // 10 * 10}


def _county(rows: Rows, row: Row, number: int, periods: Periods) -> set[int]:
    return {
        int(place["county_code"]) for place in rows["municipalities"] if place["municipality"] == row["municipality"]
    }


def _regions(counties: set[int]) -> set[int]:
    return {980 if county == 9 else county for county in counties}


def _support_time(rows: Rows, row: Row, number: int, periods: Periods) -> set[int]:
    if row["months_in_support"] is None:
        return set()
    years = row["months_in_support"] // 12
    return {1 if years < 1 else 2 if years <= 2 else 3 if years <= 5 else 4 if years <= 9 else 5}


def _stay_number(rows: Rows, row: Row, number: int, periods: Periods) -> set[int]:
    begun = sorted(
        (stay["starts_on"], stay["participation"]) for stay in stays(rows) if stay["person"] == row["person"]
    )
    return {min(3, 1 + begun.index((row["starts_on"], row["participation"])))}


def _at_once(rows: Rows, row: Row, number: int, periods: Periods) -> set[int]:
    ongoing = [stay for stay in of_flow(rows, "ongoing", number, periods) if stay["person"] == row["person"]]
    if len(ongoing) == 1:
        return {1}
    day, end = days_of(number, periods)
    most = 0
    while day <= end:
        on_the_day = {stay["intervention"] for stay in ongoing if stay["starts_on"] <= day <= last_day(stay)}
        most = max(most, len(on_the_day))
        day += timedelta(days=1)
    return {min(3, most)}


def _intervention(rows: Rows, row: Row) -> Row:
    return next(other for other in rows["interventions"] if other["intervention"] == row["intervention"])


def _association_county(rows: Rows, row: Row, number: int, periods: Periods) -> set[int]:
    association = _intervention(rows, row)["association"]
    covered = {
        cover["municipality"]
        for cover in rows["coverage"]
        if cover["association"] == association and meets(cover, number, periods, "first_day")
    }
    return {int(place["county_code"]) for place in rows["municipalities"] if place["municipality"] in covered}


def _party(rows: Rows, row: Row, number: int, periods: Periods) -> set[int]:
    own = [party for party in rows["performers"] if party["intervention"] == row["intervention"]]
    return {PARTIES.index((party["party_kind"], party["party_code"] or "")) + 1 for party in own}


_OTHERS = {
    "age_group": _age_group,
    "county": _county,
    "region": lambda rows, row, number, periods: _regions(_county(rows, row, number, periods)),
    "support_time": _support_time,
    "stay_number": _stay_number,
    "at_once": _at_once,
    "association": lambda rows, row, number, periods: {_intervention(rows, row)["association"]},
    "direction": lambda rows, row, number, periods: {_intervention(rows, row)["direction"]},
    "kind": lambda rows, row, number, periods: {_intervention(rows, row)["kind"]},
    "method": lambda rows, row, number, periods: {_intervention(rows, row)["method"] or 0},
    "association_county": _association_county,
    "association_region": lambda rows, row, number, periods: _regions(_association_county(rows, row, number, periods)),
    "party": _party,
}
