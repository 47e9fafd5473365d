"""The processes of a server start together, are started anew when they die, and end together, however that goes."""

import errno
import os
import select
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import closing

import pytest
from django.core.exceptions import ValidationError

from finsam.access.roles import roles
from finsam.cli import serve
from finsam.cli.serving import attached, supervision
from finsam.cli.serving.supervision import Child, Family
from scripts.postgres import free_port
from tests.cli.homes import Home, refused
from tests.cli.served import PATIENCE, alive, children, is_renewed, soon, started, status

pytestmark = pytest.mark.once


def test_a_home_is_served_once_and_one_ctrl_c_ends_all_of_it(prepared: Home) -> None:
    port = free_port()
    with started(prepared, port) as server:
        running = children(server)
        assert sorted(running.values()) == [*["pages"] * serve.count(), "work"]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE) as page:
            assert page.status == 200
        assert "finsam serve körs på det" in refused(prepared.run("serve", "--port", str(free_port())))
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == 0
        assert not [number for number in running if alive(number)]


def test_a_port_that_is_taken_is_refused(prepared: Home) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = str(taken.getsockname()[1])
        assert f"Port {port} är upptagen" in refused(prepared.run("serve", "--port", port))
        assert f"Port {port} är upptagen" in refused(prepared.but(PORT=port).run("serve"))


def test_an_address_that_this_machine_does_not_have_is_refused() -> None:
    with pytest.raises(ValidationError, match="är ingen adress som den här datorn har"):
        serve.bound("192.0.2.7", free_port())


def test_a_port_that_only_root_may_have_is_refused() -> None:
    with pytest.raises(ValidationError, match="Välj en från 1024"):
        serve.refuse_address(OSError(errno.EACCES, ""), "127.0.0.1", 80)


def test_whoever_dies_is_started_anew_and_the_site_goes_on(prepared: Home) -> None:
    port = free_port()
    with started(prepared, port) as server:
        before = children(server)
        for number in before:
            os.kill(number, signal.SIGKILL)
        assert soon(lambda: is_renewed(server, before))
        assert status(port) == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(PATIENCE) == 0
        said = server.stdout.read() if server.stdout else ""
    assert said.count("avslutades oväntat") == len(before)
    assert "Bakgrundsarbetet avslutades oväntat. Raderna ovanför säger varför. Startas igen om 1 s." in said


def test_when_the_server_is_killed_its_children_end_and_it_can_be_started_again(prepared: Home) -> None:
    with started(prepared, port := free_port()) as server:
        running = children(server)
        server.kill()
        server.wait(PATIENCE)
        assert soon(lambda: not [number for number in running if alive(number)])
    with started(prepared, port):
        assert status(port) == 200


@pytest.mark.parametrize(
    "child", ["trap '' TERM; sleep 600 & echo begun; wait; sleep 600", "sleep 600 & echo begun; wait"]
)
def test_what_a_child_started_ends_with_it(child: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that is killed, since it would not end in time, has children of its own: they held the port for good."""
    monkeypatch.setattr(supervision, "GRACE", 0.2)
    read, write = os.pipe()
    with os.fdopen(read) as said, os.fdopen(write) as kept:
        family = Family(
            [Child("barn", ["sh", "-c", f"exec >/proc/self/fd/{kept.fileno()}; {child}"])], [kept.fileno()], print
        )
        family.look(0.0)
        kept.close()
        assert said.readline() == "begun\n"
        family.end()
        readable, _, _ = select.select([said], [], [], PATIENCE)  # its end, when nobody holds it any more
        assert readable


def test_the_pause_grows_until_a_child_has_been_well() -> None:
    pauses: list[float] = []
    child = Child("barn", ["false"])
    family = Family([child], [], lambda _child, pause: pauses.append(pause))
    now = 0.0
    for lived in [*[0.0] * 8, supervision.WELL, 0.0]:
        family.look(now)
        assert child.running is not None
        child.running.wait(PATIENCE)
        now += lived
        family.look(now)
        family.look(now + pauses[-1] - 0.01)
        assert not child.is_running()
        now += pauses[-1]
    family.end()
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 1, 2]


def test_a_child_that_cannot_start_and_nobody_to_tell_are_no_end_of_the_others() -> None:
    def died(child: Child, pause: float) -> None:
        told.append((child.name, pause))
        raise BrokenPipeError

    told: list[tuple[str, float]] = []
    well, ill = Child("frisk", ["sleep", "600"]), Child("sjuk", ["/finns/inte"])
    family = Family([well, ill], [], died)
    for now in (0.0, 0.5, 1.0, 2.9, 3.0):
        family.look(now)
    assert (well.is_running(), ill.is_running()) == (True, False)
    assert told == [("sjuk", 1), ("sjuk", 2), ("sjuk", 4)]
    family.end()


def test_a_child_that_will_not_end_when_its_parent_is_gone_is_ended() -> None:
    program = (
        "import os, signal, time; from finsam.cli.serving import attached; attached.GRACE = 0.2\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); attached.end_with_parent(); print('begun', flush=True)\n"
        "time.sleep(600)"
    )
    read, write = os.pipe()
    facts = {"stdout": subprocess.PIPE, "pass_fds": [read], "env": {**os.environ, attached.PIPE: str(read)}}
    with subprocess.Popen([sys.executable, "-c", program], **facts) as child:  # type: ignore[call-overload]
        assert child.stdout.readline() == b"begun\n"
        os.close(read)
        os.close(write)
        assert child.wait(PATIENCE) == 1


def test_a_client_that_stands_still_holds_nobody_up_and_is_hung_up_on(prepared: Home) -> None:
    port = free_port()
    with started(prepared, port):
        still = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/logga-in/", timeout=PATIENCE) as page:
            cookie = page.headers["Set-Cookie"].split(";")[0]
        for number, one in enumerate(still):
            head = f"POST /logga-in/ HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nContent-Length: 100000\r\n"
            one.sendall(head.encode() + (b"\r\nemail=a" if number % 2 else b""))  # a body, or a header, half sent
        assert {status(port) for _ in range(15)} == {200}
        for one in still:
            one.settimeout(PATIENCE)
            assert one.recv(1) in {b"", b"H"}  # hung up on, or told so first
            one.close()
        assert status(port) == 200


@pytest.mark.parametrize(("host", "address"), [("0.0.0.0", ""), ("::", "")])
def test_a_real_home_without_encryption_is_not_shown_to_others_unless_told(
    host: str, address: str, prepared: Home
) -> None:
    words = refused(prepared.but(FINSAM_ADDRESS=address).run("serve", "--host", host, "--port", str(free_port())))
    assert "okrypterade" in words
    assert "docs/drift.md" in words


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
