"""Kills commands at moments drawn with a seed, spread over the time that the command takes when it is let alone."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.cli.homes import Home

TOLD: list[str] = []  # what the trials came to, to be printed when nothing is captured
UNFINISHED = ("unfinished", ".elsewhere-", ".spilled-", "tmp")


@dataclass
class Killed:
    """How many were killed, by what they had come to: how many had ended already, were whole, or left something."""

    command: str
    tried: int = 0
    ended: int = 0
    whole: int = 0
    left: int = 0
    seconds: float = field(default=0, repr=False)

    def __str__(self) -> str:
        words = f"{self.command}: {self.tried} killed within {self.seconds:.1f} s, {self.ended} of them had ended, "
        return words + f"{self.whole} had made it whole, {self.left} left something that was swept"


def measured(home: Home, *arguments: str | Path) -> float:
    """How many seconds a command takes in a Python of its own."""
    begun = time.monotonic()
    with started(home, *arguments) as running:
        assert running.wait() == 0
    return time.monotonic() - begun


def started(home: Home, *arguments: str | Path) -> "subprocess.Popen[bytes]":
    """A command in a Python of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "finsam.cli.main", *map(str, arguments)]
    return subprocess.Popen(
        command, env=home.environment, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def kill(home: Home, after: float, *arguments: str | Path) -> bool:
    """Kill a command some seconds after it was started; gives whether it had ended by then."""
    with started(home, *arguments) as running:
        with suppress(subprocess.TimeoutExpired):
            running.wait(after)
        running.send_signal(signal.SIGKILL)
        return running.wait() != -signal.SIGKILL


def moments(seconds: float, count: int, seed: str) -> Iterator[float]:
    """Moments of a command, one drawn from each of as many equal parts of its time."""
    rng = random.Random(seed)
    yield from (seconds * (number + rng.random()) / count for number in range(count))


def leftovers(*folders: Path) -> list[str]:
    """What lies in these folders, at any depth, that is named as what is only there for a while."""
    return [
        str(path)
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if any(sign in path.name for sign in UNFINISHED[:3]) or path.name.startswith(UNFINISHED[3])
    ]


Trial = Callable[[int, float, Killed], None]


def each(command: str, seconds: float, count: int, trial: Trial) -> Killed:
    """Try a command at every moment, and tell what it came to."""
    killed = Killed(command, seconds=seconds)
    for number, after in enumerate(moments(seconds, count, command)):
        trial(number, after, killed)
        killed.tried += 1
    TOLD.append(str(killed))
    assert killed.tried == count
    return killed
