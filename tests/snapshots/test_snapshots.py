"""Snapshot folders: the same content is the same snapshot, every changed byte is found, and half a folder is none."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from finsam.access.models import AuditRow
from finsam.access.roles import Role
from finsam.codes import actions as codes
from finsam.interventions import actions as interventions
from finsam.reports.national_annual import counts
from finsam.snapshots import actions, engines, folders, queries, rules, storage, writing
from finsam.snapshots.models import Snapshot
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("home")]

DAY = factories.NOW.date()


@pytest.fixture
def taken() -> Snapshot:
    """A snapshot of the shipped rows and a little more."""
    where = factories.intervention(method="numbers_only")
    interventions.count_heads(actor=factories.operator(), intervention=where, year=2020, women=3, men=4)
    return actions.take(actor=factories.operator(), as_of=DAY)


def faults(snapshot: Snapshot) -> list[str]:
    return actions.verify(actor=factories.operator(), snapshot=snapshot)


def flip(path: Path) -> None:
    """Change one byte in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_the_id_says_the_day_and_what_is_in_it(taken: Snapshot) -> None:
    manifest = (storage.folder(taken.identifier) / "manifest.json").read_bytes()
    assert taken.digest == sha256(manifest).hexdigest()
    assert taken.identifier == f"2021-03-31-{taken.digest[:12]}"
    facts = json.loads(manifest)
    assert (facts["as_of"], facts["schema_version"], facts["erased_persons"]) == ("2021-03-31", 3, 0)
    assert facts["codes"]["sex"] == {"women": 1, "men": 2}
    assert facts["files"]["municipalities.parquet"]["rows"] == 290
    assert taken.rows == sum(one["rows"] for one in facts["files"].values())


def test_the_same_content_is_the_same_snapshot(taken: Snapshot) -> None:
    content = {path: path.read_bytes() for path in storage.folder(taken.identifier).iterdir()}
    assert actions.take(actor=factories.operator(), as_of=DAY) == taken
    assert {path: path.read_bytes() for path in storage.folder(taken.identifier).iterdir()} == content
    assert Snapshot.objects.count() == AuditRow.objects.filter(action="reporting.take").count() == 1


def test_only_the_owner_can_read_it(taken: Snapshot) -> None:
    place = storage.folder(taken.identifier)
    assert place.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in place.iterdir()} == {0o600}


def test_a_whole_snapshot_has_no_faults(taken: Snapshot) -> None:
    assert faults(taken) == []


@pytest.mark.parametrize("name", ["head_counts.parquet", "codes.parquet", "manifest.json"])
def test_a_changed_byte_is_found(taken: Snapshot, name: str) -> None:
    flip(storage.folder(taken.identifier) / name)
    assert faults(taken) == [f"{name} är ändrad"]


def test_a_manifest_that_was_changed_with_its_file_is_found(taken: Snapshot) -> None:
    place = storage.folder(taken.identifier)
    flip(place / "plans.parquet")
    facts = json.loads((place / "manifest.json").read_text("utf-8"))
    facts["files"]["plans.parquet"]["sha256"] = sha256((place / "plans.parquet").read_bytes()).hexdigest()
    (place / "manifest.json").write_bytes(folders.canonical(facts))
    assert faults(taken) == ["manifest.json är ändrad"]


def test_a_missing_file_and_one_too_many_are_found(taken: Snapshot) -> None:
    place = storage.folder(taken.identifier)
    (place / "plans.parquet").rename(place / "planer.parquet")
    assert faults(taken) == ["planer.parquet hör inte dit", "plans.parquet saknas"]


def test_a_lost_folder_is_found_and_comes_back_when_it_is_taken_again(taken: Snapshot) -> None:
    place = storage.folder(taken.identifier)
    place.rename(place.with_name("borta"))
    assert faults(taken) == ["mappen eller dess manifest.json saknas"]
    assert actions.take(actor=factories.operator(), as_of=DAY) == taken
    assert faults(taken) == []


def test_a_damaged_folder_is_replaced_when_it_is_taken_again(taken: Snapshot) -> None:
    flip(storage.folder(taken.identifier) / "plans.parquet")
    actions.take(actor=factories.operator(), as_of=DAY)
    assert faults(taken) == []


