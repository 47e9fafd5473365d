"""Who compiles and publishes in the tests of editions, and editions without the slow PDF.

The rules of this room are tested without Django too, so nothing of it may be loaded before somebody asks for a user.
"""

import pytest

from finsam.access.actors import Actor


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Editions without the slow PDF, and without the workbook."""
    from finsam.publications.formats import writer

    monkeypatch.setattr(writer, "pdf_bytes", lambda publication: b"%PDF")
    monkeypatch.setattr(writer, "xlsx_bytes", lambda publication: b"PK")


@pytest.fixture
def anna() -> Actor:
    """An analyst."""
    return _analyst()


@pytest.fixture
def alva() -> Actor:
    """Another."""
    return _analyst()


def _analyst() -> Actor:
    from finsam.access.roles import Role
    from tests import factories

    return factories.actor(factories.user(None, Role.NATIONAL_ANALYST))
