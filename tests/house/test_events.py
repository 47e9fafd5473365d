"""Every action that the trail notes has words: whoever reads the trail is told what was done, not what it is called."""

import ast
from collections.abc import Iterator

import pytest

from finsam.web.event_words import ACTIONS
from tests.house import source

pytestmark = pytest.mark.once

NOTING = {f"audit.{name}" for name in ("write", "record", "remove", "write_many", "erase", "repoint")}


def noting(tree: ast.AST) -> Iterator[tuple[ast.Call, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every call by which something is noted in the trail, and the function it stands in."""
    for function in source.functions(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in NOTING:
                yield node, function


def text(node: ast.expr) -> str | None:
    """The string that an argument is, or None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def handed_on(tree: ast.AST, function: str, place: int) -> list[str | None]:
    """What the calls of a function in its own module hand on as its argument at a place."""
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return [text(call.args[place]) for call in calls if ast.unparse(call.func) == function]


def actions_noted() -> dict[str, set[str | None]]:
    """The actions that each module notes; None where the source does not tell which."""
    found: dict[str, set[str | None]] = {}
    for path, tree in source.modules().items():
        for call, function in noting(tree):
            name = call.args[1]
            parameters = [one.arg for one in function.args.args]
            if isinstance(name, ast.Name) and name.id in parameters:
                named = handed_on(tree, function.name, parameters.index(name.id))
            else:
                named = [text(name)]
            found.setdefault(source.name(path), set()).update(named or [None])
    return found


def test_every_action_that_is_noted_has_words():
    missing = {name: sorted(map(str, actions - set(ACTIONS))) for name, actions in actions_noted().items()}
    assert not {name: actions for name, actions in missing.items() if actions}


def test_no_words_are_left_of_an_action_that_nobody_notes():
    noted = {action for actions in actions_noted().values() for action in actions}
    assert not set(ACTIONS) - noted


def test_no_two_actions_are_told_by_the_same_words():
    words = [str(said) for said in ACTIONS.values()]
    assert len(words) == len(set(words))
