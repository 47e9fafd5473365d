"""Both ways to write leave the same history; both refuse what is wrong and then write nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from finsam.access import audit
from finsam.access.models import AuditRow
from finsam.interventions.models import HeadCount
from tests import factories

pytestmark = pytest.mark.django_db


def heads(year: int, women: int = 3) -> HeadCount:
    return HeadCount(
        intervention=factories.intervention(method="numbers_only"), year=year, source="volume", women=women, men=0
    )


def history(row: HeadCount) -> list[dict[str, Any]]:
    rows = HeadCount.history.filter(id=row.pk).order_by("history_id").values()
    return [{k: v for k, v in one.items() if k not in ("id", "history_id", "intervention_id")} for one in rows]


def test_one_by_one_and_many_at_once_leave_the_same_history() -> None:
    actor = factories.operator()
    single, many = heads(2020), heads(2020)
    audit.write(actor, "test.write", single)
    audit.write_many(actor, "test.write", [many])
    assert history(single) == history(many)
    assert len(history(single)) == 1
    assert AuditRow.objects.filter(action="test.write", rows=1).count() == 2


def test_a_row_with_a_past_leaves_the_same_history_as_its_changes_did() -> None:
    early, late = factories.operator(factories.NOW - timedelta(days=9)), factories.operator()
    single, first, many = heads(2020, 1), heads(2020, 1), heads(2020, 2)
    audit.write(early, "test.write", single)
    single.women = 2
    audit.write(late, "test.write", single)
    audit.write_many(late, "test.write", [audit.registered(many, late.at, (early.at, first))])
    assert history(single) == history(many)
    assert [(row["history_type"], row["women"]) for row in history(many)] == [("+", 1), ("~", 2)]


def test_many_are_refused_together() -> None:
    with pytest.raises(ValidationError):
        audit.write_many(factories.operator(), "test.write", [heads(2020), heads(2021, women=-1)])
    assert not HeadCount.objects.exists()
    assert not HeadCount.history.exists()


def test_no_rows_are_no_work() -> None:
    assert audit.write_many(factories.operator(), "test.write", []) == []
    assert not AuditRow.objects.filter(action="test.write").exists()


def test_a_removed_row_leaves_what_it_was() -> None:
    row = heads(2020)
    audit.write(factories.operator(), "test.write", row)
    key = row.pk
    audit.remove(factories.operator(), "test.remove", row)
    assert list(HeadCount.history.filter(id=key).order_by("history_id").values_list("history_type", "women")) == [
        ("+", 3),
        ("-", 3),
    ]
    assert AuditRow.objects.get(action="test.remove").record_id == key
