"""What holds for every test that has Django: settings of a throwaway home, shuffled rows, rooms left out not collected.

`tests/conftest.py` hands it to pytest where pytest-django is; `make test-plain` runs without both.
"""

import gc
import random
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.models import QuerySet

from finsam.config.environment import SQLITE
from finsam.config.keys import Keys, Ring
from tests import guards, pristine

KEYS = Keys("s" * 50, encryption=Ring("1", {"1": b"e" * 32}), blind_index=Ring("1", {"1": b"b" * 32}))
FAST_SQLITE = SQLITE.replace("synchronous=FULL", "synchronous=OFF")


def pytest_configure(config: pytest.Config) -> None:
    """Shuffle rows and point the settings at a throwaway home."""
    shuffle_unordered()
    pristine.instead_of_flushing()
    settings.FINSAM_HOME = Path(tempfile.mkdtemp(prefix="finsam-tests-"))
    settings.KEYRING = KEYS
    settings.SECRET_KEY = KEYS.secret_key
    settings.WHITENOISE_AUTOREFRESH = True  # each test client is a server of its own: let none list the assets first
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take the throwaway home away."""
    gc.unfreeze()
    if settings.FINSAM_HOME.name.startswith("finsam-tests-"):
        shutil.rmtree(settings.FINSAM_HOME, ignore_errors=True)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave tests of a room that is left out uncollected; skipping them would look as if something were missing."""
    rooms = settings.FINSAM_WITHOUT
    return True if rooms and guards.needs_left_out_room(collection_path, rooms) else None


@pytest.hookimpl(tryfirst=True)  # before xdist reads which tests go to one worker
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect single tests by room, and mark what runs once.

    What a test uses decides whether it runs again: on another database what asks one, without a room what asks a home.
    """
    wrong = "participants" if settings.FINSAM_WITHOUT else "without_participants"
    deselected = [item for item in items if item.get_closest_marker(wrong)]
    if deselected:
        config.hook.pytest_deselected(items=deselected)
        items[:] = [item for item in items if item not in deselected]
    comes_out_otherwise = guards.asks_a_home if settings.FINSAM_WITHOUT else guards.asks_a_database
    for item in items:
        if not comes_out_otherwise(item):
            item.add_marker(pytest.mark.once)
        elif guards.runs_elsewhere(item):
            item.add_marker(pytest.mark.elsewhere)
        if group := guards.shared(item):
            item.add_marker(pytest.mark.xdist_group(group))


def pytest_collection_finish() -> None:
    """Look for cycles seldom, and never among what is loaded: it would take a seventh of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def shuffle_unordered() -> None:
    """Give the rows of every queryset without an order in a new order each time, as a database may."""
    fetch = QuerySet._fetch_all

    def fetch_shuffled(self: Any) -> None:
        fresh = self._result_cache is None
        fetch(self)
        if fresh and not self.ordered:
            random.shuffle(self._result_cache)

    setattr(QuerySet, "_fetch_all", fetch_shuffled)  # noqa: B010


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Keep SQLite in a real file, so that several connections see the same database."""
    database: dict[str, Any] = connections.settings["default"]
    if "sqlite" in database["ENGINE"]:
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database["OPTIONS"]["init_command"] = FAST_SQLITE


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Keep the rows of the fresh database, to be put back after tests with real transactions."""
    with django_db_blocker.unblock():
        pristine.keep()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """An empty home of the test's own."""
    before, settings.FINSAM_HOME = settings.FINSAM_HOME, tmp_path / "home"
    settings.FINSAM_HOME.mkdir(mode=0o700)
    yield settings.FINSAM_HOME
    settings.FINSAM_HOME = before
