"""Runs what is measured in processes of their own, and says what the many runs come to."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
ROUNDS: Final = 5


@dataclass(frozen=True)
class Measured:
    """One run: seconds on the clock and of the processors, the largest memory in bytes, and what it answered.

    `again` is the clock and the processors of a second run in the same process, where one was asked for.
    """

    seconds: float
    cpu: float
    peak: int
    answer: Any
    again: Sequence[float] = (0.0, 0.0)


@dataclass(frozen=True)
class Outcome:
    """Several runs of one contestant, in the middle."""

    runs: Sequence[Measured]

    @property
    def seconds(self) -> float:
        """The time on the clock of the run in the middle."""
        return median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """The time of all processors of the run in the middle."""
        return median(run.cpu for run in self.runs)

    @property
    def again(self) -> tuple[float, float]:
        """The clock and the processors of the second run in the same process, in the middle."""
        return median(run.again[0] for run in self.runs), median(run.again[1] for run in self.runs)

    @property
    def peak(self) -> int:
        """The largest memory of any run."""
        return max(run.peak for run in self.runs)

    @property
    def answer(self) -> Any:
        """What the runs answered; all the same."""
        first, *others = (run.answer for run in self.runs)
        if any(other != first for other in others):
            raise ValueError("Runs of the same thing gave different answers")
        return first


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a process of the product with a home of its own, whatever this one's says.

    Modules are compiled once, beside the homes, as an installation has them compiled.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FINSAM_", "PYTHON"))}
    settings = {"DJANGO_SETTINGS_MODULE": "finsam.config.settings", "FINSAM_HOME": str(home)}
    return {**kept, **settings, "PYTHONPYCACHEPREFIX": str(home.parent / "compiled"), **more}


def run(place: str, *arguments: object, env: Mapping[str, str], cwd: Path = ROOT) -> Measured:
    """Run one function of this package in a new process."""
    return Measured(
        **json.loads(command("bench.child", place, *map(str, arguments), env=env, cwd=cwd).splitlines()[-1])
    )


def command(module: str, *arguments: str, env: Mapping[str, str], cwd: Path = ROOT) -> str:
    """Run a module in a new process and give what it wrote, or stop with what it complained of."""
    words = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(words, cwd=cwd, env=env, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(f"{' '.join((module, *arguments))} stopped:\n{done.stderr or done.stdout}")
    return done.stdout


def say(what: str) -> None:
    """Show how far a benchmark has come."""
    sys.stderr.write(f"{what}\n")


def race(contestants: Mapping[str, Callable[[], Measured]], rounds: int = ROUNDS) -> dict[str, Outcome]:
    """Let everyone run once a round, so that what disturbs the machine disturbs all of them."""
    runs: dict[str, list[Measured]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, start in contestants.items():
            runs[name].append(start())
    return {name: Outcome(found) for name, found in runs.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that so large a share of the values do not exceed."""
    ordered = sorted(values)
    return ordered[ceil(share * len(ordered)) - 1]
