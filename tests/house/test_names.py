"""Words that hide what a thing is, and marks of unfinished work, stand nowhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import source

pytestmark = pytest.mark.once

EMPTY_WORDS = {"manager", "helper", "util", "handler", "base", "common", "data", "info", "process"}
# "base" is also what a share is of, and "in common" is English; as the name of a class or module they say nothing.
FINE_IN_A_PHRASE = {"base", "common"}

# Methods that a framework calls by name.
GIVEN_NAMES = {"process_view", "process_exception"}

UNFINISHED = ("TO" + "DO", "FIX" + "ME", "XX" + "X")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:root|work|home|Users)/\w")
REGISTRIES = re.compile(r"https?://[\w.-]*(?:pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|registry\.)")
NOT_RUN = {"skip", "skipif", "xfail", "importorskip"}
TEXT = {".py", ".html", ".css", ".js", ".md", ".toml", ".json", ".sh", ".lock", ".csv", ".typ", ".po", ""}


def words(name: str) -> set[str]:
    """The words of a name, singular: CamelCase and snake_case taken apart."""
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")
    return {part for word in parts for part in (word, word.removesuffix("s"))}


def says_nothing(path: Path, tree: ast.Module) -> Iterator[str]:
    """The names in a module, its own too, that hold an empty word; a test's name is a sentence and may."""
    if words(path.stem) & EMPTY_WORDS:
        yield path.stem
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and words(node.name) & EMPTY_WORDS:
            yield node.name
        elif isinstance(node, ast.FunctionDef) and words(node.name) & (EMPTY_WORDS - FINE_IN_A_PHRASE):
            yield from () if node.name.startswith("test_") or node.name in GIVEN_NAMES else (node.name,)


def text_files() -> Iterator[Path]:
    """Every text file of the repository that is ours."""
    folders = ("src", "scripts", "tests", "bench", "docs", ".ci")
    inside = (path for folder in folders for path in sorted((source.ROOT / folder).rglob("*")))
    top = (path for path in sorted(source.ROOT.iterdir()) if path.name != ".git")
    for path in (*top, *inside):
        ours = not {"__pycache__", "finsam.egg-info"} & set(path.parts)
        if path.is_file() and ours and path.suffix in TEXT and path != Path(__file__):
            yield path


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every attribute that is used, with its line."""
    return ((node.lineno, node.attr) for node in ast.walk(tree) if isinstance(node, ast.Attribute))


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module and name a tree imports, dotted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_nothing_has_a_name_that_says_nothing():
    found = [
        f"{source.name(path)}: {name}"
        for path, tree in source.everything().items()
        for name in says_nothing(path, tree)
    ]
    assert not found


def test_nothing_is_left_for_later():
    found = [
        f"{source.name(path)}: {mark}"
        for path in text_files()
        for mark in UNFINISHED
        if re.search(rf"\b{mark}\b", path.read_text("utf-8"))
    ]
    assert not found


def test_no_file_names_a_registry_or_somebodys_machine():
    found = [
        source.name(path)
        for path in text_files()
        if REGISTRIES.search(text := path.read_text("utf-8")) or MACHINE_PATHS.search(text)
    ]
    assert not found


def test_no_test_is_skipped_or_expected_to_fail():
    found = [
        f"{source.name(path)}:{line} {name}"
        for path, tree in source.everything().items()
        for line, name in calls(tree)
        if name in NOT_RUN
    ]
    assert not found


def test_nothing_happens_by_signals():
    found = [
        f"{source.name(path)}: {name}"
        for path, tree in source.modules().items()
        for name in imported(tree)
        if re.search(r"\bsignals?\b", name)
        and not name.startswith("signal")  # the operating system's are something else
    ]
    assert not found


def test_distinct_persons_are_counted_exactly():
    found = [
        f"{source.name(path)}:{line}"
        for path, tree in source.modules().items()
        for line, name in calls(tree)
        if name == "nunique"
    ]
    assert not found


def test_only_doors_call_the_clock():
    doors = (source.PACKAGE / "web", source.PACKAGE / "cli")
    found = [
        f"{source.name(path)}:{node.lineno} {node.attr}"
        for path, tree in source.modules().items()
        if not any(path.is_relative_to(door) for door in doors)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today", "localdate"}
        if ast.unparse(node.value) not in {"actor", "self"}  # whose day is the one that the door gave
    ]
    assert not found
