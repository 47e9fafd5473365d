"""`finsam serve`: the server and the background worker, started together and ended together."""

import errno
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType

import click

from finsam.cli import demo, terminal
from finsam.cli.commands import PORT, Command
from finsam.cli.home import key_place, opening, upgrading
from finsam.cli.language import gettext as _

HOST = _("Adressen att lyssna på. Utan: bara den här datorn.")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
GRACE = 10  # seconds to finish what is under way
WORKER = [sys.executable, "-m", "django", "db_worker", "--interval", "1", "--no-startup-delay", "-v", "0"]


@click.command(cls=Command, help=_("Starta webbplatsen och bakgrundsarbetet. Ctrl-C avslutar båda."))
@click.option("--host", metavar=_("ADRESS"), default="127.0.0.1", help=HOST)
@click.option("--port", type=PORT, envvar="PORT", default=8000, help=_("Porten. Utan: PORT= eller 8000."))
def serve(host: str, port: int) -> None:
    """Serve until Ctrl-C."""
    opening.refuse_unprepared(opening.home())
    if opening.versions().is_older:
        upgrading.upgrade_home()
    if opening.is_demo() and (host not in LOOPBACK or os.environ.get("FINSAM_ADDRESS")):
        terminal.refuse(_("Ett demohem visas bara på den här datorn. Starta utan --host och utan FINSAM_ADDRESS=."))
    refuse_busy(host, port)
    end_interrupted_runs()
    if opening.is_demo():
        demo.show_sign_ins()
    key_place.warn_beside(opening.home())
    sys.exit(keep_running([server(host, port), WORKER], f"http://{host}:{port}"))


def server(host: str, port: int) -> list[str]:
    """The command line of the HTTP server: one thread at a time talks to SQLite; addresses are never logged."""
    from django.db import connection

    threads = "1" if connection.vendor == "sqlite" else "4"
    fixed = ["--interface", "wsgi", "--no-ws", "--log-level", "warning", "--no-access-log"]
    fixed += ["--workers-kill-timeout", str(GRACE)]
    listening = ["--host", host, "--port", str(port), "--blocking-threads", threads]
    return [sys.executable, "-m", "granian", *fixed, *listening, "finsam.config.wsgi:application"]


def refuse_busy(host: str, port: int) -> None:
    """Refuse a port that somebody else listens to."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            if fault.errno == errno.EADDRINUSE:
                words = _("Port %(busy)s är upptagen. Välj en annan, till exempel PORT=%(other)s.")
                terminal.refuse(words % {"busy": port, "other": port % 65535 + 1})
            words = _("Det går inte att lyssna på %(host)s:%(port)s: %(fault)s. Välj en annan adress eller port.")
            terminal.refuse(words % {"host": host, "port": port, "fault": fault.strerror})


def end_interrupted_runs() -> None:
    """Say of reports that were under way when the worker last stopped that they were."""
    from django.db import connections

    from finsam.background import actions

    actions.give_up(actor=opening.operator())
    connections.close_all()  # the children open their own


def keep_running(commands: list[list[str]], address: str) -> int:
    """Run the children until one ends or somebody asks; then end them all."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    children = [subprocess.Popen(command, start_new_session=True) for command in commands]  # noqa: S603 - our own
    asked = False
    try:
        wait_for(address, children)
        terminal.say(_("Finsam finns på %(url)s  (Ctrl-C avslutar)") % {"url": address})
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
    except KeyboardInterrupt:
        asked = True
    finally:
        end(children)
    if not asked:
        terminal.refuse(_("Servern eller bakgrundsarbetet avslutades oväntat. Raderna ovanför säger varför."))
    return 0


def wait_for(address: str, children: list[subprocess.Popen[bytes]]) -> None:
    """Wait until the server answers or has ended."""
    host, port = address.removeprefix("http://").rsplit(":", 1)
    while all(child.poll() is None for child in children):
        try:
            socket.create_connection((host.strip("[]"), int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return


def end(children: list[subprocess.Popen[bytes]]) -> None:
    """Ask the children to end, and end those that do not, with all that they started: nothing holds the port then."""
    for child in children:
        child.terminate()
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(GRACE)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)  # each leads a session of its own
        child.wait()


def stop(_number: int, _frame: FrameType | None) -> None:
    """End as on Ctrl-C."""
    raise KeyboardInterrupt
