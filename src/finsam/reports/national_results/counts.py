"""The exact counts of the report on results, and what anyone knows to hold between them.

Outcomes are counted in participations, each with its own values, and told in persons too. Whatever can be had by
subtracting shown cells stands in tables that are never shown, so that they are guarded as well.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise, product

from finsam.disclosure.cells import TOTAL
from finsam.disclosure.protect import Counts, Key
from finsam.disclosure.relations import Address, Relation, adds_up, at_most, equals
from finsam.reports.national_annual import counts as annual
from finsam.reports.national_annual.counts import BY_SEX, SEXES
from finsam.reports.national_results import lengths, places
from finsam.reports.release import Exact
from finsam.snapshots import engines
from finsam.statistics.figures.codes_of_dimensions import UNKNOWN
from finsam.statistics.figures.cube import Cube, Question, summed
from finsam.statistics.figures.outcomes import ACTIVE, CLASSES, OTHER
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import Code

UNITS = ("persons", "participations")
REGISTERED = ("identified", "anonymous")
OF_PERSONS = ("ended", "active", "gained")  # who began and who increased would tell of those who did both: few
BACKGROUND: Mapping[str, str] = {  # table -> dimension
    "ages": "age_group",
    "educations": "education",
    "repeats": "stay_number",
    "at_once": "at_once",
}
PLACES: Mapping[str, tuple[str, ...]] = {"counties": ("county", "sex"), "associations": ("association",)}
PLACED = ("ended", "active")
FOUR = (*CLASSES, OTHER)
NOT_ACTIVE = tuple(code for code in FOUR if code not in ACTIVE)


def count(tables: Tables, years: Sequence[int], as_of: date) -> Exact:
    """Count everything the report shows: outcomes for all the years, the rest for the newest."""
    shown = (*_shown(tables, years), *lengths.shown(tables, years, as_of))
    found = {table.name: table for table in shown}
    hidden = tuple(_never_shown(found))
    every = found | {table.name: table for table in hidden}
    believed = (*_of_each_sex(years), *places.believed(places.lying(tables, years), every))
    return Exact(every, tuple(_relations(every, years)), believed)


def _shown(tables: Tables, years: Sequence[int]) -> Iterator[Counts]:
    year = years[-1:]
    yield _totals(tables, years)
    for unit in UNITS:
        yield _work_or_study(tables, years, unit)
    yield _counted("supports", "participations_ended", tables, year, ("support", "support_after", "sex"))
    yield _in_classes(
        _counted("occupations", "participations_ended", tables, year, ("occupation", "occupation_after", "sex"))
    )
    yield _without_wrong(_counted("end_reasons", "participations_ended", tables, year, ("end_reason", "sex")))
    for name, by in PLACES.items():
        yield _of_figures(_counted(name, "participations_work_or_study", tables, years, by), PLACED)
    for name, dimension in BACKGROUND.items():
        yield _counted(name, "persons_ended", tables, year, (dimension, "sex"))


def _totals(tables: Tables, years: Sequence[int]) -> Counts:
    """Give the same cells as the annual report has, so that the two are protected as one."""
    totals = annual.registered(tables, years)
    return replace(totals, cells={key: row for key, row in totals.cells.items() if key[1] in REGISTERED})


def _counted(name: str, figure: str, tables: Tables, years: Sequence[int], by: tuple[str, ...]) -> Counts:
    """Count a figure by some dimensions and all their margins; nothing is registered in a snapshot without persons."""
    cube = Cube(Question(FIGURES[figure], Periods.years(years[0], years[-1]), by), tables, engines.rows)
    return replace(cube.counts(name), dimensions=("year", *by))


def _of_figures(table: Counts, figures: Sequence[str]) -> Counts:
    places = [table.figures.index(figure) for figure in figures]
    cells = {key: tuple(row[place] for place in places) for key, row in table.cells.items()}
    return replace(table, figures=tuple(figures), cells=cells)


def _work_or_study(tables: Tables, years: Sequence[int], unit: str) -> Counts:
    found = _counted(f"outcomes_{unit}", f"{unit}_work_or_study", tables, years, ("sex",))
    return _of_figures(found, OF_PERSONS) if unit == "persons" else found


def _in_classes(table: Counts) -> Counts:
    """Sum occupations up to the four classes; a participation has one before and one after, so they add up."""
    return summed(summed(table, 1, _class), 2, _class)


def _class(code: Code) -> Code:
    return code if code in {*CLASSES, UNKNOWN, TOTAL} else OTHER


def _without_wrong(table: Counts) -> Counts:
    return replace(table, cells={key: row for key, row in table.cells.items() if key[1] != "misregistration"})


def _never_shown(shown: Mapping[str, Counts]) -> Iterator[Counts]:
    """Give what comes out when shown cells are subtracted: who doesn't work, who gained nothing, who goes on."""
    persons, participations = (shown[f"outcomes_{unit}"] for unit in UNITS)
    for table in (persons, participations):
        yield _less("rest", table, (("ended", "active"), ("active", "gained")))
    yield from (_less("rest", shown[name], (PLACED,)) for name in PLACES)
    cells = {
        key: tuple(_minus(_at(participations, key, figure), _at(persons, key, figure)) for figure in OF_PERSONS)
        for key in persons.cells
        if key[1] == TOTAL  # a participation has its own sex, which may be another than the person's
    }
    yield _unseen(persons, "again", persons.figures, cells)
    totals = shown["totals"]
    yield lengths.earlier(shown[lengths.STAYS], participations)
    going_on: dict[Key, tuple[int | None, ...]] = {
        (year, sex): (_minus(totals.cells[year, "identified", sex][0], _at(persons, (year, sex), "ended")),)
        for year, sex in persons.cells
    }
    yield _unseen(persons, "going_on", ("persons",), going_on)


