"""Nothing grows without anyone noticing: the largest module decides how long a change takes to understand."""

import ast
from pathlib import Path
from statistics import median

import pytest

from tests.house import source

pytestmark = pytest.mark.once

# Limits only ever fall. A file that outgrows one is split by subject; the limit stays.
MODULE = 400
MODULE_MEDIAN = 120
FUNCTION = 50
FUNCTION_MEDIAN = 8
TEMPLATE = 120
TEST_MODULE = 600
DOOR = 30  # a web view or a command


def over(sizes: dict[str, int], limit: int) -> dict[str, int]:
    return {name: size for name, size in sizes.items() if size > limit}


def sizes_of_functions(paths: list[Path]) -> dict[str, int]:
    return {
        f"{source.name(path)}:{node.lineno} {node.name}": source.length(node)
        for path in paths
        for node in source.functions(source.tree(path))
    }


def is_test(path: Path) -> bool:
    return source.ROOT / "tests" in path.parents


def test_no_module_is_larger_than_the_limit():
    others = [path for path in source.everything() if not is_test(path)]
    assert not over({source.name(path): source.lines(path) for path in others}, MODULE)


def test_half_the_modules_are_small():
    assert median([source.lines(path) for path in source.modules()]) <= MODULE_MEDIAN


def test_no_test_module_is_larger_than_the_limit():
    tests = [path for path in source.everything() if is_test(path)]
    assert not over({source.name(path): source.lines(path) for path in tests}, TEST_MODULE)


def test_no_function_is_longer_than_the_limit():
    assert not over(sizes_of_functions(list(source.everything())), FUNCTION)


def test_half_the_functions_are_small():
    assert median(sizes_of_functions(list(source.modules())).values()) <= FUNCTION_MEDIAN


def test_doors_decide_nothing_and_so_stay_short():
    doors = [path for path in source.modules() if path.is_relative_to(source.PACKAGE / "web")]
    doors += [path for path in source.modules() if path.is_relative_to(source.PACKAGE / "cli")]
    assert not over(sizes_of_functions(doors), DOOR)


def test_no_template_is_larger_than_the_limit():
    assert not over({name: source.lines(path) for name, path in source.templates().items()}, TEMPLATE)


def test_every_module_opens_with_one_sentence():
    code = {path: tree for path, tree in source.everything().items() if not is_test(path)}
    assert not [source.name(path) for path, tree in code.items() if not ast.get_docstring(tree)]
