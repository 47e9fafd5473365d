"""A home that is served over real HTTP while it is measured."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import measuring
from bench.browser import Browser
from bench.homes import Environment
from scripts.postgres import free_port

START: Final = 60  # seconds the server may take to answer at first
OK: Final = 200


@dataclass(frozen=True)
class Site:
    """A home that is served: at which port, and by which processes."""

    port: int
    server: "subprocess.Popen[bytes]"

    def cpu(self) -> float:
        """Seconds that the processes that serve have had of the processors."""
        return sum(map(_cpu, [self.server.pid, *_below(self.server.pid)]))


@contextmanager
def served(env: Environment) -> Iterator[int]:
    """Run `finsam serve` on a free port, and end what was started."""
    with site(env) as found:
        yield found.port


@contextmanager
def site(env: Environment, source: Path = measuring.ROOT) -> Iterator[Site]:
    """Run `finsam serve` of the source in a folder on a free port, and end what was started."""
    port = free_port()
    words = [sys.executable, "-m", "finsam.cli.main", "serve", "--port", str(port)]
    server = subprocess.Popen(words, cwd=source, env=dict(env), stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait(server, port)
        yield Site(port, server)
    finally:
        server.terminate()
        server.wait(START)


def _below(process: int) -> Iterator[int]:
    for one in Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split():
        yield int(one)
        yield from _below(int(one))


def _cpu(process: int) -> float:
    """User and system time, the 14th and 15th field of proc(5); the name before them may hold spaces."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + START
    while server.poll() is None and time.monotonic() < until:
        with closing(Browser(port)) as browser:
            try:
                if browser.get("/logga-in/").status == OK:
                    return
            except OSError:
                time.sleep(0.2)
    sys.exit("finsam serve did not answer")
