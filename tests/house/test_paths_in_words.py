"""A page or a comment that names a file names one that is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import source

pytestmark = pytest.mark.once

NAMED = re.compile(r"\b((?:tests|docs|scripts|bench)/[\w/-]+\.(?:py|md|csv|txt|xz))\b")
PAGES = ("*.md", "docs/*.md", "docs/statistics/*.md", "tests/**/*.md", "src/**/*.py", "tests/**/*.py", "scripts/*.py")


def lost(text: str, root: Path = source.ROOT) -> Iterator[str]:
    """The files that a text names and that are not there."""
    yield from (name for name in NAMED.findall(text) if not (root / name).exists())


def test_every_file_that_is_named_is_there() -> None:
    paths = {path for pattern in PAGES for path in source.ROOT.glob(pattern)} - {Path(__file__)}
    asked = source.ROOT / "tests" / "config" / "test_guards.py"  # invents names of tests
    found = {source.name(path): names for path in paths - {asked} if (names := list(lost(path.read_text("utf-8"))))}
    assert found == {}


def test_a_file_that_is_gone_is_found() -> None:
    assert list(lost("as `docs/gone.md` says, and docs/map.md")) == ["docs/gone.md"]