def test_a_full_disk_leaves_no_folder_and_no_row(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pyarrow.parquet, "write_table", full)
    with pytest.raises(OSError, match="No space left"):
        actions.take(actor=factories.operator(), as_of=DAY)
    assert list((home / "snapshots").iterdir()) == []
    assert not Snapshot.objects.exists()


def test_a_half_written_folder_is_never_taken_for_a_snapshot(home: Path, taken: Snapshot) -> None:
    half = home / "snapshots" / ".unfinished-0123456789ab"
    half.mkdir()
    (half / "codes.parquet").write_bytes(b"PAR1")
    stranger = home / "snapshots" / "2021-03-31-0123456789ab"
    stranger.mkdir()
    assert list(queries.snapshots(actor=factories.operator())) == [taken]
    for name in (half.name, stranger.name):
        with pytest.raises(ValidationError, match="ingen ögonblicksbild"):
            queries.snapshot(actor=factories.operator(), identifier=name)


@pytest.mark.parametrize("name", ["../finsam.sqlite3", "", ".", "2021-03-31-0123456789ab/..", "2021-03-31"])
def test_only_a_snapshots_name_is_a_folder(name: str) -> None:
    with pytest.raises(ValidationError):
        storage.folder(name)


def test_a_snapshot_of_a_newer_schema_is_refused(taken: Snapshot) -> None:
    place = storage.folder(taken.identifier)
    facts = json.loads((place / "manifest.json").read_text("utf-8")) | {"schema_version": rules.SCHEMA_VERSION + 1}
    content = folders.canonical(facts)
    (place / "manifest.json").write_bytes(content)
    digest = sha256(content).hexdigest()
    newer = place.with_name(f"2021-03-31-{digest[:12]}")
    place.rename(newer)
    with pytest.raises(ValidationError, match="nyare version"):
        storage.faults(newer.name, digest)


def test_a_day_that_has_not_come_is_refused() -> None:
    with pytest.raises(ValidationError, match="inte kommit"):
        actions.take(actor=factories.operator(), as_of=date(2021, 4, 1))


def test_who_may_not_take_one_is_refused() -> None:
    reader = factories.actor(factories.user(None, Role.SYSTEM_ADMIN))
    with pytest.raises(PermissionDenied):
        actions.take(actor=reader, as_of=DAY)


def test_a_snapshot_opens_as_tables(taken: Snapshot) -> None:
    with engines.tables(storage.folder(taken.identifier)) as tables:
        row = tables.head_counts.to_pyarrow().to_pylist()[0]
        assert (row["intervention"], row["year"], row["women"], row["men"]) == (1, 2020, 3, 4)
        assert tables.number("source", "volume") == row["source"]
        assert tables.interventions.count().to_pyarrow().as_py() == 1


def test_a_direction_of_the_homes_own_stands_under_its_kind_alone_with_its_explanation(taken: Snapshot) -> None:
    facts = {"list": "direction", "code": "digital", "label": "Digitalt stöd", "source": "Beslut"}
    said = {"parent": "individual", "explanation": "Stöd på distans.", "explanation_en": "Support online."}
    codes.add(actor=factories.operator(), **facts, **said, first_day=date(2020, 1, 1))  # type: ignore[arg-type]
    new = actions.take(actor=factories.operator(), as_of=DAY)
    assert "directions" not in folders.facts_of(storage.folder(taken.identifier))  # one without has none of its own
    with engines.tables(storage.folder(new.identifier)) as tables:
        assert tables.directions == {
            "digital": {"kind": "individual", "sv": "Stöd på distans.", "en": "Support online."}
        }
        directions = counts.directions(tables)
    assert "digital" in directions["individual"]
    assert "digital" not in directions["structural"]


def test_what_a_killed_snapshot_left_behind_is_cleared_away(home: Path) -> None:
    left = [home / ".spilled-0123456789ab", home / "snapshots" / ".unfinished-0123456789ab"]
    for folder in left:
        folder.mkdir(parents=True)
        (folder / "copy.sqlite3").write_bytes(b"rows of persons")
    with writing.alone():
        assert not any(folder.exists() for folder in left)
