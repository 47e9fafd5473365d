"""A new room with the faults that new rooms can have, in a copy of the house: the tests of the house find each of them.

The copy is made whole, so that nothing is said of a checker that the house itself does not run.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import source

pytestmark = pytest.mark.once

COPIED = ("src", "tests", "GLOSSARY.md", "pyproject.toml")
ASKED = ("test_models.py", "test_rooms.py", "test_lists_of_rooms.py")

MODELS = '''"""Plans."""

from django.db import models

from finsam.weather import actions


class Goal(models.Model):
    """What is planned."""

    words = models.CharField(max_length=200)
    secret = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(words__gt=""), name="weather_goal_words")]

    class Privacy:
        identity = ()
        personal = ()
        statistics = ("id",)
        open = ("words",)

    def save(self, *args, **kwargs):
        actions.told = self
        super().save(*args, **kwargs)
'''
QUERIES = '''"""What may be asked of plans."""

import django_tasks
import duckdb

from finsam.access.actors import Actor


def goals(*, actor: Actor) -> list[int]:
    """All of them, whoever asks."""
    del actor
    return []
'''
ACTIONS = '''"""What may be done with plans."""

from django.db import transaction

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.weather import queries


@transaction.atomic
def plan(*, actor: Actor, goal: object) -> object:
    """Plan; the actor is handed on, and nobody asks."""
    found = queries.goals(actor=actor)
    audit.write(actor, "weather.plan", goal)
    return found
'''
FOUND = {
    "test_every_field_is_classified_once",
    "test_integrity_is_not_left_to_save",
    "test_every_constraint_has_a_sentence",
    "test_every_model_has_a_line_in_the_glossary",
    "test_no_action_query_or_rule_hides_in_a_model",
    "test_an_action_asks_before_it_acts",
    "test_every_list_of_rooms_is_the_same",
    "test_every_room_has_a_model_in_the_glossary_or_none",
}
LISTS = ("the folders of tests", "Floors")
LINES = (
    "finsam.weather.queries -> django_tasks",
    "finsam.weather.queries -> duckdb",
    "finsam.weather.models -> finsam.weather.actions",
)


@pytest.fixture(scope="module")
def copy() -> Iterator[Path]:
    """The house, with a room more."""
    with tempfile.TemporaryDirectory(prefix="finsam-planted-") as folder:
        place = Path(folder)
        for name in COPIED:
            put(source.ROOT / name, place / name)
        room = place / "src/finsam/weather"
        room.mkdir()
        for name, text in {"__init__": "", "models": MODELS, "queries": QUERIES, "actions": ACTIONS}.items():
            (room / f"{name}.py").write_text(text)
        settings = place / "src/finsam/config/settings.py"
        settings.write_text(
            settings.read_text("utf-8").replace('    "access",\n', '    "access",\n    "weather",\n', 1)
        )
        yield place


def put(what: Path, to: Path) -> None:
    """Copy a file or a folder, what Python has made of it apart."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if what.is_dir():
        shutil.copytree(what, to, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    else:
        shutil.copy(what, to)


def failing(place: Path) -> str:
    """The names of the tests that fail there, and why."""
    env = {**os.environ, "PYTHONPATH": str(place / "src"), "FINSAM_WITHOUT": "", "FINSAM_DATABASE_URL": ""}
    env = {name: text for name, text in env.items() if not name.startswith("PYTEST")}
    asked = [f"tests/house/{name}" for name in ASKED]
    command = [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", "--tb=short", "-rf", *asked]
    return subprocess.run(command, cwd=place, env=env, check=False, capture_output=True, text=True).stdout


def test_a_new_room_is_told_of_each_of_its_faults(copy):
    told = failing(copy)
    names = set(re.findall(r"^FAILED \S+::(\w+)", told, re.MULTILINE))
    assert names == FOUND, told
    for word in (
        "secret",
        "weather.plan",
        "finsam.weather.actions",
        *(f"{place} leaves out weather" for place in LISTS),
    ):
        assert word in told


def test_contracts_hold_for_a_new_room_that_they_do_not_name(copy):
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    env = {**os.environ, "PYTHONPATH": str(copy / "src")}
    told = subprocess.run(command, cwd=copy, env=env, check=False, capture_output=True, text=True).stdout
    assert not [line for line in LINES if line not in told], told
