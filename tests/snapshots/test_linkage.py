"""Linkages beside a snapshot: pseudonymous numbers only, everyone counted, nothing half-written."""

import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from finsam.access.models import AuditRow
from finsam.access.roles import Role
from finsam.participants.models import Person
from finsam.snapshots import actions, engines, linkage, queries, storage
from finsam.snapshots.models import Linkage, Snapshot
from finsam.statistics.figures import linked_records as figures
from finsam.statistics.tables.periods import Periods
from tests import factories
from tests.participants import people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]


@dataclass(frozen=True)
class Row:
    """What `participants` hands over."""

    pseudonym: str
    age: int = 30
    days_in_benefit: int = 100
    chapter: int = 5
    earlier: tuple[str, ...] = ()


@pytest.fixture
def snapshot() -> Snapshot:
    """A snapshot of three persons; a fourth comes later."""
    where = factories.intervention()
    registrar = factories.actor(factories.registrar(where))
    for _ in range(3):
        people.participation(where, registrar)
    taken = actions.take(actor=factories.operator(), as_of=factories.NOW.date())
    people.participation(where, registrar)
    return taken


def pseudonyms() -> list[str]:
    return list(Person.objects.order_by("pk").values_list("pseudonym__value", flat=True))


def stored(snapshot: Snapshot, *rows: Row, unknown: int = 0, source: str = "Provet") -> Linkage:
    return actions.store_linkage(
        actor=factories.operator(), snapshot=snapshot, rows=rows, unknown=unknown, source=source
    )


def test_everyone_is_counted_both_ways_round(snapshot: Snapshot) -> None:
    first, second, _missing, later = pseudonyms()
    found = stored(snapshot, Row(second, 47, 1061, 5), Row(later), Row(first, 25, 0, 0), unknown=7)
    assert (found.linked, found.not_ours, found.not_in_file) == (2, 8, 1)
    assert list(queries.linkages(actor=factories.operator())) == [found]
    assert AuditRow.objects.filter(action="reporting.store_linkage", record_id=found.pk).count() == 1


def test_the_folder_has_numbers_of_the_snapshot_and_no_pseudonym(snapshot: Snapshot, home: Path) -> None:
    first, second, *_rest = pseudonyms()
    found = stored(snapshot, Row(second, 47, 1061, 5), Row(first, 25, 0, 0))
    place = home / "linkages" / found.identifier
    assert place.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in place.iterdir()} == {
        "linked.parquet": 0o600,
        "manifest.json": 0o600,
    }
    rows = pyarrow.parquet.read_table(place / "linked.parquet").to_pylist()
    persons = pyarrow.parquet.read_table(storage.folder(snapshot.identifier) / "persons.parquet").to_pylist()
    number = {row["pseudonym"].hex(): row["person"] for row in persons}
    assert rows == sorted(
        [
            {"person": number[second], "age": 47, "days_in_benefit": 1061, "chapter": 5},
            {"person": number[first], "age": 25, "days_in_benefit": 0, "chapter": 0},
        ],
        key=lambda row: row["person"],
    )
    facts = json.loads((place / "manifest.json").read_text("utf-8"))
    assert (facts["snapshot"], facts["snapshot_digest"]) == (snapshot.identifier, snapshot.digest)
    assert (facts["linked"], facts["not_ours"], facts["not_in_file"], facts["source"]) == (2, 0, 1, "Provet")


def test_the_same_rows_in_any_order_are_the_same_linkage(snapshot: Snapshot) -> None:
    first, second, *_rest = pseudonyms()
    one = stored(snapshot, Row(first), Row(second))
    assert stored(snapshot, Row(second), Row(first)) == one
    assert stored(snapshot, Row(second), Row(first), source="En annan") != one
    assert queries.linkage_faults(actor=factories.operator(), stored=one) == []


def test_a_file_about_nobody_in_the_snapshot_is_refused_and_leaves_nothing(snapshot: Snapshot, home: Path) -> None:
    with pytest.raises(ValidationError, match="Ingen kod i filen hör till någon"):
        stored(snapshot, Row(pseudonyms()[3]), unknown=4)
    assert not (home / "linkages").exists()
    assert not Linkage.objects.exists()


def test_a_full_disk_leaves_nothing(snapshot: Snapshot, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pyarrow.parquet, "write_table", full)
    with pytest.raises(OSError, match="No space left"):
        stored(snapshot, Row(pseudonyms()[0]))
    assert list((home / "linkages").iterdir()) == []
    assert not Linkage.objects.exists()


def test_what_a_killed_run_left_is_cleared_away(snapshot: Snapshot, home: Path) -> None:
    (home / "linkages" / ".unfinished-0123456789ab").mkdir(parents=True)
    found = stored(snapshot, Row(pseudonyms()[0]))
    assert [path.name for path in (home / "linkages").iterdir()] == [found.identifier]


def test_a_damaged_snapshot_is_not_linked(snapshot: Snapshot) -> None:
    (storage.folder(snapshot.identifier) / "persons.parquet").unlink()
    with pytest.raises(ValidationError, match=r"persons\.parquet saknas"):
        stored(snapshot, Row(pseudonyms()[0]))


def test_a_snapshot_without_persons_has_nobody_to_link() -> None:
    factories.intervention(method="numbers_only")
    taken = actions.take(actor=factories.operator(), as_of=factories.NOW.date())
    with pytest.raises(ValidationError, match="Ingen kod"):
        stored(taken, Row("0" * 32))


def test_a_snapshot_that_was_taken_without_participants_is_refused(snapshot: Snapshot) -> None:
    (storage.folder(snapshot.identifier) / "persons.parquet").unlink()
    with pytest.raises(ValidationError, match="inga deltagare att samköra"):
        linkage.write(snapshot, [Row(pseudonyms()[0])], unknown=0, source="")


def test_an_analyst_may_see_linkages_and_not_store_them(snapshot: Snapshot) -> None:
    analyst = factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
    assert list(queries.linkages(actor=analyst)) == []
    with pytest.raises(PermissionDenied):
        actions.store_linkage(actor=analyst, snapshot=snapshot, rows=[Row(pseudonyms()[0])], unknown=0)


def test_a_linkage_is_counted_beside_its_snapshot_and_refused_when_it_has_been_changed(snapshot: Snapshot) -> None:
    first, second, *_rest = pseudonyms()
    found = stored(snapshot, Row(first, 24), Row(second, 51))
    with engines.tables(storage.folder(snapshot.identifier)) as tables:
        linked = linkage.opened(found, tables)
        asked = {"tables": tables, "linked": linked, "periods": Periods.years(2020)}
        assert figures.found(**asked).to_pyarrow().to_pylist() == [
            {"period": 2020, "persons": 3, "found": 2, "missing": 1}
        ]
        ages = figures.days(**asked, by=["sex", "age_at_start"]).order_by("age_at_start").to_pyarrow().to_pylist()
        assert [(row["age_at_start"], row["persons"]) for row in ages] == [(20, 1), (50, 1)]
        path = linkage.root() / found.identifier / "linked.parquet"
        path.write_bytes(path.read_bytes()[:-1] + b"?")
        with pytest.raises(ValidationError, match=r"skadad \(linked\.parquet är ändrad\)"):
            linkage.opened(found, tables)


def test_the_newest_snapshot_is_the_one_linked_when_none_is_named(snapshot: Snapshot) -> None:
    assert queries.newest_snapshot(actor=factories.operator()) == snapshot


def test_without_a_snapshot_the_sentence_names_the_command() -> None:
    with pytest.raises(ValidationError, match="finsam snapshot take"):
        queries.newest_snapshot(actor=factories.operator())
