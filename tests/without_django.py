"""Handed to pytest instead of pytest-django for the plain tests: values, disclosure control and the rules of rooms.

Values and disclosure control import no Django at all. Rules refuse with Django's `ValidationError` and speak through
its gettext, so its modules are loaded for them; but there are no settings of ours, no rooms and no database:
`django.setup` is never called, and gettext gives back the Swedish of the source.
"""

import sys

import pytest


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let gettext be asked where rules were collected, which is all that Django is for here."""
    if "django" in sys.modules:
        from django.conf import settings

        settings.configure(USE_I18N=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run if a test has begun Django after all."""
    if begun := has_begun():
        pytest.exit(f"The plain tests have begun Django: {begun}. Move the test from the plain ones.", returncode=1)


def has_begun() -> str:
    """What says that rooms or a database are there; nothing where they are not."""
    if "django.apps" in sys.modules and sys.modules["django.apps"].apps.ready:
        return "django.setup was called"
    ours = (name for name in sys.modules if name == "finsam.config.settings" or name.endswith(".models"))
    return next((f"{name} was imported" for name in ours if name.startswith("finsam.")), "")
