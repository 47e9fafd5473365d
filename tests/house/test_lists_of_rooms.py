"""A room stands in every list of rooms there is: what one of them leaves out, a contract or a test would not see."""

import ast
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.conf import settings

from finsam.access.roles import ROOM_OF, TABLE
from finsam.config.environment import OPTIONAL_ROOMS
from finsam.web.urls import SUBJECTS_OF_ROOMS
from tests.house import source

pytestmark = pytest.mark.once

# Packages that hold no records of their own.
NO_ROOMS = {
    "config": "settings",
    "web": "a door",
    "forms": "what pages ask with",
    "cli": "a door",
    "demo": "writes what rooms hold",
    "reports": "computes what editions keep",
    "publications": "plain",
    "statistics": "plain",
    "disclosure": "plain",
    "values": "plain",
}
FOUR_FILES = ("models", "rules", "queries", "actions")

FLOORS = "Floors"


@dataclass(frozen=True)
class House:
    """What there is, and the lists that are kept of it."""

    rooms: tuple[str, ...]
    packages: frozenset[str]
    shaped: frozenset[str]  # the packages with one of the four files
    tested: frozenset[str]  # the folders of tests
    floors: frozenset[str]
    optional: frozenset[str]
    absent: Mapping[str, frozenset[str]]  # by place: the rooms it says can be left out


def differences(house: House) -> list[str]:
    """What one list says and another does not, a sentence each."""
    rooms, plain = set(house.rooms), set(NO_ROOMS)
    found = [
        *told("ROOMS and the packages", rooms | plain, house.packages),
        *told("ROOMS and the packages with one of the four files", rooms, house.shaped),
        *told("the folders of tests", rooms, house.tested & (rooms | house.shaped)),
        *told(FLOORS, house.packages, house.floors),
        *told("OPTIONAL_ROOMS", house.optional & rooms, house.optional),
        *(line for place, named in house.absent.items() for line in told(place, house.optional, named)),
    ]
    return found + [f"twice in ROOMS: {room}" for room in rooms if house.rooms.count(room) > 1]


def told(place: str, wanted: Iterable[str], there: Iterable[str]) -> list[str]:
    """What a place leaves out, and what it has that nothing else knows."""
    missing, strange = sorted(set(wanted) - set(there)), sorted(set(there) - set(wanted))
    return [f"{place} leaves out {name}" for name in missing] + [f"{place} has {name}" for name in strange]


def found() -> House:
    """The house as it stands."""
    folders = [path.parent for path in source.PACKAGE.glob("*/__init__.py")]
    shaped = {folder.name for folder in folders if any(source.files_of(folder.name, kind) for kind in FOUR_FILES)}
    kept = tomllib.loads((source.ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    return House(
        rooms=source.ROOMS,
        packages=frozenset(folder.name for folder in folders),
        shaped=frozenset(shaped),
        tested=frozenset(path.parent.name for path in (source.ROOT / "tests").glob("*/test_*.py")),
        floors=floors(kept),
        optional=OPTIONAL_ROOMS,
        absent={
            "roles.RoleRow.room": frozenset(row.room for row in TABLE.values() if row.room),
            "roles.ROOM_OF": frozenset(ROOM_OF.values()),
            "web.urls.SUBJECTS_OF_ROOMS": frozenset(SUBJECTS_OF_ROOMS),
        },
    )


def floors(contracts: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The packages that have a floor; those that do not exist yet stand in brackets."""
    (contract,) = (one for one in contracts if one["name"].startswith(FLOORS))
    said = [one.strip() for line in contract["layers"] for one in line.split("|")]
    there = {path.parent.name for path in source.PACKAGE.glob("*/__init__.py")}
    return frozenset(one.strip("()") for one in said if not one.startswith("(") or one.strip("()") in there)


def test_every_list_of_rooms_is_the_same():
    assert not differences(found())


def test_every_room_has_a_model_in_the_glossary_or_none():
    glossary = (source.ROOT / "GLOSSARY.md").read_text("utf-8")
    classes = [
        node.name
        for room in source.ROOMS
        for path in source.files_of(room, "models")
        for node in source.tree(path).body
        if isinstance(node, ast.ClassDef) and any(ast.unparse(one).endswith("Model") for one in node.bases)
    ]
    assert classes
    assert not [name for name in classes if f"`{name}`" not in glossary]


def test_the_settings_install_the_rooms_that_are_not_left_out():
    ours = {app.removeprefix("finsam.") for app in settings.INSTALLED_APPS if app.startswith("finsam.")}
    assert ours - {"publications", "web"} == set(source.ROOMS) - settings.FINSAM_WITHOUT


WHOLE = House(
    rooms=("access", "funding", "late", "background"),
    packages=frozenset({*NO_ROOMS, "access", "funding", "late", "background"}),
    shaped=frozenset({"access", "funding", "late", "background"}),
    tested=frozenset({"access", "funding", "late", "background", "house"}),
    floors=frozenset({*NO_ROOMS, "access", "funding", "late", "background"}),
    optional=frozenset({"funding"}),
    absent={"roles": frozenset({"funding"})},
)


def test_lists_that_agree_are_let_be():
    assert differences(WHOLE) == []


@pytest.mark.parametrize("place", ["packages", "shaped", "tested", "floors", "absent"])
def test_a_room_that_a_list_leaves_out_is_found(place):
    """Each list in turn, without the room `funding`."""
    kept = getattr(WHOLE, place)
    plants: list[Any] = (
        [{**kept, name: listed - {"funding"}} for name, listed in kept.items()]
        if isinstance(kept, Mapping)
        else [kept - {"funding"}]
    )
    for plant in plants:
        assert any("funding" in line for line in differences(replace(WHOLE, **{place: plant}))), plant


def test_a_room_that_stands_in_no_list_is_found():
    there = replace(WHOLE, packages=WHOLE.packages | {"planning"}, shaped=WHOLE.shaped | {"planning"})
    assert len([line for line in differences(there) if "planning" in line]) >= 3


def test_a_room_that_rooms_leaves_out_is_found():
    without = tuple(room for room in WHOLE.rooms if room != "funding")
    assert any("ROOMS" in line and "funding" in line for line in differences(replace(WHOLE, rooms=without)))
