"""What holds for every test: a closed network, and what `tests/django_run.py` says where Django takes part."""

from pathlib import Path

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


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave what needs more than `make setup` installs to those who name it."""
    return True if collection_path in _left(config) else None


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say what is left, so that nobody believes that it has run."""
    left = {folder.relative_to(config.rootpath): needs for folder, needs in _left(config).items()}
    return [f"not run unless named: {folder}, which needs {needs}" for folder, needs in left.items()]


def _left(config: pytest.Config) -> dict[Path, str]:
    named = [config.invocation_params.dir / argument.partition("::")[0] for argument in config.args]
    return guards.left_unnamed(named, config.rootpath)
