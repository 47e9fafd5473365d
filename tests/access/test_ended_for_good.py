"""Whoever is closed while they choose a password by a link stays closed, and is not saved as they were read."""

import threading

import pytest
from django.db import connection

from finsam.access import actions
from finsam.access.models import User
from finsam.access.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_user_who_is_closed_meanwhile_is_not_opened_by_a_link(monkeypatch: pytest.MonkeyPatch) -> None:
    user = factories.user(None, Role.NATIONAL_ANALYST)
    secret = actions.invite(actor=factories.operator(), user=user)
    choosing = threading.Event()

    def close() -> None:
        choosing.wait(60)
        try:
            actions.set_active(actor=factories.operator(), user=User.objects.get(pk=user.pk), is_active=False)
        finally:
            connection.close()

    closing = threading.Thread(target=close)

    def slowly(password: str, user: User) -> None:
        choosing.set()
        closing.join(2)  # long enough for it to be done, unless it waits for us

    monkeypatch.setattr(actions, "validate_password", slowly)
    closing.start()
    actions.accept(actor=factories.actor(user), secret=secret, password="fyra ord att minnas")
    closing.join(60)
    user.refresh_from_db()
    assert (user.is_active, user.sessions_ended) == (False, 1)
    assert not user.invitations.filter(used_at=None).exists()
