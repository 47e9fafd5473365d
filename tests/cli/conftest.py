"""An empty home, and one that `finsam init` has made."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import homes
from tests.cli.homes import Home


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Home]:
    """A home that is not made yet."""
    with homes.database() as address:
        yield Home(tmp_path / "home", address)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Home]:
    """Another home that is not made yet."""
    with homes.database() as address:
        yield Home(tmp_path / "other", address)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home that init has made; copied for each test."""
    with homes.database() as address:
        home = Home(tmp_path_factory.mktemp("made") / "home", address)
        done = home.run("init")
        assert not done.returncode, done.stderr
        yield home


@pytest.fixture
def prepared(made: Home, tmp_path: Path) -> Iterator[Home]:
    """A home of the test's own that init has made."""
    shutil.copytree(made.folder, tmp_path / "prepared")
    with homes.database(made.database) as address:
        yield Home(tmp_path / "prepared", address)
