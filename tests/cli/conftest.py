"""An empty home, one that `finsam init` has made, and one that has records and a snapshot."""

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
    with homes.copied(made, tmp_path / "prepared") as home:
        yield home


@pytest.fixture(scope="session")
def filled_once(made: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home with records, twelve persons among them, and a snapshot; copied for each test."""
    with homes.copied(made, tmp_path_factory.mktemp("filled") / "home") as home:
        home.do("tests.cli.filling")
        taken = home.run("snapshot", "take")
        assert taken.stdout.startswith("2021-03-31-"), taken.stderr
        yield home


@pytest.fixture
def filled(filled_once: Home, tmp_path: Path) -> Iterator[Home]:
    """A home of the test's own with records and a snapshot."""
    with homes.copied(filled_once, tmp_path / "filled") as home:
        yield home
