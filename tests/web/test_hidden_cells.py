"""Nothing that a reader can fetch depends on what lies in a hidden cell.

Two populations are published that differ in nothing but how many there are in cells that are hidden in both. Then every
address is opened, and every link, file and row of their editions, as a stranger and as each role that reads: the bytes
are the same, and so are the headers. Snapshots and editions have other IDs there, and so neither may be told.

The pattern may differ when somebody is alone in a cell, who is thought of when it is made: such two are no pair.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from shutil import rmtree
from typing import Any, Final
from unittest import mock

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from finsam.access.models import User
from finsam.access.roles import Permission, Role, roles
from finsam.disclosure.relations import Address
from finsam.editions import page_queries
from finsam.editions import queries as edition_queries
from finsam.publications.blocks import Grid, GridRow, Publication
from finsam.publications.formats.html import blocks_html
from finsam.snapshots.extract import extract
from finsam.values.keys import joined
from finsam.web import editions as pages
from finsam.web.pieces import Fact
from tests import factories
from tests.house import test_routes as routes
from tests.house import world as house
from tests.house.answered import answered
from tests.house.routes import url
from tests.web.hidden_worlds import AS_OF, BOTH, Population, Publisher, World, drawn, moves

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("home"),
    pytest.mark.once,  # a page tells the same on every database, and of persons where there are none it has less
]

READER: Final = Role.READER.value
STRANGER: Final = ""
KINDS: Final = ("pdf", "xlsx", "html", "csv", "manifest", "edition", "changes")
LINKS: Final = re.compile(r'(?:href|src|action|hx-get)="(/utgavor/[^"#]*)')
SOME: Final = 10  # rows that are asked for where not all are, beside those whose counts differ
SEED: Final = 5  # its first moves are such a pair
PAIRS: Final = 10  # of each population, half of them one way and half the other
Answers = dict[tuple[str, str], tuple[Any, ...]]


@dataclass(frozen=True)
class Seen:
    """A world, and all that is answered there: by the pages as they are, and by pages that leak."""

    world: World
    answers: Answers
    questions: Answers
    ordered: Answers


@dataclass
class Site:
    """Three associations, of which two are small, the browsers of who asks there, and who publishes."""

    place: house.Place
    browsers: Mapping[str, Client]
    publisher: Publisher

    @classmethod
    def made(cls, home: Path, roles: Sequence[str]) -> "Site":
        """Make the associations, and read all that is the same in every world."""
        place = house.place()
        for code in ("1480", "1280"):
            factories.intervention(factories.association(codes=(code,)))
        anna, alva = (factories.actor(factories.user(None, Role.NATIONAL_ANALYST)) for _ in range(2))
        browsers = {role: browser(place.users.get(role)) for role in roles}
        return cls(place, browsers, Publisher(extract.read(AS_OF), home, anna, alva))

    def fetched(self, world: World, rows: Sequence[Address]) -> Answers:
        """Open every address as everybody, and all there is of the editions as a reader."""
        found: Answers = {}
        for role in self.browsers:
            for address in dict.fromkeys(self._addresses(world)):
                found[role, address] = self.got(role, address)
        left = [reverse("editions"), *rows_of(world, rows)]
        while left:
            at = READER, left.pop()
            if at not in found or at[1] == reverse("editions"):
                found[at] = self.got(*at)
            left += [link for link in links(found[at]) if (READER, link) not in found]
        return found

    def got(self, role: str, address: str) -> tuple[Any, ...]:
        """Open an address."""
        return answered(self.browsers[role].get(address))

    def _addresses(self, world: World) -> Iterator[str]:
        for number in world.editions:
            self.place.records["edition"] = number
            yield from (url(name, self.place) for name in routes.installed())
            yield from (reverse("edition_file", args=[number, kind]) for kind in KINDS)


def browser(user: User | None) -> Client:
    """Give a user's browser; a stranger is nobody."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def readers() -> list[str]:
    """Every role that is told of no snapshot, and a stranger."""
    return [*(role.value for role, row in roles().items() if Permission.SEE_SNAPSHOTS not in row.may), STRANGER]


def links(answer: tuple[Any, ...]) -> list[str]:
    """Give what a page links to of the editions, but for rows, of which there are as many as one asks for."""
    found = LINKS.findall(answer[2]) if isinstance(answer[2], str) else []
    return [link for link in found if "/siffra/" not in link]


def rows_of(world: World, rows: Sequence[Address]) -> Iterator[str]:
    """Give the address of each row, in whichever edition has it."""
    for number, content in world.editions.items():
        held = {table.name: table.cells for table in content.tables}
        for table, key, _figure in rows:
            if key in held.get(table, {}):
                yield reverse("edition_figure", args=[number, table, joined(key)])


def every_row(world: World) -> list[Address]:
    """Give a cell of each row of each table."""
    return [
        Address(table.name, key, table.figures[0])
        for content in world.editions.values()
        for table in content.tables
        for key in sorted(table.cells)
    ]


