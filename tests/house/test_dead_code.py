"""Nothing is kept that only tests call: every name of the product is used by a line of it, of bench or of scripts."""

import ast
import re

import pytest

from tests.house import references, source

pytestmark = pytest.mark.once

TAG = re.compile(r"\{[{%](.*?)[%}]\}", re.DOTALL)
# Modules that wait for a room that is not there yet, with the reason.
AWAITED = {"finsam.disclosure.dominance": "sums of money are protected by it; no room has money yet"}
PLANTED = """
from finsam.values.numbers import kept

FORGOTTEN = 1
CALLED = 2

def lonely(times: int) -> int:
    return lonely(times - 1)

class Waiting:
    def called(self) -> int:
        return kept(CALLED)

    def never_called_at_all(self) -> int:
        return 3

Waiting().called()
"""


def trees() -> dict[str, ast.Module]:
    """The product with its migrations, its benchmarks and its scripts."""
    code = {path: tree for path, tree in source.everything().items() if not path.is_relative_to(source.ROOT / "tests")}
    code |= {path: source.tree(path) for path in sorted(source.PACKAGE.rglob("migrations/*.py"))}
    return {references.module_name(path): tree for path, tree in code.items()}


def words() -> set[str]:
    """What templates name."""
    tags = (tag for path in source.templates().values() for tag in TAG.findall(path.read_text("utf-8")))
    return {word for text in tags for word in references.WORD.findall(text)}


def dead(given: dict[str, ast.Module]) -> list[str]:
    found = references.uses(given, words())
    found.names |= set(references.named((source.ROOT / "pyproject.toml").read_text("utf-8")))
    return sorted(references.dead(given, found))


def is_awaited(name: str) -> bool:
    return any(name.startswith(f"{module}.") for module in AWAITED)


def test_nothing_is_kept_that_nothing_uses():
    assert [name for name in dead(trees()) if not is_awaited(name)] == []


def test_what_is_awaited_is_not_used_yet():
    assert {name.rsplit(".", 1)[0] for name in dead(trees()) if is_awaited(name)} >= AWAITED.keys()


def test_what_is_used_by_itself_alone_is_found(monkeypatch):
    monkeypatch.setattr(references, "_is_inherited", lambda *_: False)  # a planted module can't be imported
    module = "finsam.values.planted"
    assert [name for name in dead({**trees(), module: ast.parse(PLANTED)}) if name.startswith(module)] == [
        f"{module}.FORGOTTEN",
        f"{module}.Waiting.never_called_at_all",
        f"{module}.lonely",
    ]


def test_what_is_only_passed_on_is_found():
    """A name that one module imports from another, and nobody from there."""
    given = {
        "finsam.a": ast.parse("def handed() -> None: ..."),
        "finsam.b": ast.parse("from finsam.a import handed"),
    }
    assert dead(given) == ["finsam.a.handed"]
    given["bench.c"] = ast.parse("from finsam.b import handed\n\nhanded()")
    assert dead(given) == []
