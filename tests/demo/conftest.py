"""The plan is drawn once for all its tests, and the home is made once: nobody changes them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from finsam.demo.drawing.records import AS_OF, TODAY, Plan
from finsam.demo.drawing.whole import draw
from tests.cli import homes
from tests.cli.homes import Home
from tests.demo import counting


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The demo's own plan."""
    return draw(2021)


@pytest.fixture(scope="session")
def then(plan: Plan) -> counting.Cells:
    """Persons counted as they were known on the day the published figures were drawn."""
    return counting.persons(plan, AS_OF)


@pytest.fixture(scope="session")
def now(plan: Plan) -> counting.Cells:
    """Persons counted as they are known on the demo's day."""
    return counting.persons(plan, TODAY)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home filled by `finsam demo`, made once."""
    with homes.database() as address:
        home = Home(tmp_path_factory.mktemp("demo") / "home", address)
        done = home.run("demo")
        assert not done.returncode, done.stderr
        assert "lena@finsam.example" in done.stdout
        (home.folder.parent / "steps").write_text(done.stderr, "utf-8")
        yield home


@pytest.fixture
def demo(made: Home, tmp_path: Path) -> Iterator[Home]:
    """A demo home of the test's own."""
    with homes.copied(made, tmp_path / "home") as home:
        yield home