def _less(suffix: str, table: Counts, pairs: Sequence[tuple[str, str]]) -> Counts:
    cells = {
        key: tuple(_minus(_at(table, key, whole), _at(table, key, part)) for whole, part in pairs)
        for key in table.cells
    }
    figures = tuple(f"{whole}_not_{part}" for whole, part in pairs)
    return _unseen(table, f"{table.name}_{suffix}", figures, cells)


def _unseen(table: Counts, name: str, figures: Sequence[str], cells: Mapping[Key, tuple[int | None, ...]]) -> Counts:
    """A table like another that is never shown, so that no mark in it tells anything."""
    return replace(table, name=name, figures=tuple(figures), cells=cells, published=False, sensitive=frozenset())


def _at(table: Counts, key: Key, figure: str) -> int | None:
    return table.cells[key][table.figures.index(figure)]


def _minus(whole: int | None, part: int | None) -> int | None:
    return None if whole is None or part is None else whole - part


def _relations(counts: Mapping[str, Counts], years: Sequence[int]) -> Iterator[Relation]:
    newest = str(years[-1])
    for year, sex in product(map(str, years), BY_SEX):
        yield from _within_outcomes(year, sex)
        if int(year) < years[-1]:  # who ended nothing in a year goes on in the next
            going_on = Address("going_on", (year, sex))
            yield at_most(going_on, Address("totals", (str(int(year) + 1), "identified", sex)))
        for figure in PLACED:
            every = Address("outcomes_participations", (year, sex), figure)
            yield equals(every, Address("counties", (year, TOTAL, sex), figure))
            if sex == TOTAL:
                yield equals(every, Address("associations", (year, TOTAL), figure))
    for name in PLACES:
        yield from _rests(counts[name])
    codes = {key[1] for key in counts["occupations"].cells}
    for sex in BY_SEX:
        yield from _same_totals(newest, sex)
        yield from _of_occupations(newest, sex, codes)
        yield from _several(newest, sex)
        yield lengths.relation(years, sex)


