"""What counts as asking for permission, shown by actions that ask and by such that only look as if they did."""

import ast
from textwrap import dedent

import pytest

from tests.house.asking import Program

QUERIES = """
def kept(*, actor):
    del actor
    return 1
def visible(*, actor):
    actor.require_some("see")
    return 2
def through(*, actor):
    return visible(actor=actor).filter(pk=1)
def round_and(*, actor):
    return round_about(actor=actor)
def round_about(*, actor):
    return round_and(actor=actor)
"""


def asks(body: str) -> bool:
    """Whether an action with a body asks, in a room with these queries."""
    action = dedent('''
        from finsam.planning import queries
        from finsam.planning.queries import visible as seen
        def plan(*, actor, row):
            """Plan something."""
    ''') + "\n".join(f"    {line}" for line in body.splitlines())
    modules = {"finsam.planning.queries": ast.parse(QUERIES), "finsam.planning.actions": ast.parse(action)}
    function = modules["finsam.planning.actions"].body[-1]
    assert isinstance(function, ast.FunctionDef)
    return Program(modules).asks("finsam.planning.actions", function)


@pytest.mark.parametrize(
    "body",
    [
        'actor.require("plan", row)',
        'owner = row.owner\nactor.require("plan", owner)',
        "found = queries.visible(actor=actor).get(pk=1)",
        "found = queries.through(actor=actor)",
        "found = seen(actor=actor)",
        'if not (actor.has("a") or actor.has("b")):\n    actor.require("c")',
        'with transaction.atomic():\n    actor.require("plan")',
        "if row not in queries.visible(actor=actor):\n    pass",
    ],
)
def test_an_action_that_asks(body):
    assert asks(body)


@pytest.mark.parametrize(
    "body",
    [
        "return row",
        "found = queries.kept(actor=actor)\naudit.write(actor, 'plan', row)",  # handed on, and nobody asks
        "found = queries.round_and(actor=actor)",
        "found = somebody.elses(actor=actor)",
        'audit.write(actor, "plan", row)\nactor.require("plan")',  # asks afterwards
        'if row.late:\n    actor.require("plan")\naudit.write(actor, "plan", row)',  # on one path only
        'later = lambda: actor.require("plan")\naudit.write(actor, "plan", row)',
        'row.late and actor.require("plan")',
        'for one in row.parts:\n    actor.require("plan", one)',
        "found = queries.visible(actor=row)",
    ],
)
def test_an_action_that_asks_nobody_is_found(body):
    assert not asks(body)
