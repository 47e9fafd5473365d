"""Editions of a report that needs a linkage: refused without one, made of it, and whole when it is gone."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from finsam.access.actors import Actor
from finsam.access.roles import Role
from finsam.background import actions as background_actions
from finsam.disclosure.cells import TOTAL
from finsam.disclosure.relations import Address, equals
from finsam.editions import actions as edition_actions
from finsam.editions import queries
from finsam.editions.models import Edition
from finsam.editions.stored import linking
from finsam.participants.models import Person
from finsam.reports.registry import REPORTS
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots import linkage
from finsam.snapshots.models import Linkage, Snapshot
from tests import factories
from tests.participants import people
from tests.snapshots.test_linkage import Row

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home", "quick")]
REPORT = REPORTS["linked"]


@pytest.fixture
def snapshot() -> Snapshot:
    """A snapshot of three persons."""
    where = factories.intervention()
    registrar = factories.actor(factories.registrar(where))
    for _ in range(3):
        people.participation(where, registrar)
    return snapshot_actions.take(actor=factories.operator(), as_of=date(2021, 3, 31))


def stored(snapshot: Snapshot, days: int = 100) -> Linkage:
    """A linkage in which the first of them is described."""
    (first, *_others) = Person.objects.order_by("pk").values_list("pseudonym__value", flat=True)
    rows = [Row(first, days_in_benefit=days)]
    return snapshot_actions.store_linkage(
        actor=factories.operator(), snapshot=snapshot, rows=rows, unknown=0, source="Provet"
    )


def compiled(actor: Actor, snapshot: Snapshot) -> Edition:
    return edition_actions.compile_edition(actor=actor, report=REPORT, year=2020, snapshot=snapshot)


def test_without_a_linkage_the_refusal_says_which_commands_make_one(
    anna: Actor, snapshot: Snapshot, tmp_path: Path
) -> None:
    with pytest.raises(ValidationError, match=f"finsam link read FIL --snapshot {snapshot.identifier}"):
        compiled(anna, snapshot)
    for request in (background_actions.request_report, background_actions.request_edition):
        with pytest.raises(ValidationError, match="finsam link key-file"):
            request(actor=anna, report=REPORT, year=2020, snapshot=snapshot)
    assert not (tmp_path / "home" / "editions").exists()


def test_an_edition_says_which_linkage_it_is_made_of_and_hides_the_few(anna: Actor, snapshot: Snapshot) -> None:
    made = stored(snapshot)
    one = compiled(anna, snapshot)
    content = queries.content(actor=anna, edition=one)
    assert content.inputs.linkage == made.digest
    found = next(table for table in content.tables if table.name == "linked")
    assert all(cell.value in (None, 0) for row in found.cells.values() for cell in row)
    assert compiled(anna, snapshot) == one


def test_a_newer_linkage_gives_another_edition(anna: Actor, snapshot: Snapshot) -> None:
    stored(snapshot)
    first = compiled(anna, snapshot)
    newer = stored(snapshot, days=2000)
    second = compiled(anna, snapshot)
    assert second.digest != first.digest
    assert queries.content(actor=anna, edition=second).inputs.linkage == newer.digest


def test_an_old_edition_stays_whole_when_its_linkage_is_gone(anna: Actor, snapshot: Snapshot) -> None:
    made = stored(snapshot)
    one = edition_actions.review(actor=anna, edition=compiled(anna, snapshot))
    shutil.rmtree(linkage.root() / made.identifier)
    made.delete()
    assert queries.leaks(actor=anna, edition=one) == ()
    alva = factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
    out = edition_actions.publish(actor=alva, edition=one)
    assert queries.content(actor=anna, edition=out).inputs.linkage
    national = edition_actions.compile_edition(
        actor=anna, report=REPORTS["national-annual"], year=2020, snapshot=snapshot
    )
    assert queries.content(actor=anna, edition=national).inputs.linkage == ""


def test_editions_of_two_linkages_share_persons_and_not_what_was_found(anna: Actor, snapshot: Snapshot) -> None:
    stored(snapshot)
    first = queries.content(actor=anna, edition=compiled(anna, snapshot))
    stored(snapshot, days=2000)
    second = queries.content(actor=anna, edition=compiled(anna, snapshot))
    cells = linking.addresses(second.tables)
    known = linking.known([("one", first)], second.inputs.snapshot_digest, cells, second.inputs.linkage)
    new = Address("participants", ("2020", "new", "sickness_benefit", TOTAL))
    found = Address("linked", ("2020", "sickness_benefit", TOTAL), "found")
    assert equals(new, new._replace(table="one:participants")) in known.relations
    assert known.revised[found] == found._replace(table="one:linked")
