"""What holds for every test: a closed network, and what `tests/django_run.py` says where Django takes part."""

import pytest

from tests import guards

OF_PYTEST_DJANGO = ("DJANGO_SETTINGS_MODULE", "FAIL_INVALID_TEMPLATE_VARS")


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Know the lines of pyproject.toml that are pytest-django's in a run without it."""
    if not pluginmanager.has_plugin("django"):
        for line in OF_PYTEST_DJANGO:
            parser.addini(line, "read by pytest-django only")


def pytest_configure(config: pytest.Config) -> None:
    """Close the network, and let Django in where it was not shut out."""
    guards.close_sockets()
    if config.pluginmanager.has_plugin("django"):
        from tests import django_run

        config.pluginmanager.register(django_run, "finsam-django")
