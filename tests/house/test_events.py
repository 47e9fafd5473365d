"""Every action that the trail notes has words: whoever reads the trail is told what was done, not what it is called."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from finsam.web.event_words import ACTIONS, FORMER
from tests.house import source

pytestmark = pytest.mark.once

NOTING = {f"audit.{name}" for name in ("write", "record", "remove", "write_many", "erase", "repoint")}


Function = ast.FunctionDef | ast.AsyncFunctionDef


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, Function]]:
    """Every call, and the function it stands in."""
    for function in source.functions(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                yield node, function


def noting(tree: ast.AST) -> Iterator[tuple[ast.Call, Function]]:
    """Every call by which something is noted in the trail, and the function it stands in."""
    return ((call, function) for call, function in calls(tree) if ast.unparse(call.func) in NOTING)


def constants(tree: ast.Module) -> dict[str, str]:
    """The strings that a module gives names."""
    found: dict[str, str] = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        names, value = node.targets[0], node.value
        several = isinstance(names, ast.Tuple) and isinstance(value, ast.Tuple)
        pairs = zip(names.elts, value.elts, strict=True) if several else [(names, value)]  # type: ignore[attr-defined]
        found |= {ast.unparse(name): str(one.value) for name, one in pairs if isinstance(one, ast.Constant)}
    return found


@cache
def callers() -> dict[str, list[tuple[Path, ast.Call, Function]]]:
    """Who calls what, by the name a call gives it."""
    found: dict[str, list[tuple[Path, ast.Call, Function]]] = {}
    for path, tree in source.modules().items():
        for call, function in calls(tree):
            if isinstance(call.func, ast.Name | ast.Attribute):
                found.setdefault(ast.unparse(call.func), []).append((path, call, function))
    return found


def said(path: Path, argument: ast.expr, function: Function) -> set[str | None]:
    """The strings an argument can be: one, a constant's, or what the calls of the function hand on; None if unknown."""
    if isinstance(argument, ast.Constant):
        return {str(argument.value)}
    parameters = [one.arg for one in function.args.args]
    if ast.unparse(argument) not in parameters:
        return {constants(source.tree(path)).get(ast.unparse(argument))}
    place = parameters.index(ast.unparse(argument))
    here = [one for one in callers().get(function.name, ()) if one[0] == path]
    elsewhere = callers().get(f"{path.stem}.{function.name}", ())
    handed = [said(where, call.args[place], caller) for where, call, caller in (*here, *elsewhere)]
    return set().union(*handed) or {None}


def actions_noted() -> dict[str, set[str | None]]:
    """The actions that each module notes; None where the source does not tell which."""
    found: dict[str, set[str | None]] = {}
    for path, tree in source.modules().items():
        for call, function in noting(tree):
            found.setdefault(source.name(path), set()).update(said(path, call.args[1], function))
    return found


def test_every_action_that_is_noted_has_words():
    missing = {name: sorted(map(str, actions - set(ACTIONS))) for name, actions in actions_noted().items()}
    assert not {name: actions for name, actions in missing.items() if actions}


def test_no_words_are_left_of_an_action_that_nobody_notes():
    noted = {action for actions in actions_noted().values() for action in actions}
    assert not set(ACTIONS) - noted
    assert not set(FORMER) & noted, "noted again"


def test_no_two_actions_are_told_by_the_same_words():
    words = [str(said) for said in (*ACTIONS.values(), *FORMER.values())]
    assert len(words) == len(set(words))
