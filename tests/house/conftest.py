"""Two associations to try every address in, and their users."""

import pytest

from tests.house import world


@pytest.fixture
def home(db) -> world.Place:
    """The association whose records are asked for."""
    return world.place()


@pytest.fixture
def away(db, home) -> world.Place:
    """Another association."""
    return world.place()
