"""What a document is made of knows Django's words, templates and settings, and none of its database or its requests.

The contracts forbid whole packages; which parts of Django may be known, they cannot say.
"""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house import source

pytestmark = pytest.mark.once

KNOWN = re.compile(r"django\.(utils|template|conf|apps|core\.exceptions)\b")
RECORDS = re.compile(r"finsam\.(\w+\.)*(models|queries|actions)\b")


def strange(tree: ast.AST) -> Iterator[str]:
    """What a module imports that a plain floor may not know, inside functions and for types too."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        yield from (name for name in names if RECORDS.match(name) or (is_django(name) and not KNOWN.match(name)))


def is_django(name: str) -> bool:
    return name.partition(".")[0] == "django"


def test_publications_know_no_records_and_no_request():
    found = {
        source.name(path): names
        for path, tree in source.modules().items()
        if path.is_relative_to(source.PACKAGE / "publications")
        if (names := list(strange(tree)))
    }
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "from django.db import models",
        "from django import db",
        "import django.http",
        "from django.core.cache import cache",
        "from finsam.codes.models import Code",
        "from finsam.codes import queries",
        "def asked():\n    from django.db.models import Q",
        "if TYPE_CHECKING:\n    from finsam.access.models import User",
    ],
)
def test_an_import_of_records_or_requests_is_found(line):
    assert list(strange(ast.parse(line)))


@pytest.mark.parametrize(
    "line", ["from django.utils.translation import gettext", "from django.template.loader import get_template"]
)
def test_words_and_templates_are_let_be(line):
    assert not list(strange(ast.parse(line)))
