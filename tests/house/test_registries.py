"""Nothing is said in a registry that nobody reads: dimensions, figures, tables of reports, and reports."""

import ast
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import pytest

from finsam.reports.registry import Report
from finsam.reports.table import Collection, Table
from finsam.statistics.figures.registry import Figure
from finsam.statistics.tables.dimensions import Dimension
from tests.house import source

REGISTRIES = (Dimension, Figure, Table, Collection, Report)


def unread(registry: Any, trees: Iterable[ast.Module]) -> list[str]:
    """The facts of a registry's entries that no code asks an entry for."""
    asked = {node.attr for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert is_dataclass(registry)
    return [field.name for field in fields(registry) if field.name not in asked]


@pytest.mark.parametrize("registry", REGISTRIES)
def test_every_fact_of_a_registry_is_read(registry: Any) -> None:
    assert unread(registry, source.modules().values()) == []


def test_a_fact_that_nobody_reads_is_found() -> None:
    @dataclass
    class Planted:
        """A registry with a fact too many."""

        name: str
        said_in_vain: str

    assert unread(Planted, [ast.parse("print(entry.name)")]) == ["said_in_vain"]
