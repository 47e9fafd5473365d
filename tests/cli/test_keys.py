"""`finsam keys` in real homes: ended in the middle it goes on, and a copy of any moment opens with its key file."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.homes import Home, refused

pytestmark = pytest.mark.participants

SNAPSHOT = ("snapshot", "take", "--as-of", "2021-03-31")


def told(home: Home) -> dict[str, Any]:
    """What rows are under which keys, and who is there."""
    found: dict[str, Any] = json.loads(home.do("tests.cli.told_keys"))
    assert found["twice"] == 0
    assert found["humans"] == found["pseudonyms"] == found["led_to"]
    return found


def ids(file: Path) -> list[tuple[str, list[str]]]:
    """The current key and every key of each kind."""
    content = json.loads(file.read_text("utf-8"))
    return [(content[kind]["current"], sorted(content[kind]["keys"])) for kind in ("encryption", "blind_index")]


def retaken(home: Home) -> str:
    """The ID of the snapshot of the day, taken anew from the records."""
    shutil.rmtree(home.folder / "snapshots")
    done = home.run(*SNAPSHOT)
    assert not done.returncode, done.stderr
    return done.stdout


def killed(home: Home) -> None:
    """A change of keys that is killed when the first rows are done."""
    with home.doing("tests.cli.killed_rotation") as running:
        assert running.wait(60) == -signal.SIGKILL


def test_keys_changed_in_the_middle_and_after_give_the_same_snapshot_and_go_on_where_they_stopped(
    filled: Home, tmp_path: Path
) -> None:
    file, was = filled.folder / "keys.json", (filled.folder / "keys.json").read_bytes()
    before = retaken(filled)
    killed(filled)
    assert told(filled)["index"] == ["1", "2"]
    assert retaken(filled) == before
    assert "Kör först: finsam keys rotate" in refused(filled.run("keys", "retire", "--out", tmp_path / "old.json"))
    done = filled.run("keys", "rotate")
    assert done.returncode == 0, done.stderr
    assert "Ett byte som var påbörjat är nu slutfört." in done.stdout
    assert ids(file) == [("2", ["1", "2"])] * 2
    assert {name: told(filled)[name] for name in ("index", "encryption", "persons")} == {
        "index": ["2"],
        "encryption": ["2"],
        "persons": 12,
    }
    assert filled.run("keys", "retire", "--out", tmp_path / "old.json").returncode == 0
    assert ids(file) == [("2", ["2"])] * 2
    assert {file.stat().st_mode & 0o777, (tmp_path / "old.json").stat().st_mode & 0o777} == {0o600}
    assert json.loads(was)["secret_key"] == json.loads(file.read_text("utf-8"))["secret_key"]
    assert retaken(filled) == before
    assert not list(filled.folder.glob("keys.json.*"))
    assert "har inga gamla nycklar" in refused(filled.run("keys", "retire", "--out", tmp_path / "new.json"))


def test_a_copy_of_a_home_with_half_its_keys_changed_is_restored_with_its_key_file_and_no_other(
    filled: Home, other: Home, tmp_path: Path
) -> None:
    file, was = filled.folder / "keys.json", (filled.folder / "keys.json").read_bytes()
    killed(filled)
    assert filled.run("backup", tmp_path / "half.tar").returncode == 0
    assert other.run("restore", tmp_path / "half.tar").returncode == 0
    keys = other.folder / "keys.json"
    keys.write_bytes(was)
    assert "hör till ett annat hem eller en annan tid" in refused(other.run("snapshot", "list"))
    content = json.loads(file.read_text("utf-8"))
    content["blind_index"]["keys"].pop("1")
    keys.write_text(json.dumps(content), "utf-8")
    assert "hör till ett annat hem eller en annan tid" in refused(other.run("keys", "rotate"))
    shutil.copy(file, keys)
    assert other.run("keys", "rotate").returncode == 0
    assert told(other)["index"] == ["2"]


def test_an_older_copy_opens_with_the_keys_that_were_kept_for_it(filled: Home, other: Home, tmp_path: Path) -> None:
    assert filled.run("backup", tmp_path / "old.tar").returncode == 0
    assert "ligger kvar i filen" in filled.run("keys", "rotate").stdout
    assert filled.run("keys", "retire", "--out", tmp_path / "old.json").returncode == 0
    assert other.run("restore", tmp_path / "old.tar").returncode == 0
    shutil.copy(filled.folder / "keys.json", other.folder)
    assert "en annan tid" in refused(other.run("snapshot", "list"))
    shutil.copy(tmp_path / "old.json", other.folder / "keys.json")
    assert other.run("keys", "rotate").returncode == 0
    assert told(other)["index"] == ["2"]


def test_whoever_is_at_work_takes_the_new_keys_at_once_and_registers_nobody_twice(filled: Home) -> None:
    with filled.doing("tests.cli.enrolling") as registering:
        assert registering.stdout is not None
        first = int(registering.stdout.readline())
        assert filled.run("keys", "rotate").returncode == 0
        last = [int(line) for line in (registering.stdout.readline() for _ in range(4))][-1]
    assert last > first
    assert told(filled)["index"] == ["2"]


def test_one_kind_alone_and_a_file_that_a_killed_run_left_is_no_hindrance(filled: Home) -> None:
    left = filled.folder / "keys.json.new"
    left.write_text("{", "utf-8")
    assert filled.run("keys", "rotate", "--only", "index").returncode == 0
    assert ids(filled.folder / "keys.json") == [("1", ["1"]), ("2", ["1", "2"])]
    assert not left.exists()


@pytest.mark.slow
def test_a_change_killed_at_any_moment_goes_on_and_loses_nobody(filled: Home) -> None:
    """Twenty kills at random moments, from before the key is there until it is done."""
    draw, command = random.Random(7), [sys.executable, "-m", "finsam.cli.main", "keys", "rotate"]
    before = retaken(filled)
    hit = 0
    for _ in range(20):
        with subprocess.Popen(command, env=filled.environment, cwd="/", stdout=-3, stderr=-3) as running:
            time.sleep(draw.uniform(0.6, 2.4))
            hit += running.poll() is None
            running.kill()
        assert filled.run("snapshot", "list").returncode == 0
    assert hit > 5
    assert filled.run("keys", "rotate").returncode == 0
    assert told(filled)["persons"] == 12
    assert retaken(filled) == before
