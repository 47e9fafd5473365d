"""Homes that are served: the processes that do it, and what they answer."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.postgres import free_port
from tests.cli.homes import Home

PATIENCE = 60


@contextmanager
def started(home: Home, port: int, said: list[str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """A server that has said where it is; ended afterwards if it has not. Its lines until then are put in `said`."""
    said = [] if said is None else said
    command = [sys.executable, "-m", "finsam.cli.main", "serve", "--port", str(port)]
    facts = {"env": home.environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "cwd": "/"}
    with subprocess.Popen(command, **facts) as server:  # type: ignore[call-overload]
        try:
            while not said or f"http://127.0.0.1:{port}" not in said[-1]:
                said.append(server.stdout.readline().removesuffix("\n"))
                assert said[-1], said
            yield server
        finally:
            server.terminate()


def said_once_served(home: Home) -> list[str]:
    """What a server says until it serves, and as it ends."""
    said: list[str] = []
    with started(home, free_port(), said) as server:
        server.terminate()
        assert server.wait(PATIENCE) == 0
    return said


def children(server: subprocess.Popen[str]) -> dict[int, str]:
    """The processes a server started, and what each is: the last part of its module's name."""
    listed = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("utf-8")
    return {int(number): words_of(int(number)) for number in listed.split()}


def words_of(process: int) -> str:
    command = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
    return next((word.rsplit(".", 1)[-1] for word in command if word.startswith("finsam.cli.serving.")), "")


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{number}/stat").read_text("utf-8").split()[2] != "Z"


def soon(happens: Callable[[], bool]) -> bool:
    """Whether something happens before our patience ends."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if happens():
            return True
        time.sleep(0.1)
    return False


def status(port: int) -> int:
    """What the sign-in page is answered with; 0 when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/logga-in/", timeout=PATIENCE) as page:
            return int(page.status)
    except urllib.error.HTTPError as fault:
        return fault.code
    except OSError:
        return 0


def is_renewed(server: subprocess.Popen[str], before: dict[int, str]) -> bool:
    """Whether others have come in the place of all that were there before."""
    now = children(server)
    return not before.keys() & now.keys() and sorted(now.values()) == sorted(before.values())
