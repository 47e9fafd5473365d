"""Open tables that are out in a small home."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from finsam.access.models import Installation
from finsam.access.roles import Role
from finsam.editions import actions as edition_actions
from finsam.editions.models import Edition
from finsam.interventions import actions as interventions
from finsam.reports.compiled import Compiled
from finsam.reports.registry import REPORTS
from finsam.reports.source import Source
from finsam.snapshots import actions as snapshot_actions
from finsam.values.organisation import check_digit
from tests import factories

NUMBER = f"222998-000{check_digit('222998000')}"


@dataclass(frozen=True)
class Same:
    """What a collection is made of; snapshots of the same ID are the same."""

    snapshot: str
    source: Source = field(compare=False)


@cache
def compiled(of: Same) -> Compiled:
    """The collection of the home below, counted and protected once in a process: that takes as long as all else."""
    return REPORTS["open-tables"].compile(of.source)


@pytest.fixture
def published(demo: Installation, home: Path) -> Edition:
    """The open tables of a home in which thirty women and forty men were counted in one association."""
    operator = factories.operator()
    where = factories.association(name="Norra", number=NUMBER)
    counted = factories.intervention(where, name="Räknad insats", method="numbers_only")
    interventions.count_heads(actor=operator, intervention=counted, year=2020, women=30, men=40)
    snapshot = snapshot_actions.take(actor=operator, as_of=date(2021, 3, 31))
    anna, alva = (factories.actor(factories.user(None, Role.NATIONAL_ANALYST)) for _ in range(2))
    report = replace(REPORTS["open-tables"], compile=lambda source: compiled(Same(source.snapshot_id, source)))
    made = edition_actions.compile_edition(actor=anna, report=report, year=2020, snapshot=snapshot)
    return edition_actions.publish(actor=alva, edition=edition_actions.review(actor=alva, edition=made))
