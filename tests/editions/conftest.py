"""Who compiles and publishes in the tests of editions, and editions without the slow PDF."""

import pytest

from finsam.access.actors import Actor
from finsam.access.roles import Role
from finsam.publications.formats import writer
from tests import factories


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Editions without the slow PDF."""
    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")


@pytest.fixture
def anna() -> Actor:
    """An analyst."""
    return factories.actor(factories.user(None, Role.NATIONAL_ANALYST))


@pytest.fixture
def alva() -> Actor:
    """Another."""
    return factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
