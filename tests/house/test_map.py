"""The map tells the truth: every package is on it, and each journey goes through modules that call each other."""

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pytest

from tests.house import references, source

pytestmark = pytest.mark.once

MAP = source.ROOT / "docs" / "map.md"
MOST = 8
FEWEST = 5
CONTAINER = re.compile(r"^\| [^|]*\| `(\w+)` \|", re.MULTILINE)
STEP = re.compile(r"^(\d+)\. `([\w.]+)`(?: \((from|by) `?([\w.]+)`?\))? .+")


@dataclass(frozen=True)
class Step:
    """One module of a journey, and the module that calls it, or the registry that hands it to the one before."""

    number: int
    module: str
    caller: str
    registry: str = ""


def journeys(text: str) -> dict[str, list[Step]]:
    """The journeys of the map by their headings."""
    part = text.partition("\n## The journeys\n")[2].partition("\n## ")[0]
    return {heading: list(steps(lines)) for heading, *lines in map(str.splitlines, part.split("\n### ")[1:])}


def steps(lines: Sequence[str]) -> Iterator[Step]:
    before: dict[str, str] = {}
    last = ""
    for line in lines:
        if found := STEP.match(line):
            number, module, kind, word = found.groups()
            caller = before.get(word, word) if kind == "from" else last
            yield Step(int(number), module, caller, word if kind == "by" else "")
            before[number] = last = module


def imports() -> Mapping[str, set[str]]:
    """What each module of the product imports, without the name of the product."""
    trees = {references.module_name(path): tree for path, tree in source.modules().items()}
    return {module.removeprefix("finsam."): set(_imported(tree, trees)) for module, tree in trees.items()}


def _imported(tree: ast.Module, trees: Mapping[str, ast.Module]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield (whole if whole in trees else node.module).removeprefix("finsam.")


def faults(journey: Sequence[Step], known: Mapping[str, set[str]]) -> Iterator[str]:
    """What is wrong with a journey."""
    modules = [step.module for step in journey]
    if not FEWEST <= len(journey) <= MOST:
        yield f"{len(journey)} modules"
    if [step.number for step in journey] != list(range(1, len(journey) + 1)):
        yield "not numbered in order"
    yield from (f"{module} twice" for module in sorted({one for one in modules if modules.count(one) > 1}))
    yield from (f"no {module}" for module in modules if module not in known)
    for at, step in enumerate(journey[1:], start=1):
        through = step.registry or step.module
        if step.caller not in modules[:at]:
            yield f"{step.module} from {step.caller}, which comes later or never"
        elif through not in known.get(step.caller, ()):
            yield f"{step.caller} does not import {through}"
        elif step.registry and step.module not in known.get(step.registry, ()):
            yield f"{step.registry} does not have {step.module}"


def test_every_package_has_a_place_on_the_map():
    packages = {path.parent.name for path in source.PACKAGE.glob("*/__init__.py")}
    assert set(CONTAINER.findall(MAP.read_text("utf-8"))) == packages


def test_the_journeys_go_through_modules_that_call_each_other():
    known = imports()
    found = journeys(MAP.read_text("utf-8"))
    assert len(found) == 5
    assert not [f"{heading}: {fault}" for heading, journey in found.items() for fault in faults(journey, known)]


def test_every_step_of_a_journey_is_read():
    text = MAP.read_text("utf-8")
    part = text.partition("\n## The journeys\n")[2].partition("\n## ")[0]
    assert len(re.findall(r"^\d+\.", part, re.MULTILINE)) == sum(map(len, journeys(text).values()))


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("1. `a` x\n2. `b` x\n3. `c` x\n4. `d` (from 1) x\n5. `b` x", "b twice"),
        ("1. `a` x\n2. `b` x\n3. `c` x\n4. `d` (from 1) x\n5. `gone` x", "no gone"),
        ("1. `a` x\n2. `b` x\n3. `c` x\n4. `d` x\n5. `e` (by `r`) x", "c does not import d"),
        ("1. `a` x\n2. `b` x\n3. `c` x\n4. `d` (from 5) x\n5. `e` x", "d from 5, which comes later or never"),
        ("1. `a` x\n2. `b` x\n3. `c` x\n4. `d` (from 1) x\n5. `f` (by `r`) x", "r does not have f"),
        ("1. `a` x\n2. `b` x\n3. `c` x\n4. `d` (from 1) x\n6. `e` (by `r`) x", "not numbered in order"),
        ("1. `a` x\n2. `b` x", "2 modules"),
        ("1. `a` x\n2. `b` x\n3. `c` x\n4. `d` (from 1) x\n5. `e` (by `r`) x", ""),
    ],
)
def test_a_journey_that_is_not_so_is_found(lines, fault):
    known = {"a": {"b", "d"}, "b": {"c"}, "c": set(), "d": {"r"}, "r": {"e"}, "e": set(), "f": set()}
    found = list(faults(list(steps(lines.splitlines())), known))
    assert (fault in found) if fault else found == []
