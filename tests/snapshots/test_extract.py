"""A snapshot reads what was registered by the end of a day in Sweden, at one moment, whatever keys rows have."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from finsam.access import audit
from finsam.codes import actions as codes
from finsam.codes.models import Code
from finsam.interventions.models import HeadCount, Intervention, Plan
from finsam.snapshots import rules
from finsam.snapshots.extract import extract, states
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY = date(2021, 1, 31)
NOON = datetime(2021, 1, 31, 12, tzinfo=STOCKHOLM)


def plan(participants: int, at: datetime, **facts: Any) -> Plan:
    """A plan registered at a moment, in an intervention registered long before."""
    early = factories.operator(datetime(2018, 1, 1, 9, tzinfo=STOCKHOLM))
    where = facts.get("intervention")
    if where is None:
        where = factories.intervention()
        Intervention.history.filter(id=where.pk).update(history_date=early.at)
        type(where.association).history.filter(id=where.association.pk).update(history_date=early.at)
        where.performers.model.history.filter(intervention=where.pk).update(history_date=early.at)
        where.target_groups.model.history.filter(intervention=where.pk).update(history_date=early.at)
        where.association.coverages.model.history.update(history_date=early.at)
    row = Plan(intervention=where, year=2020, participants=participants)
    audit.write(factories.operator(at), "test.plan", row)
    return row


def planned(as_of: date) -> list[int]:
    return extract.read(as_of).tables["plans"]["participants"].to_pylist()


@pytest.mark.parametrize(
    ("moment", "seen"),
    [
        (datetime(2021, 1, 31, 23, 59, 59, 999_999, tzinfo=STOCKHOLM), [7]),
        (datetime(2021, 2, 1, 0, 0, tzinfo=STOCKHOLM), []),
        (datetime(2021, 1, 31, 23, 0, 0, 1, tzinfo=ZoneInfo("UTC")), []),
    ],
)
def test_the_day_ends_at_midnight_in_sweden(moment: datetime, seen: list[int]) -> None:
    plan(7, moment)
    assert planned(DAY) == seen


def test_a_day_in_summer_ends_two_hours_before_it_does_in_greenwich() -> None:
    plan(7, datetime(2021, 7, 1, 22, 30, tzinfo=ZoneInfo("UTC")))
    assert planned(date(2021, 7, 1)) == []
    assert planned(date(2021, 7, 2)) == [7]


def test_a_correction_registered_after_the_day_is_not_in_it() -> None:
    row = plan(7, NOON)
    row.participants = 8
    audit.write(factories.operator(NOON + timedelta(days=1)), "test.plan", row)
    assert planned(DAY) == [7]
    assert planned(DAY + timedelta(days=1)) == [8]


def test_of_two_changes_at_one_moment_the_last_holds() -> None:
    row = plan(7, NOON)
    row.participants = 8
    audit.write(factories.operator(NOON), "test.plan", row)
    assert planned(DAY) == [8]


def test_a_row_is_out_from_the_day_it_was_taken_away() -> None:
    row = plan(7, NOON)
    audit.remove(factories.operator(NOON + timedelta(days=1)), "test.plan", row)
    assert planned(DAY) == [7]
    assert planned(DAY + timedelta(days=1)) == []


def test_codes_are_as_they_were_too() -> None:
    row = Code.objects.get(list="need_group", code="newly_arrived")
    codes.close(actor=factories.operator(NOON + timedelta(days=1)), row=row, ends_before=date(2021, 1, 1))
    later = codes.add(
        actor=factories.operator(NOON + timedelta(days=1)),
        list="need_group",
        code="invented_later",
        label="Påhittad senare",
        first_day=date(2020, 1, 1),
        source="Provet",
    )
    then, now = ({row["code"]: row for row in listed(day)} for day in (DAY, DAY + timedelta(days=1)))
    assert then["newly_arrived"]["ends_before"] is None
    assert now["newly_arrived"]["ends_before"] == date(2021, 1, 1)
    assert later.code in now
    assert later.code not in then


def listed(as_of: date) -> list[dict[str, Any]]:
    return [row for row in extract.read(as_of).tables["codes"].to_pylist() if row["list"] == "need_group"]


def test_rows_are_numbered_by_what_they_say_and_not_by_their_keys() -> None:
    row = plan(7, NOON)
    before = extract.read(DAY).tables
    audit.remove(factories.operator(NOON), "test.plan", row)
    again = plan(7, NOON, intervention=row.intervention)
    assert again.pk != row.pk
    assert all(extract.read(DAY).tables[name].equals(table) for name, table in before.items())


def test_a_day_before_anything_was_registered_has_the_shipped_rows_only() -> None:
    plan(7, NOON)
    tables = extract.read(date(2010, 1, 1)).tables
    assert len(tables["municipalities"]) == 290
    assert len(tables["interventions"]) == len(tables["plans"]) == 0
    assert tables["interventions"].schema.field("starts_on").type == "date32[day]"


def test_what_points_at_something_registered_later_is_refused_with_a_sentence() -> None:
    where = factories.intervention()
    row = HeadCount(intervention=where, year=2020, source="anonymous", women=1, men=1)
    audit.write(factories.operator(NOON), "test.heads", row)
    with pytest.raises(ValidationError, match="head_counts saknas intervention"):
        extract.read(DAY)


def test_everything_is_read_at_one_moment_and_holds_up_no_writer() -> None:
    row = plan(7, NOON)
    source = next(one for one in states.ROOMS if one.model is Plan)
    with states.consistent() as read:
        first = read.states(source, rules.end_of(DAY)).result()
        row.participants = 8
        audit.write(factories.operator(NOON), "test.plan", row)
        assert read.states(source, rules.end_of(DAY)).result().equals(first)
    assert planned(DAY) == [8]
