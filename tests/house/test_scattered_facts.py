"""What is true of a dimension or of a published table stands with it, in no dictionary elsewhere by its name."""

import ast
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath

import pytest

from finsam.reports.registry import REPORTS
from finsam.statistics.tables.dimensions import DIMENSIONS
from tests.house import source
from tests.house.test_events import constants

pytestmark = pytest.mark.once

FEWEST = 3  # names that make a list; one or two are a case
REGISTRIES = ("finsam.statistics.tables.dimensions", "finsam.reports.*.tables")
# Where such dictionaries still stand, and how many; the list may only become shorter.
STILL = {
    "finsam.reports.linked_records.counts": 2,
    "finsam.reports.national_results.counts": 1,
    "finsam.reports.national_results.people": 1,
    "finsam.statistics.relations.identity": 1,
}


def tables() -> set[str]:
    """The names of the tables that the reports publish."""
    return {table.name for report in REPORTS.values() for table in report.tables.tables}


def keyed(tree: ast.Module, names: Collection[str]) -> Iterator[tuple[int, list[str]]]:
    """The dictionaries written out in a module whose keys are such names, all of them: line and keys."""
    known = constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            keys = [said(key, known) for key in node.keys]
            if len(keys) >= FEWEST and set(keys) <= set(names):
                yield node.lineno, keys


def said(key: ast.expr | None, known: dict[str, str]) -> str:
    """The string that a key is, written out or as a constant of the module; '' for anything else."""
    if isinstance(key, ast.Constant):
        return str(key.value)
    return known.get(ast.unparse(key), "") if key is not None else ""


def scattered() -> dict[str, list[str]]:
    """The dictionaries of this kind outside the registries, by module and line."""
    found: dict[str, list[str]] = {}
    for path, tree in source.modules().items():
        if any(PurePosixPath(source.dotted(path).replace(".", "/")).match(one.replace(".", "/")) for one in REGISTRIES):
            continue
        for names in (set(DIMENSIONS), tables()):
            found |= {f"{source.dotted(path)}:{line}": keys for line, keys in keyed(tree, names)}
    return found


def test_nothing_new_is_scattered():
    found = scattered()
    count = Counter(place.partition(":")[0] for place in found)
    assert not {module: number for module, number in count.items() if number > STILL.get(module, 0)}, found


@pytest.mark.parametrize(
    "text",
    [
        'WORDS = {"sex": 1, "age": 2, "county": 3}',
        'AGE = "age"\nWORDS = {"sex": 1, AGE: 2, "county": 3}',
        'def words():\n    return {"sex": "kön", "age": "ålder", "county": "län"}',
    ],
)
def test_a_dictionary_by_names_is_found(text):
    ((_line, keys),) = keyed(ast.parse(text), {"sex", "age", "county", "support"})
    assert keys == ["sex", "age", "county"]


@pytest.mark.parametrize(
    "text", ['CASE = {"sex": 1, "age": 2}', 'FORM = {"sex": 1, "age": 2, "name": 3}', "ALL = {**first, **second, 1: 2}"]
)
def test_other_dictionaries_are_let_be(text):
    assert not list(keyed(ast.parse(text), {"sex", "age", "county"}))