def _within_outcomes(year: str, sex: Code) -> Iterator[Relation]:
    """Whoever gained is active, whoever is active ended; each person has a participation; who ended was ongoing."""
    for unit in UNITS:
        name = f"outcomes_{unit}"
        for whole, part in (("ended", "active"), ("active", "gained")):
            rest = Address(f"{name}_rest", (year, sex), f"{whole}_not_{part}")
            yield adds_up(Address(name, (year, sex), whole), Address(name, (year, sex), part), rest)
    participations = "outcomes_participations"
    began, increased, gained = (
        Address(participations, (year, sex), figure) for figure in ("began", "increased", "gained")
    )
    yield adds_up(gained, began, increased)
    if sex == TOTAL:
        for figure in OF_PERSONS:
            more = Address("again", (year, sex), figure)
            person = Address("outcomes_persons", (year, sex), figure)
            yield adds_up(Address(participations, (year, sex), figure), person, more)
        for part, whole in pairwise(reversed(OF_PERSONS)):
            yield at_most(*(Address("again", (year, sex), figure) for figure in (part, whole)))
        yield from _persons_within(year, sex)
    ended = Address("outcomes_persons", (year, sex), "ended")
    yield adds_up(Address("totals", (year, "identified", sex)), ended, Address("going_on", (year, sex)))


def _persons_within(year: str, sex: Code) -> Iterator[Relation]:
    """A person ended, is active or gained in a participation; of whom none is so, all participations are not."""
    for suffix, figures in (("", OF_PERSONS), ("_rest", ("ended_not_active", "active_not_gained"))):
        for figure in figures:
            person, participation = (Address(f"outcomes_{unit}{suffix}", (year, sex), figure) for unit in UNITS)
            yield at_most(person, participation)


def _of_each_sex(years: Sequence[int]) -> Iterator[Relation]:
    """Say the same of each sex: mostly a person's sex is the same in every participation."""
    for year, sex in product(map(str, years), SEXES):
        yield from _persons_within(year, sex)


def _rests(places: Counts) -> Iterator[Relation]:
    for key in places.cells:
        rest = Address(f"{places.name}_rest", key, "ended_not_active")
        yield adds_up(*(Address(places.name, key, figure) for figure in PLACED), rest)


def _same_totals(year: str, sex: Code) -> Iterator[Relation]:
    """All who ended are the same in every table."""
    participations = Address("outcomes_participations", (year, sex), "ended")
    for name, key in (
        ("supports", (year, TOTAL, TOTAL, sex)),
        ("occupations", (year, TOTAL, TOTAL, sex)),
        ("end_reasons", (year, TOTAL, sex)),
    ):
        yield equals(participations, Address(name, key, "participations"))
    for name in BACKGROUND:
        yield equals(Address("outcomes_persons", (year, sex), "ended"), Address(name, (year, TOTAL, sex)))
    yield equals(participations, Address(lengths.SUPPORT, (year, TOTAL, sex), "participations"))


def _of_occupations(year: str, sex: Code, codes: Collection[Code]) -> Iterator[Relation]:
    """Who is active, began or increased follows from occupation before and after."""

    def flow(before: Code, after: Code) -> Address:
        return Address("occupations", (year, before, after, sex), "participations")

    def outcome(figure: str) -> Address:
        return Address("outcomes_participations", (year, sex), figure)

    yield adds_up(outcome("active"), *(flow(TOTAL, after) for after in ACTIVE))
    yield adds_up(outcome("began"), *(flow(before, after) for before in NOT_ACTIVE for after in ACTIVE))
    were = [flow(before, after) for before in ACTIVE for after in ACTIVE]
    yield Relation((*((1, cell) for cell in were), (-1, outcome("increased"))), at_least=True)


def _several(year: str, sex: Code) -> Iterator[Relation]:
    """Who was in several interventions at once has as many participations at least, and the last has that number."""
    for fewest in (2, 3):
        numbers = [str(number) for number in range(fewest, 4)]
        terms = [(1, Address("repeats", (year, number, sex))) for number in numbers]
        terms += [(-1, Address("at_once", (year, number, sex))) for number in numbers]
        yield Relation(tuple(terms), at_least=True)
