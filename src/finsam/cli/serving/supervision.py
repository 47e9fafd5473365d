"""Starts the processes that serve a home, starts anew those that die, and ends them all together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from finsam.cli.serving.attached import GRACE, PIPE

SHORTEST, LONGEST = 1.0, 60.0  # seconds of pause before a child is started anew: each twice the one before
WELL: Final = 60.0  # seconds after which a child is taken to be well, and its next pause is the shortest again
LOOK: Final = 0.2  # seconds between two looks at the children

Say = Callable[["Child", float], None]


@dataclass
class Child:
    """A process that shall always be there: its name, its command line, and how it has fared."""

    name: str
    command: Sequence[str]
    running: "subprocess.Popen[bytes] | None" = None
    begun: float = 0.0
    pause: float = SHORTEST
    again_at: float = 0.0

    def is_running(self) -> bool:
        """Whether there is a process, as far as has been looked."""
        return self.running is not None

    def has_ended(self) -> bool:
        """Whether it was started and has ended."""
        return self.running is not None and self.running.poll() is not None


@dataclass
class Family:
    """The children of one server. `kept` are open files that they all inherit: the socket, the lock of the home.

    `died` is told which child ended and in how many seconds it is started anew.
    """

    children: Sequence[Child]
    kept: Sequence[int]
    died: Say
    pipe: tuple[int, int] = field(default_factory=os.pipe)

    def look(self, now: float) -> None:
        """Start whoever is not running and has waited long enough. `now` is seconds of a clock that never goes back."""
        for child in self.children:
            if child.has_ended():
                self._mourn(child, now)
            if not child.is_running() and now >= child.again_at:
                self._start(child, now)

    def _mourn(self, child: Child, now: float) -> None:
        if now - child.begun >= WELL:
            child.pause = SHORTEST
        if child.running is not None:
            end_session(child.running)
        self._wait(child, now)

    def _wait(self, child: Child, now: float) -> None:
        child.running, child.again_at = None, now + child.pause
        with suppress(OSError):  # nobody may be there to be told, or no room for it: the children are kept all the same
            self.died(child, child.pause)
        child.pause = min(2 * child.pause, LONGEST)

    def _start(self, child: Child, now: float) -> None:
        reading, _ = self.pipe
        child.begun = now
        facts: dict[str, Any] = {"pass_fds": [*self.kept, reading], "env": {**os.environ, PIPE: str(reading)}}
        try:
            child.running = subprocess.Popen(child.command, start_new_session=True, **facts)  # noqa: S603 - our own
        except OSError:  # no memory, or too many processes, just now
            self._wait(child, now)

    def end(self) -> None:
        """Ask the children to end, and end those that do not, with all that they started: nothing holds on then."""
        running = [child.running for child in self.children if child.running is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + GRACE
        for process in running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, until - time.monotonic()))
            end_session(process)
        for end in self.pipe:
            os.close(end)


def end_session(process: "subprocess.Popen[bytes]") -> None:
    """End a child with all that it started: each leads a session of its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def keep(family: Family, *, meanwhile: Iterable[Callable[[float], None]] = ()) -> None:
    """Keep the family going until KeyboardInterrupt; `meanwhile` is called at each look."""
    try:
        while True:
            now = time.monotonic()
            family.look(now)
            for one in meanwhile:
                one(now)
            time.sleep(LOOK)
    finally:
        family.end()


def python(module: str, *arguments: str) -> list[str]:
    """The command line of one of our modules."""
    return [sys.executable, "-P", "-m", module, *arguments]  # nothing that lies where it is started is imported
