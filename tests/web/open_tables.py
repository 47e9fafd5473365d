"""Open tables that are out in a small home."""

from datetime import date
from pathlib import Path

import pytest

from finsam.access.models import Installation
from finsam.access.roles import Role
from finsam.editions import actions as edition_actions
from finsam.editions.models import Edition
from finsam.interventions import actions as interventions
from finsam.reports.registry import REPORTS
from finsam.snapshots import actions as snapshot_actions
from tests import factories


@pytest.fixture
def published(demo: Installation, home: Path) -> Edition:
    """The open tables of a home in which thirty women and forty men were counted in one association."""
    operator = factories.operator()
    counted = factories.intervention(factories.association(name="Norra"), method="numbers_only")
    interventions.count_heads(actor=operator, intervention=counted, year=2020, women=30, men=40)
    snapshot = snapshot_actions.take(actor=operator, as_of=date(2021, 3, 31))
    anna, alva = (factories.actor(factories.user(None, Role.NATIONAL_ANALYST)) for _ in range(2))
    made = edition_actions.compile_edition(actor=anna, report=REPORTS["open-tables"], year=2020, snapshot=snapshot)
    return edition_actions.publish(actor=alva, edition=edition_actions.review(actor=alva, edition=made))
