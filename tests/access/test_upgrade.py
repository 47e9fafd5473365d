"""A home from before two people were needed: its roles go on, and a link that is out must be confirmed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, AFTER = [("access", "0006_as_what_somebody_acted")], [("access", "0008_what_was_granted_holds")]


@pytest.fixture
def earlier():
    """The models as they were; the tables are brought up to date again whatever happens."""
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    yield MigrationExecutor(connection).loader.project_state(BEFORE).apps
    MigrationExecutor(connection).migrate(latest)


def test_roles_granted_before_hold_and_a_link_that_resets_is_to_be_confirmed(earlier):
    of = earlier.get_model
    employer = of("access", "Organisation").objects.order_by("pk")[0]
    users = of("access", "User").objects
    giver = users.create(email="g@example.invalid", name="G", employer=employer, password="known")
    known = users.create(email="k@example.invalid", name="K", employer=employer, password="known")
    new = users.create(email="n@example.invalid", name="N", employer=employer, password="!none")
    grant = of("access", "Grant").objects.create(user=known, role="intervention_lead")
    facts = {"id": grant.pk, "user_id": known.pk, "role": grant.role, "history_user_id": giver.pk}
    of("access", "HistoricalGrant").objects.create(history_date=factories.NOW, history_type="+", **facts)
    links = {}
    for user in (known, new):
        week = factories.NOW + timedelta(days=7)
        link = of("access", "Invitation").objects.create(user=user, digest=f"{user.pk:064}", expires_at=week)
        trail = {"action": "access.invite", "model": "access.invitation", "record_id": link.pk}
        of("access", "AuditRow").objects.create(at=factories.NOW, user_id=giver.pk, **trail)
        links[user.name] = link.pk
    executor = MigrationExecutor(connection)
    executor.migrate(AFTER)
    now = executor.loader.project_state(AFTER).apps.get_model
    held = now("access", "Grant").objects.get(pk=grant.pk)
    assert (held.granted_by, held.holds_from) == (giver.pk, factories.NOW)
    assert now("access", "HistoricalGrant").objects.get(id=grant.pk).holds_from == factories.NOW
    made = {name: now("access", "Invitation").objects.get(pk=pk) for name, pk in links.items()}
    assert [(link.made_by, link.made_at, link.confirmed_at, link.resets) for link in made.values()] == [
        (giver.pk, factories.NOW, None, True),
        (giver.pk, factories.NOW, None, False),
    ]
