"""Persons in a snapshot: one human, one pseudonym, nothing that names them, and nothing at all once they are erased."""

import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet
import pytest

from finsam.associations.models import Municipality
from finsam.participants import actions, ciphers, linkage
from finsam.participants.erasure import erase
from finsam.participants.models import Person, Pseudonym
from finsam.snapshots import actions as snapshot_actions
from finsam.snapshots import storage
from finsam.snapshots.extract import extract, persons
from tests import factories
from tests.participants import people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]

DAY = factories.NOW.date()
LATER = factories.NOW + timedelta(days=1)


def test_a_participation_comes_out_as_numbers() -> None:
    stay = people.participation(factories.intervention(), supports=["sickness_cash_benefit", "social_assistance"])
    tables = extract.read(DAY).tables
    row = tables["participations"].to_pylist()[0]
    codes = {(one["list"], one["number"]): one["code"] for one in tables["codes"].to_pylist()}
    assert (row["participation"], row["person"], row["intervention"]) == (1, 1, 1)
    assert (codes["sex", row["sex"]], row["birth_year"]) == ("women", 1985)
    assert codes["education", row["education"]] == "upper_secondary"
    assert (row["starts_on"], row["ends_before"], row["end_reason"]) == (stay.starts_on, None, None)
    supports = [codes["support", one["support"]] for one in tables["supports"].to_pylist()]
    assert sorted(supports) == ["sickness_cash_benefit", "social_assistance"]


def test_one_human_with_two_controllers_is_one_person() -> None:
    who = people.identity()
    where = factories.association(codes=("0180",))
    for controller in (factories.agency(), factories.party("municipality", "0180")):
        people.participation(factories.intervention(where, controller=controller), who=who)
    tables = extract.read(DAY).tables
    assert Person.objects.count() == 2
    assert len(tables["persons"]) == 1
    assert tables["participations"]["person"].to_pylist() == [1, 1]


def test_an_end_registered_after_the_day_is_not_in_it() -> None:
    where = factories.intervention()
    registrar = factories.registrar(where)
    stay = people.participation(where, factories.actor(registrar))
    actions.end(
        actor=factories.actor(registrar, LATER),
        participation=stay,
        last_day=date(2021, 1, 10),
        supports=["none"],
        occupation="other",
        end_reason="completed",
    )
    assert extract.read(DAY).tables["participations"]["ends_before"].to_pylist() == [None]
    after = extract.read(LATER.date()).tables
    assert after["participations"]["ends_before"].to_pylist() == [date(2021, 1, 11)]
    assert sorted(after["supports"]["moment"].to_pylist()) == [1, 2]


def test_a_correction_registered_after_the_day_is_not_in_it() -> None:
    where = factories.intervention()
    registrar = factories.registrar(where)
    stay = people.participation(where, factories.actor(registrar))
    before = extract.read(DAY).tables
    start = people.start(
        date(2020, 3, 9),
        municipality=Municipality.objects.get(code="0114"),
        supports=["social_assistance", "unemployment_benefit"],
        education="compulsory",
        need_groups=["newly_arrived"],
    )
    actions.correct(actor=factories.actor(registrar, LATER), participation=stay, start=start)
    then, now = extract.read(DAY).tables, extract.read(LATER.date()).tables
    assert [name for name, table in before.items() if not then[name].equals(table)] == []
    differing = {name for name, table in before.items() if not now[name].equals(table)}
    assert differing == {"participations", "supports", "needs"}


def test_another_number_registered_after_the_day_is_not_in_it() -> None:
    where = factories.intervention()
    registrar = factories.registrar(where)
    stay = people.participation(where, factories.actor(registrar))
    before = extract.read(DAY).tables["participations"]
    new = people.identity(date(1990, 5, 1), sex="men")
    people.change_number(factories.actor(registrar, LATER), stay, new)
    assert extract.read(DAY).tables["participations"].equals(before)
    assert extract.read(LATER.date()).tables["participations"]["birth_year"].to_pylist() == [1990]


def test_a_change_from_coordination_number_keeps_the_pseudonym() -> None:
    where = factories.intervention()
    registrar = factories.registrar(where)
    stay = people.participation(where, factories.actor(registrar))
    before = extract.read(DAY).tables["persons"]["pseudonym"].to_pylist()
    people.change_number(factories.actor(registrar, LATER), stay, people.identity())
    assert extract.read(LATER.date()).tables["persons"]["pseudonym"].to_pylist() == before


def test_one_human_under_two_numbers_is_two_on_the_days_before_they_were_joined_and_the_bytes_are_the_same() -> None:
    where = factories.association(codes=("0180",))
    ours, theirs = (
        factories.intervention(where, controller=party)
        for party in (factories.agency(), factories.party("municipality", "0180"))
    )
    registrar = factories.registrar(ours)
    stay = people.participation(ours, factories.actor(registrar))
    new = people.identity()
    people.participation(theirs, who=new)
    operator = factories.operator(LATER)
    before = snapshot_actions.take(actor=operator, as_of=DAY)
    people.change_number(factories.actor(registrar, LATER), stay, new)
    shutil.rmtree(storage.folder(before.identifier))
    assert snapshot_actions.take(actor=operator, as_of=DAY).digest == before.digest
    assert len(extract.read(DAY).tables["persons"]) == 2
    after = extract.read(LATER.date()).tables
    assert len(after["persons"]) == 1
    assert after["participations"]["person"].to_pylist() == [1, 1]


