"""Server and background worker start together and end together; what cannot be served is a sentence."""

import os
import select
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from finsam.access.roles import roles
from finsam.cli import serve
from tests.cli.homes import Home, refused

pytestmark = pytest.mark.once

PATIENCE = 60


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(home: Home, port: int) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A server that has said where it is, and the two processes it started; ended afterwards if it has not."""
    command = [sys.executable, "-m", "finsam.cli.main", "serve", "--port", str(port)]
    facts = {"env": home.environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "cwd": "/"}
    with subprocess.Popen(command, **facts) as server:  # type: ignore[call-overload]
        try:
            assert "ligger hos hemmet" in server.stdout.readline()
            line = server.stdout.readline()
            assert f"http://127.0.0.1:{port}" in line, line
            both = children(server)
            assert len(both) == 2
            yield server, both
        finally:
            server.terminate()


def children(server: subprocess.Popen[str]) -> list[int]:
    """The processes a server started."""
    listed = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("utf-8")
    return [int(number) for number in listed.split()]


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_ctrl_c_ends_server_and_worker(prepared: Home) -> None:
    port = free_port()
    with started(prepared, port) as (server, both):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as page:
            assert page.status == 200
        assert f"Port {port} är upptagen" in refused(prepared.run("serve", "--port", str(port)))
        assert f"Port {port} är upptagen" in refused(prepared.but(PORT=str(port)).run("serve"))
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == 0
        assert not [number for number in both if alive(number)]


def test_when_one_ends_so_does_the_other(prepared: Home) -> None:
    with started(prepared, free_port()) as (server, both):
        os.kill(both[1], signal.SIGKILL)
        assert server.wait(PATIENCE) == 2
        assert server.stdout is not None
        assert "oväntat" in server.stdout.read()
        assert not [number for number in both if alive(number)]


@pytest.mark.parametrize(
    "child", ["trap '' TERM; sleep 600 & echo begun; wait; sleep 600", "sleep 600 & echo begun; wait"]
)
def test_what_a_child_started_ends_with_it(child: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is killed, since it would not end in time, has workers of its own: they held the port for good."""
    monkeypatch.setattr(serve, "GRACE", 0.2)
    with subprocess.Popen(["sh", "-c", child], start_new_session=True, stdout=subprocess.PIPE) as leader:
        assert leader.stdout is not None
        assert leader.stdout.readline() == b"begun\n"
        serve.end([leader])
        readable, _, _ = select.select([leader.stdout], [], [], PATIENCE)  # its end, when nobody holds it any more
        assert readable


def test_a_demo_home_is_for_this_machine_only(prepared: Home) -> None:
    prepared.do("tests.cli.filling")  # marks it as a demo
    assert "bara på den här datorn" in refused(prepared.run("serve", "--host", "0.0.0.0"))


def test_a_demo_home_says_once_how_to_sign_in_and_then_where_it_is(prepared: Home) -> None:
    prepared.do("tests.cli.filling")  # marks it as a demo
    command = [sys.executable, "-m", "finsam.cli.main", "serve", "--port", str(free_port())]
    facts = {"env": prepared.environment, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    said: list[str] = []
    with subprocess.Popen(command, cwd="/", **facts) as server:  # type: ignore[call-overload]
        while not said or "http://127.0.0.1" not in said[-1]:
            said.append(server.stdout.readline())
            assert said[-1], said
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == 0
        said += server.stdout.read().splitlines()
    header, *sign_ins, where = said
    assert header.startswith("Logga in så här")
    assert len(sign_ins) == len(set(sign_ins)) == len(roles())
    assert all("@finsam.example" in line for line in sign_ins)
    assert where.startswith("Finsam finns på")
