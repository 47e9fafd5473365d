"""What tests of pages share: a home whose day stands still, and a browser of each user's."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from finsam.access import actions
from finsam.access.models import Installation, User
from tests import factories

Visitor = Callable[[User], Client]


@pytest.fixture
def demo(db: None) -> Installation:
    """A demo home, in which it is 31 March 2021."""
    return actions.prepare(actor=factories.operator(), version="0", fixed_today=date(2021, 3, 31))


@pytest.fixture
def visitor() -> Visitor:
    """Signs a user in and gives the browser."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
