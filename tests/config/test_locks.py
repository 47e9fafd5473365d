"""A server fetches all that it imports and nothing that only tests use; both locks agree on what they share."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
SERVING, TESTING = ROOT / "requirements.lock", ROOT / "requirements-tests.lock"
LOADED_ELSEWHERE = {"pyspark", "py4j"}  # only where somebody has a cluster, and then it's there


def locked(file: Path) -> dict[str, str]:
    """The version of each package in a lock, by its name in the form of the registry."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;]+)", file.read_text("utf-8"), flags=re.MULTILINE)
    return {named(name): version for name, version in pins}


def named(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported() -> set[str]:
    """The packages, apart from Python's own, that the product imports somewhere."""
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            found |= {name.split(".")[0] for name in names}
    return found - sys.stdlib_module_names - LOADED_ELSEWHERE - {"finsam", ""}


def test_what_serves_is_locked_for_serving() -> None:
    sources, serving = importlib.metadata.packages_distributions(), locked(SERVING)
    lacking = {one for one in imported() if not any(named(source) in serving for source in sources.get(one, []))}
    assert not lacking
    assert "django" in imported()


def test_what_only_tests_use_is_not_installed_to_serve() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for_tests = {named(re.split(r"[\[<>=;]", one)[0]) for one in extras["test"] + extras["spark"]}
    assert for_tests <= locked(TESTING).keys()
    assert not for_tests & locked(SERVING).keys()


def test_the_locks_agree() -> None:
    testing = locked(TESTING)
    assert {name: testing.get(name) for name in locked(SERVING)} == locked(SERVING)


def test_no_lock_says_where_packages_come_from() -> None:
    for file in ROOT.glob("*.lock"):
        assert not re.search(r"https?://|file://", file.read_text("utf-8")), file.name
