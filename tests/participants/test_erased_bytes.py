"""After an erasure nothing sealed of the person is left: in no row, and on SQLite in no byte of the files either."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from finsam.access.models import User
from finsam.access.remains import HOUR, Remains, remains
from finsam.participants import linkage
from finsam.participants.models import LinkageKey, Participation, Person
from finsam.values.identity import shifted
from tests import factories
from tests.participants import people

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def user() -> User:
    people.demo_home()
    return factories.registrar(factories.intervention())


@pytest.fixture
def stay(user: User) -> Participation:
    """Somebody who has had several names and numbers, each kept in the history, and a neighbour on every side."""
    registrar = factories.actor(user)
    where = user.assignments.get().intervention
    people.participation(where, registrar)
    stay = people.participation(where, registrar)
    people.participation(where, registrar)
    for serial in (200, 300, 400):
        number = people.IdentityNumber(shifted(date(1985, 1, 1), serial))
        people.change_number(registrar, Participation.objects.get(pk=stay.pk), number, name=f"Låtsas {serial}")
    return Participation.objects.get(pk=stay.pk)


@pytest.fixture
def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reader() -> Iterator[Callable[[], None]]:
    """Somebody who goes on reading the database as it was, until told to stop; nobody waits for that elsewhere."""
    if connection.vendor != "sqlite":
        yield lambda: None
        return
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM participants_person").fetchone()
        yield other.rollback


def sealed(person_id: int) -> set[bytes]:
    """All names and numbers of a person, as they are and as they were, as they are stored."""
    rows = [*Person.objects.filter(pk=person_id), *Person.history.filter(id=person_id)]
    return {bytes(part) for row in rows for part in (row.sealed_name, row.sealed_number)}


def left(parts: set[bytes]) -> int:
    """How many times something sealed is found: in the bytes of the files, or in the rows where it is a server's."""
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        files = [path.read_bytes() for path in (place, Path(f"{place}-wal")) if path.exists()]
        return sum(content.count(part) for content in files for part in parts)
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if table.startswith("participants_")]
        rows = [cursor.execute(f"SELECT t::text FROM {table} t").fetchall() for table in tables]
    return sum(text.count(part.hex()) for table in rows for (text,) in table for part in parts)


def test_nothing_sealed_of_the_erased_is_left_in_the_files(stay: Participation, browser: Client) -> None:
    parts = sealed(stay.person_id)
    others = sealed(Person.objects.exclude(pk=stay.person_id).order_by("pk")[0].pk)
    assert len(parts) >= 8
    assert left(parts) >= len(parts)
    assert browser.post(f"/deltagare/{stay.pk}/ta-bort/", {"reason": "withdrawn"}).status_code == 302
    assert left(parts) == 0
    assert left(others) >= len(others)
    assert remains.taken == remains.left


def test_what_a_reader_holds_up_is_taken_away_at_the_next_request(
    stay: Participation, browser: Client, reader: Callable[[], None]
) -> None:
    parts = sealed(stay.person_id)
    assert browser.post(f"/deltagare/{stay.pk}/ta-bort/", {"reason": "protected"}).status_code == 302
    if connection.vendor == "sqlite":
        assert left(parts) > 0
        browser.get("/")
        assert left(parts) > 0
    reader()
    browser.get("/")
    assert left(parts) == 0
    assert remains.taken == remains.left


def test_a_destroyed_key_of_a_linkage_is_left_nowhere() -> None:
    people.demo_home()
    actor = factories.operator()
    linkage.make_key(actor=actor, hand_over=lambda key: None)
    key = LinkageKey.objects.get()
    parts = {bytes(key.sealed_key or b"")}
    assert left(parts) > 0
    linkage.destroy_key(actor=actor, key=key)
    assert left(parts) == 0


def test_a_process_begins_by_taking_away_what_another_left_and_does_it_once_an_hour() -> None:
    fresh = Remains()
    assert fresh.taken != fresh.left
    fresh.settle()
    assert fresh.taken == fresh.left
    taken_at = fresh.taken_at
    fresh.settle()
    assert fresh.taken_at == taken_at
    fresh.taken_at -= HOUR
    fresh.settle()
    assert fresh.taken_at >= taken_at


@pytest.mark.once
def test_a_full_disk_leaves_the_log_for_later_and_whoever_reads_is_answered(browser: Client) -> None:
    """Nothing can be moved from the log to the database when that may not grow: pages are shown all the same."""
    fresh, file = Remains(), Path(connection.settings_dict["NAME"])
    fresh.settle()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE ballast AS SELECT randomblob(500000) AS bytes")
        resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, before[1]))
        try:
            fresh.leave_none()
            assert fresh.taken != fresh.left
            assert browser.get("/").status_code == 200
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        fresh.settle()
        assert fresh.taken == fresh.left
        cursor.execute("DROP TABLE ballast")
