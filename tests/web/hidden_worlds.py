"""Populations that differ in nothing but what lies in hidden cells: drawn by seed, moved by a person or two, published.

A world is one population with its snapshot and its editions, in a home and a database that are as before afterwards.
What each move does to the exact counts is read where they are protected, not from the product's own pages.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final
from unittest import mock

import pyarrow as pa
from django.conf import settings
from django.db import transaction

from finsam.access.actors import Actor
from finsam.disclosure.protect import Release
from finsam.disclosure.relations import Address
from finsam.editions import actions as edition_actions
from finsam.editions import queries as edition_queries
from finsam.editions.stored.content import Content
from finsam.reports.registry import REPORTS
from finsam.reports.release import Exact
from finsam.snapshots import writing
from finsam.snapshots.extract.extract import Extract
from finsam.snapshots.models import Snapshot
from finsam.snapshots.schema import ABOUT_PERSONS
from tests import factories

AS_OF: Final = factories.NOW.date()
YEAR: Final = 2020
BOTH: Final = ("national-annual", "national-results")
SEXES: Final = ("women", "men")
OCCUPATIONS: Final = ("work", "other")
SMALL: Final = (3, 4)  # of each sex in places where so few end that nothing personal is shown, zeros neither
FEW: Final = 3  # of each sex who have anything but what most have: with one more or fewer nobody is alone
# What somebody can have: first what most have; few have each of the others, so that its cells are hidden by sex.
CHOICES: Final[Mapping[str, Sequence[Any]]] = {
    "need_group": ("long_term_sick", "young_with_disability", "unemployed_long_term"),
    "before": ("none", "sickness_cash_benefit", "activity_compensation"),
    "after": ("none", "social_assistance", "activity_compensation", "activity_grant"),
    "education": ("upper_secondary", "compulsory", "post_secondary"),
    "birth_year": (1985, 1999, 1962),
    "end_reason": ("completed", "moved", "illness"),
    "months_in_support": (8, 30, 70),
}
# By report, what people are moved between.
MOVED: Final[Mapping[str, Sequence[str]]] = {
    "national-annual": ("need_group", "before"),
    "national-results": ("after", "education", "birth_year", "end_reason", "months_in_support", "occupation"),
}
Person = Mapping[str, Any]
Population = Sequence[Person]
Cells = Mapping[Address, int]


@dataclass(frozen=True)
class World:
    """What stands in a world: its editions by number, what they hold, and every exact count behind them."""

    editions: Mapping[str, Content]
    exact: Cells

    @property
    def pattern(self) -> frozenset[Address]:
        """Every cell that is hidden."""
        return frozenset(cell for content in self.editions.values() for cell in content.pattern)

    @property
    def questions(self) -> int:
        """How many questions the attacks asked, which nobody is told who does not review."""
        return sum(int(content.log["questions"]) for content in self.editions.values())

    def looks_like(self, other: "World") -> bool:
        """Whether everything that is shown is the same, and the same is hidden."""
        return self.editions.keys() == other.editions.keys() and all(
            (mine.tables, mine.pattern) == (other.editions[number].tables, other.editions[number].pattern)
            for number, mine in self.editions.items()
        )

    def moved(self, other: "World") -> dict[Address, int]:
        """Give by how much each hidden cell is larger in the other."""
        changes = {cell: other.exact[cell] - self.exact[cell] for cell in sorted(self.pattern)}
        return {cell: change for cell, change in changes.items() if change}


def drawn(seed: int) -> Population:
    """Draw a population of which many have the same, and a few of each sex anything else, nobody two such things."""
    rng = random.Random(seed)
    return [person for sex in SEXES for person in _of_sex(rng, sex)]


def _of_sex(rng: random.Random, sex: str) -> Iterator[Person]:
    usual = {name: values[0] for name, values in CHOICES.items()} | {"sex": sex, "ended": True}
    for name, values in CHOICES.items():
        for value in values[1:]:
            for _ in range(FEW):
                yield {**usual, name: value, "place": 0, "occupation": rng.choice(OCCUPATIONS)}
    for place, size in enumerate((rng.randint(10, 20), *SMALL)):
        for at in range(size):
            yield {**usual, "place": place, "occupation": OCCUPATIONS[at % 2]}
    for _ in range(rng.randint(6, 9)):
        yield {**usual, "place": 0, "ended": False, "occupation": OCCUPATIONS[0]}


def moves(population: Population, keys: Sequence[str], seed: int) -> Iterator[tuple[Population, Population]]:
    """Draw moves between hidden cells, each one way and the other: what is one more in one is one less in the other."""
    rng = random.Random(seed)
    while True:
        up, down = list(population), list(population)
        for key in keys:
            _move(rng, up, down, rng.choice(MOVED[key]))
        yield up, down


def _move(rng: random.Random, up: list[Person], down: list[Person], name: str) -> None:
    """Let two of different sex, or place, have what the other had, so that there are as many of each in all."""
    sex, other_sex = rng.sample(SEXES, 2)
    if name == "occupation":
        one, other = OCCUPATIONS
        where = ({"place": 1, "sex": sex}, {"place": 2, "sex": sex})
    else:
        one, other = rng.sample(CHOICES[name][1:], 2)
        where = ({"place": 0, "sex": sex}, {"place": 0, "sex": other_sex})
    for world, before, after in ((up, one, other), (down, other, one)):
        _change(rng, world, {**where[0], "ended": True, name: before}, {name: after})
        _change(rng, world, {**where[1], "ended": True, name: after}, {name: before})


def _change(rng: random.Random, world: list[Person], wanted: Person, new: Person) -> None:
    """Change one of those who are as wanted."""
    able = [at for at, one in enumerate(world) if all(one[name] == value for name, value in wanted.items())]
    at = rng.choice(able)
    world[at] = {**world[at], **new}


def tables(population: Population, extract: Extract) -> dict[str, pa.Table]:
    """Write a population as the tables of a snapshot about persons; each place has its intervention."""
    codes = {name: dict[str, int]() for name in extract.tables["codes"]["list"].to_pylist()}
    for row in extract.tables["codes"].to_pylist():
        codes[row["list"]][row["code"]] = row["number"]
    covered = {row["association"]: row["municipality"] for row in extract.tables["coverage"].to_pylist()}
    places = [(row["intervention"], covered[row["association"]]) for row in extract.tables["interventions"].to_pylist()]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in ABOUT_PERSONS}
    for key, one in enumerate(population, start=1):
        rows["persons"].append({"person": key, "pseudonym": key.to_bytes(16, "big")})
        rows["participations"].append(_stay(key, one, places[one["place"]], codes))
        ended = [("end", one["after"])] if one["ended"] else []
        for moment, support in (("start", one["before"]), *ended):
            numbers = {"moment": codes["moment"][moment], "support": codes["support"][support]}
            rows["supports"].append({"participation": key, **numbers})
        rows["needs"].append({"participation": key, "need_group": codes["need_group"][one["need_group"]]})
    return {
        name: pa.table({column: [row[column] for row in rows[name]] for column in schema.names}, schema=schema)
        for name, schema in ABOUT_PERSONS.items()
    }


def _stay(key: int, one: Person, place: tuple[int, int], codes: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    at_end = {
        "ends_before": date(YEAR, 10, 1),
        "occupation_at_end": codes["occupation"][one["occupation"]],
        "end_reason": codes["end_reason"][one["end_reason"]],
    }
    return {
        "participation": key,
        "person": key,
        "intervention": place[0],
        "sex": codes["sex"][one["sex"]],
        "birth_year": one["birth_year"],
        "municipality": place[1],
        "starts_on": date(YEAR, 2, 1),
        "education": codes["education"][one["education"]],
        "months_in_support": one["months_in_support"],
        "occupation_at_start": codes["occupation"]["other"],
        "extent_at_start": None,
        "extent_at_end": None,
        **(at_end if one["ended"] else dict.fromkeys(at_end)),
    }


@dataclass
class Publisher:
    """Publishes populations, each in a home and a database of its own that nothing is left of."""

    rooms: Extract  # all that is the same in every world
    home: Path
    compiles: Actor
    publishes: Actor
    keys: Sequence[str] = BOTH
    worlds: int = 0

    @contextmanager
    def published(self, population: Population) -> Iterator[World]:
        """Publish the reports of a population; while it lasts, the pages are of that world."""
        before, self.worlds = settings.FINSAM_HOME, self.worlds + 1
        settings.FINSAM_HOME = self.home / f"world-{self.worlds}"
        settings.FINSAM_HOME.mkdir()
        try:
            with transaction.atomic():
                yield self._world(population)
                transaction.set_rollback(True)
        finally:
            settings.FINSAM_HOME = before

    def _world(self, population: Population) -> World:
        snapshot = self._snapshot(population)
        held: dict[Address, int] = {}
        with _watched(held):
            for key in self.keys:
                self._publish(key, snapshot)
        actor = self.compiles
        numbers = edition_queries.numbers(actor=actor)
        out = edition_queries.out(actor=actor)
        return World({numbers[identifier]: content for identifier, content in out}, held)

    def _snapshot(self, population: Population) -> Snapshot:
        extract = replace(self.rooms, tables={**self.rooms.tables, **tables(population, self.rooms)})
        made = writing.write(extract, AS_OF)
        facts = {"identifier": made.identifier, "digest": made.digest, "rows": made.rows, "erased": made.erased}
        return Snapshot.objects.create(**facts, as_of=AS_OF, taken_at=factories.NOW)

    def _publish(self, key: str, snapshot: Snapshot) -> None:
        report = REPORTS[key]
        one = edition_actions.compile_edition(actor=self.compiles, report=report, year=YEAR, snapshot=snapshot)
        edition_actions.publish(actor=self.publishes, edition=edition_actions.review(actor=self.compiles, edition=one))


@contextmanager
def _watched(held: dict[Address, int]) -> Iterator[None]:
    """Keep every exact count that is protected meanwhile."""
    release = Exact.released

    def released(self: Exact, source: Any) -> Release:
        for table in self.counts.values():
            held.update(table.filled())
        return release(self, source)

    with mock.patch.object(Exact, "released", released):
        yield