def with_questions(told: Callable[..., list[Fact]]) -> Callable[..., list[Fact]]:
    """A page of an edition that says how many questions the attack asked."""

    def facts(actor: Any, one: Any) -> list[Fact]:
        log = edition_queries.content(actor=actor, edition=one).log
        return [*told(actor, one), Fact("Frågor", str(log["questions"]))]

    return facts


def ordered_by(exact: Mapping[Address, int]) -> Callable[..., str]:
    """A report whose rows are sorted by how many there are."""

    def many(row: GridRow) -> tuple[int, ...]:
        return tuple(exact.get(cell.at, 0) if cell.at else 0 for cell in row.cells)

    def html(publication: Publication, links: str = "") -> str:
        blocks = (
            replace(one, rows=tuple(sorted(one.rows, key=many))) if isinstance(one, Grid) else one
            for one in publication.blocks
        )
        return blocks_html(replace(publication, blocks=tuple(blocks)), links)

    return html


def seen(site: Site, population: Population, rows: Callable[[World], Sequence[Address]]) -> Seen:
    """Publish a population, and fetch what there is to fetch."""
    with site.publisher.published(population) as world:
        answers = site.fetched(world, rows(world))
        with mock.patch.object(pages, "_facts", with_questions(pages._facts)):
            questions = _again(site, world, "edition")
        rmtree(Path(settings.FINSAM_HOME) / "drawn")  # what is kept would be shown instead
        with mock.patch.object(page_queries, "blocks_html", ordered_by(world.exact)):
            ordered = _again(site, world, "edition_report")
    return Seen(world, answers, questions, ordered)


def _again(site: Site, world: World, name: str) -> Answers:
    found = [reverse(name, args=[number]) for number in world.editions]
    return {(READER, address): site.got(READER, address) for address in found}


def told(one: Answers, other: Answers) -> set[str]:
    """What is answered otherwise: the addresses."""
    assert one.keys() == other.keys()
    return {address for role, address in one if one[role, address] != other[role, address]}


def some_rows(world: World) -> list[Address]:
    """Give every row with a hidden cell, and some others."""
    return [*sorted(world.pattern), *random.Random(0).sample(every_row(world), SOME)]


def alike(site: Site, seed: int, rows: Callable[[World], Sequence[Address]]) -> Iterator[tuple[Seen, Seen]]:
    """Draw moves one way and the other after which everything that is shown is the same, and the same is hidden."""
    for up, down in moves(drawn(seed), BOTH, seed):
        more, fewer = seen(site, up, rows), seen(site, down, rows)
        if more.world.looks_like(fewer.world):
            yield more, fewer


@cache
def twins() -> tuple[Seen, Seen]:
    """Two that look alike, whose attacks asked another number of questions; what they answered needs no database."""
    site = Site.made(Path(settings.FINSAM_HOME), (READER, STRANGER))
    found = alike(site, SEED, some_rows)
    return next((one, other) for one, other in found if one.world.questions != other.world.questions)


def test_two_populations_that_look_alike_are_told_apart_nowhere() -> None:
    one, other = twins()
    assert set(one.world.moved(other.world).values()) == {-2, 2}
    assert not told(one.answers, other.answers)


def test_everything_there_is_of_an_edition_was_fetched() -> None:
    one, _other = twins()
    for number in one.world.editions:
        status = {kind: one.answers[READER, f"/utgavor/{number}/filer/{kind}/"][0] for kind in KINDS}
        assert status == dict.fromkeys(KINDS, 404) | dict.fromkeys(("pdf", "xlsx", "html", "csv"), 200)
        page = one.answers[READER, f"/utgavor/{number}/"]
        assert page[0] == 200
        assert number in page[2]
    rows = [status for (role, page), (status, *_rest) in one.answers.items() if "/siffra/" in page and role == READER]
    assert rows.count(200) > SOME


@pytest.mark.parametrize("leak", ["questions", "ordered"])
def test_a_page_that_leaks_is_found(leak: str) -> None:
    one, other = (getattr(world, leak) for world in twins())
    assert told(one, other)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_people_moved_between_hidden_cells_one_way_and_the_other_change_no_byte(home: Path, seed: int) -> None:
    site = Site.made(home, (READER, STRANGER))
    base, pairs = seen(site, drawn(seed), some_rows), 0
    for more, fewer in alike(site, seed, some_rows):
        if not base.world.looks_like(more.world):
            continue
        changes = base.world.moved(more.world)
        assert set(changes.values()) == {-1, 1}
        assert base.world.moved(fewer.world) == {cell: -change for cell, change in changes.items()}
        assert not told(base.answers, more.answers) | told(base.answers, fewer.answers)
        pairs += 2
        if pairs == PAIRS:
            break


@pytest.mark.slow
def test_no_row_and_no_role_tells_two_populations_that_look_alike_apart(home: Path) -> None:
    one, other = next(alike(Site.made(home, readers()), SEED, every_row))
    assert not told(one.answers, other.answers)
