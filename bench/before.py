"""The version before, beside this one in the same run: its own source, in a folder of its own, with our packages."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench import measuring
from bench.homes import Environment

COMMIT: Final = "982d726"  # the last version whose server had one thread and no process to spare


@contextmanager
def checked_out(folder: Path) -> Iterator[Path]:
    """A folder with the source of the version before, ready to run; gone afterwards."""
    _git("worktree", "add", "--detach", str(folder), COMMIT)
    try:
        (folder / "node_modules").symlink_to(measuring.ROOT / "node_modules")
        env = {**measuring.environment(folder / "none"), "PYTHONPATH": str(folder / "src")}
        words = [sys.executable, "-m", "scripts.messages", "compile"]
        subprocess.run(words, cwd=folder, env=env, check=True, capture_output=True)  # noqa: S603 - our own
        yield folder
    finally:
        _git("worktree", "remove", "--force", str(folder))


def demo(source: Path, home: Path, **more: str) -> Environment:
    """A demo home that the version before has made; gives the environment of its commands."""
    env = {**measuring.environment(home, **more), "PYTHONPATH": str(source / "src")}
    measuring.command("finsam.cli.main", "demo", env=env, cwd=source)
    return env


def _git(*words: str) -> None:
    done = subprocess.run(["git", *words], cwd=measuring.ROOT, check=False, capture_output=True, text=True)  # noqa: S603, S607
    if done.returncode:
        sys.exit(f"The version before ({COMMIT}) is not in this repository: {done.stderr}")
