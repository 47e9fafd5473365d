"""No leg leaves a test that no other runs: on each database, with every room and without one."""

import os
import subprocess
import sys
from collections.abc import Sequence

import pytest

from scripts import legs

pytestmark = [pytest.mark.once, pytest.mark.slow]


def collected(arguments: Sequence[str], **environment: str) -> set[str]:
    """The tests that a leg runs, by name."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q"]
    chosen = arguments[arguments.index("-m") :]
    env = {name: value for name, value in os.environ.items() if name not in legs.OURS} | environment
    done = subprocess.run([*command, *chosen], capture_output=True, text=True, cwd=legs.ROOT, env=env, check=True)
    return {line for line in done.stdout.splitlines() if "::" in line}


def test_what_the_first_leg_leaves_runs_on_the_other_database_and_where_a_room_is_left_out() -> None:
    every, first = collected(("-m", "not slow")), collected(legs.FIRST)
    other = collected(legs.AGAIN, FINSAM_DATABASE_URL="postgresql://nobody@127.0.0.1/nothing")
    without = collected(legs.AGAIN, FINSAM_WITHOUT="participants")
    assert len(every) > len(first) > len(other) > 500
    assert every - first <= other & without
