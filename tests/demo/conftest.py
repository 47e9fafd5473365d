"""The plan is drawn once for all its tests; nobody changes it."""

import pytest

from finsam.demo.drawing.records import AS_OF, TODAY, Plan
from finsam.demo.drawing.whole import draw
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