def test_an_older_snapshot_is_linked_by_either_name_of_one_human_with_two_numbers() -> None:
    where = factories.association(codes=("0180",))
    ours, theirs = (
        factories.intervention(where, controller=party)
        for party in (factories.agency(), factories.party("municipality", "0180"))
    )
    new, registrar = people.identity(), factories.registrar(theirs)
    people.participation(ours, factories.actor(factories.registrar(ours), LATER), who=new)  # the older pseudonym
    stay = people.participation(theirs, factories.actor(registrar))
    taken = snapshot_actions.take(actor=factories.operator(LATER), as_of=DAY)  # knows the younger one only
    people.change_number(factories.actor(registrar, LATER), stay, new)
    keys: list[bytes] = []
    linkage.make_key(actor=factories.operator(LATER), hand_over=keys.append)
    lines = ["code,age,days_in_benefit,diagnosis", f"{ciphers.linkage_code(keys[0], new.number)},35,10,"]
    found = linkage.substitute(actor=factories.operator(LATER), lines=lines)
    stored = snapshot_actions.store_linkage(actor=factories.operator(LATER), snapshot=taken, rows=found.rows, unknown=0)
    assert (stored.linked, stored.not_ours, stored.not_in_file) == (1, 0, 0)


def test_erasure_wins_over_history_and_the_manifest_counts_it() -> None:
    where = factories.intervention()
    registrar = factories.registrar(where)
    gone = people.participation(where, factories.actor(registrar))
    people.participation(where, factories.actor(registrar))
    operator = factories.operator(LATER)
    before = snapshot_actions.take(actor=operator, as_of=DAY)
    erase(actor=factories.actor(registrar, LATER), participation=gone)
    after = snapshot_actions.take(actor=operator, as_of=DAY)
    assert after.as_of == before.as_of
    assert after.digest != before.digest
    assert (before.erased, after.erased) == (0, 1)
    assert len(extract.read(DAY).tables["persons"]) == 1


def test_a_day_before_an_erased_persons_correction_can_still_be_read() -> None:
    where = factories.intervention()
    registrar = factories.registrar(where)
    gone = people.participation(where, factories.actor(registrar))
    later, new = factories.actor(registrar, LATER), people.start(supports=["social_assistance"])
    actions.correct(actor=later, participation=gone, start=new)
    erase(actor=later, participation=gone)
    tables = extract.read(DAY).tables
    assert [len(tables[name]) for name in ("persons", "participations", "supports", "needs")] == [0, 0, 0, 0]


def test_an_older_day_can_be_read_when_one_of_two_that_were_taken_for_the_same_is_erased() -> None:
    who, one, two = people.identity(), factories.intervention(), factories.intervention(controller=factories.service())
    staying, going = factories.registrar(one), factories.registrar(two)
    stays = people.participation(one, factories.actor(staying), who=who)
    goes = people.participation(two, factories.actor(going), who=who)
    assert len(extract.read(DAY).tables["persons"]) == 1
    people.change_number(factories.actor(staying, LATER), stays, people.identity(), same="wrong")
    erase(actor=factories.actor(going, LATER), participation=goes)
    own = Pseudonym.objects.get()
    for day in (DAY, LATER.date()):
        found = extract.read(day)
        assert found.tables["persons"]["pseudonym"].to_pylist() == [bytes.fromhex(own.value)]
        assert found.tables["participations"]["person"].to_pylist() == [1]
        assert found.erased == 1


def test_without_its_pseudonym_a_person_is_in_no_new_snapshot() -> None:
    stay = people.participation(factories.intervention())
    value = Pseudonym.objects.get(pk=stay.person.pseudonym_id).value
    assert extract.read(DAY).tables["persons"]["pseudonym"].to_pylist() == [bytes.fromhex(value)]


def test_nothing_that_names_anyone_is_in_any_file(home: Path) -> None:
    who = people.identity()
    stay = people.participation(factories.intervention(), who=who)
    taken = snapshot_actions.take(actor=factories.operator(), as_of=DAY)
    text = ""
    for path in sorted(storage.folder(taken.identifier).glob("*.parquet")):
        text += str(pyarrow.parquet.read_table(path).to_pylist())
    for secret in (who.number, "Exempelberg", stay.person.blind_index, stay.person.sealed_number.hex()):
        assert secret not in text


def test_of_persons_only_statistical_fields_are_read() -> None:
    for source in (*persons.SOURCES, persons.PSEUDONYMS):
        names = {field.name for field in source.fields}
        assert not names & {*source.model.Privacy.identity, *source.model.Privacy.personal}


def test_the_moment_of_registration_counts_and_not_the_day_it_is_about() -> None:
    midnight = datetime(2021, 4, 1, tzinfo=ZoneInfo("Europe/Stockholm"))
    where = factories.intervention()
    registrar = factories.registrar(where)
    people.participation(where, factories.actor(registrar, midnight - timedelta(minutes=1)), starts_on=date(2020, 5, 1))
    people.participation(where, factories.actor(registrar, midnight), starts_on=date(2020, 5, 1))
    assert len(extract.read(date(2021, 3, 31)).tables["participations"]) == 1
    assert len(extract.read(date(2021, 4, 1)).tables["participations"]) == 2
