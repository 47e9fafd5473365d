"""Of every record a snapshot has the last state registered before the end of its day, whatever came later."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from finsam.access import audit
from finsam.access.actors import Actor
from finsam.access.models import Organisation
from finsam.associations import actions as associations
from finsam.associations.models import County, Municipality
from finsam.interventions import actions as interventions
from finsam.interventions.models import Intervention
from finsam.snapshots.extract import extract
from finsam.snapshots.schema import SCHEMAS
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

DAY = factories.NOW.date()
LATER = factories.NOW + timedelta(days=1)
MIDNIGHT = datetime.combine(LATER.date(), datetime.min.time(), LATER.tzinfo)  # the first moment that is not in the day
Change = Callable[[Actor, Intervention], object]


def end_coverage(actor: Actor, one: Intervention) -> object:
    row = one.association.coverages.get()
    return associations.end_coverage(actor=actor, coverage=row, ends_before=date(2021, 1, 1))


def cover(actor: Actor, one: Intervention) -> object:
    place = Municipality.objects.get(code="0115")
    return associations.cover(actor=actor, association=one.association, municipality=place, first_day=date(2020, 1, 1))


def uncover(actor: Actor, one: Intervention) -> None:
    audit.remove(actor, "test.uncover", one.association.coverages.get())


def change(actor: Actor, one: Intervention, **facts: Any) -> object:
    fields = ("name", "description", "starts_on", "ends_before", "kind", "direction", "method", "controller")
    kept = {name: getattr(one, name) for name in fields} | {
        "need_groups": list(one.target_groups.order_by("pk").values_list("need_group", flat=True)),
        "performers": [row.party for row in one.performers.order_by("pk")],
    }
    return interventions.change(actor=actor, intervention=one, **{**kept, **facts})


def change_performers(actor: Actor, one: Intervention) -> object:
    return change(actor, one, performers=[factories.agency(), factories.service()])


def renumber_performer(actor: Actor, one: Intervention) -> None:
    party = Organisation.objects.get(kind="municipality", performed__intervention=one)
    party.code = "9999"
    audit.write(actor, "test.renumber", party)


def change_target_groups(actor: Actor, one: Intervention) -> object:
    return change(actor, one, need_groups=["newly_arrived", "mental_ill_health"])


def rename(actor: Actor, one: Intervention) -> object:
    return change(actor, one, name="Påhittad med nytt namn", ends_before=date(2021, 3, 1))


def plan_anew(actor: Actor, one: Intervention) -> object:
    return interventions.plan(actor=actor, intervention=one, year=2020, participants=99)


def plan_another_year(actor: Actor, one: Intervention) -> object:
    return interventions.plan(actor=actor, intervention=one, year=2021, participants=99)


def count_anew(actor: Actor, one: Intervention) -> object:
    return interventions.count_heads(actor=actor, intervention=one, year=2020, women=9, men=9)


def close(actor: Actor, one: Intervention) -> object:
    """Close the association, and first what would lie after its last day."""
    interventions.plan(actor=actor, intervention=one, year=2021, participants=0)
    change(actor, one, ends_before=date(2021, 1, 1))
    return associations.close(actor=actor, association=one.association, ends_before=date(2021, 1, 1))


def rename_municipality(actor: Actor, one: Intervention) -> None:
    row = Municipality.objects.get(code="0180")
    row.name = "Påhittade nya namnet"
    audit.write(actor, "test.rename", row)


def divide_municipality(actor: Actor, one: Intervention) -> None:
    """A new row of the list; it comes before many others, so that all of these get other numbers."""
    old = Municipality.objects.get(code="0114")
    row = Municipality(code="0001", name="Påhittad", county=old.county, party=old.party, first_day=date(2021, 1, 1))
    audit.write(actor, "test.divide", row)


def remove_municipality(actor: Actor, one: Intervention) -> None:
    audit.remove(actor, "test.remove", Municipality.objects.get(code="0114"))


def move_municipality(actor: Actor, one: Intervention) -> None:
    row = Municipality.objects.get(code="0180")
    row.county = County.objects.get(code="03")
    audit.write(actor, "test.move", row)


ROUNDS: list[dict[Change, set[str]]] = [  # what is changed together, and the tables that each change shows in
    {
        plan_anew: {"plans"},
        count_anew: {"head_counts"},
        rename: {"interventions"},
        renumber_performer: {"performers"},
        change_target_groups: {"target_groups"},
        rename_municipality: {"municipalities"},
        end_coverage: {"coverage"},
    },
    {
        plan_another_year: {"plans"},
        change_performers: {"performers"},
        move_municipality: {"municipalities"},
        uncover: {"coverage"},
    },
    {cover: {"coverage"}},
    {divide_municipality: {"municipalities", "coverage"}},
    {remove_municipality: {"municipalities", "coverage"}},
    {close: {"associations", "coverage", "interventions", "plans"}},
]


@pytest.fixture
def one() -> Intervention:
    """An intervention with a plan and heads, registered on the day."""
    made = factories.intervention(factories.association(codes=("0180",)))
    actor = factories.operator()
    interventions.plan(actor=actor, intervention=made, year=2020, participants=7)
    interventions.count_heads(actor=actor, intervention=made, year=2020, women=5, men=6)
    return Intervention.objects.get(pk=made.pk)


def read(day: date) -> dict[str, pa.Table]:
    return dict(extract.read(day).tables)


def differing(one: dict[str, pa.Table], other: dict[str, pa.Table]) -> set[str]:
    return {name for name, table in one.items() if not other[name].equals(table)}


@pytest.mark.parametrize(
    ("moment", "seen"),
    [(MIDNIGHT - timedelta(microseconds=1), DAY), (MIDNIGHT, LATER.date())],
    ids=["at the last moment of the day", "at the first of the next"],
)
def test_every_change_is_in_its_own_day_and_in_none_before(one: Intervention, moment: datetime, seen: date) -> None:
    then, found = read(DAY), read(seen)
    for changes in ROUNDS:
        for change in changes:
            change(factories.operator(moment), one)
        before, found = found, read(seen)
        assert differing(before, found) == set().union(*changes.values())
    assert bool(differing(then, read(DAY))) is (seen == DAY)


def test_every_table_about_anything_but_persons_and_codes_is_changed() -> None:
    shown = [tables for changes in ROUNDS for tables in changes.values()]
    assert set().union(*shown) == set(SCHEMAS) - {"codes"}
