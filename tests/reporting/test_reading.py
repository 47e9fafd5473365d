"""Reading records for a snapshot beside others who write."""

import pytest
from adbc_driver_sqlite import dbapi
from django.conf import settings
from django.db import connection

from finsam.reporting import rules
from finsam.reporting.extract import states
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_second_sqlite_library_ever_opens_the_live_database(home, monkeypatch):
    opened: list[str] = []
    connect = dbapi.connect

    def note(path):
        opened.append(path)
        return connect(path)

    monkeypatch.setattr(dbapi, "connect", note)
    if connection.vendor == "sqlite":
        with states.consistent() as reading:
            assert reading.states(states.ROOMS[0], rules.end_of(factories.NOW.date())).num_rows
        assert opened
        assert str(connection.settings_dict["NAME"]) not in opened
    assert not list(settings.FINSAM_HOME.glob(".reading-*"))
