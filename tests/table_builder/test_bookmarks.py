"""Bookmarks: views of open tables that a user keeps, and what saved questions of older homes become."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from finsam.access.actors import Actor
from finsam.access.models import AuditRow
from finsam.access.roles import Role
from finsam.editions.models import Edition
from finsam.table_builder import actions, open_queries
from finsam.table_builder.models import Bookmark
from finsam.table_builder.open_queries import OpenTable
from tests import factories
from tests.table_builder import cubes

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "persons_nation"
OUT = Edition()  # something is published
BEFORE = [("table_builder", "0003_answers_go_with_their_snapshot")]
AFTER = [("table_builder", "0004_bookmarks")]


@pytest.fixture
def reader() -> Actor:
    return factories.actor(factories.user(None, Role.READER, where=factories.association()))


@pytest.fixture
def other() -> Actor:
    return factories.actor(factories.user(None, Role.SYSTEM_ADMIN))


def opened() -> OpenTable:
    return OpenTable(cubes.declared(NAME), cubes.cube(NAME), OUT, "1")


def kept(actor: Actor, name: str = "Min", **data: str) -> Bookmark:
    return actions.save_bookmark(actor=actor, table=opened(), data=data, name=name)


def test_a_view_is_kept_as_its_address_says(reader: Actor) -> None:
    """What the address leaves open goes on with the collection: so does the year."""
    row = kept(reader, "Åldrar", rows="age_group", columns="sex", under="", invented="1")
    assert (row.table, row.choice) == (NAME, "rows=age_group&columns=sex")
    (marked,) = open_queries.bookmarks(actor=reader, edition=OUT)
    assert (marked.name, marked.refusal) == ("Åldrar", "")
    assert AuditRow.objects.filter(action="reporting.save_bookmark", record_id=row.pk).exists()


def test_what_the_table_does_not_have_is_refused_and_nothing_is_kept(reader: Actor) -> None:
    with pytest.raises(ValidationError, match="Tabellen har inte det året"):
        kept(reader, year="1999")
    assert not Bookmark.objects.exists()


def test_a_name_is_used_once_by_each_user(reader: Actor, other: Actor) -> None:
    kept(reader)
    kept(other)
    with pytest.raises(ValidationError, match="Du har redan ett bokmärke med det namnet"):
        kept(reader)


def test_anothers_is_neither_seen_nor_taken_away(reader: Actor, other: Actor) -> None:
    row = kept(reader)
    assert open_queries.bookmarks(actor=other, edition=OUT) == []
    with pytest.raises(Bookmark.DoesNotExist):
        actions.discard_bookmark(actor=other, pk=row.pk)
    actions.discard_bookmark(actor=reader, pk=row.pk)
    assert not Bookmark.objects.exists()
    assert AuditRow.objects.filter(action="reporting.discard_bookmark").exists()


def test_a_bookmark_says_why_it_leads_nowhere(reader: Actor) -> None:
    mine = {"user_id": reader.user_id, "saved_at": factories.NOW}
    Bookmark.objects.create(name="A", table="no_longer_there", **mine)
    Bookmark.objects.create(name="B", gone="Nya deltagare efter utbildning. 2020", **mine)
    Bookmark.objects.create(name="C", table=NAME, **mine)
    assert [(one.refusal, one.was) for one in open_queries.bookmarks(actor=reader, edition=OUT)] == [
        ("Tabellen finns inte längre.", ""),
        ("Frågan finns inte längre som öppen tabell.", "Nya deltagare efter utbildning. 2020"),
        ("", ""),
    ]
    before = open_queries.bookmarks(actor=reader, edition=None)
    assert before[2].refusal == "Tabellen är inte publicerad än."


@pytest.fixture
def earlier() -> Iterator[Any]:
    """The models as they were; the tables are brought up to date again whatever happens."""
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    yield MigrationExecutor(connection).loader.project_state(BEFORE).apps
    MigrationExecutor(connection).migrate(latest)


def test_saved_questions_are_brought_over(earlier: Any) -> None:
    """One moved, one moved with its place, and two gone: one says what it was as its answer was headed."""
    of = earlier.get_model
    gone = cubes.asked("persons_supports")
    for name, question in {
        "A": cubes.asked("persons_new", ("sex",)),
        "B": cubes.asked("persons_ongoing", first="2016", last="2020", association="222000-0001"),
        "C": cubes.asked("heads", ("sex",), party="1"),
        "D": gone,
    }.items():
        of("table_builder", "SavedQuestion").objects.create(
            user_id=7, name=name, question=json.dumps(question), saved_at=factories.NOW
        )
    snapshot = of("snapshots", "Snapshot").objects.create(
        identifier="2021-01-31-0123456789ab", as_of="2021-01-31", digest="a", taken_at=factories.NOW, rows=0, erased=0
    )
    of("table_builder", "AnsweredQuestion").objects.create(
        user_id=7,
        snapshot=snapshot,
        number=1,
        question=json.dumps(gone),
        title="Som rubriken var. 2020",
        answer={},
        asked_at=factories.NOW,
    )
    trail = {"action": "reporting.save_question", "model": "table_builder.savedquestion", "record_id": 1}
    AuditRow.objects.create(at=factories.NOW, **trail)
    MigrationExecutor(connection).migrate(AFTER)
    assert [*Bookmark.objects.order_by("name").values_list("name", "table", "choice", "gone")] == [
        ("A", "persons_nation", "rows=sex&columns=measure&year=2020", ""),
        ("B", "persons_associations", "rows=year&columns=measure&place=222000-0001", ""),
        ("C", "", "", "Deltagare räknade utan personuppgifter efter kön, en del av utförande part. 2020"),
        ("D", "", "", "Som rubriken var. 2020"),
    ]
    assert AuditRow.objects.get().model == "table_builder.bookmark"
    for row in Bookmark.objects.order_by("pk"):
        row.full_clean()
