"""`finsam serve`: the processes that answer pages and the background worker, started together and ended together."""

import errno
import os
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from types import FrameType
from typing import Final, NoReturn

import click

from finsam.cli import demo, terminal
from finsam.cli.commands import PORT, Command
from finsam.cli.home import in_use, key_place, opening, sweeping, upgrading
from finsam.cli.language import gettext as _
from finsam.cli.serving import supervision
from finsam.cli.serving.supervision import Child, Family, python

HOST: Final = _("Adressen att lyssna på. Utan: bara den här datorn.")
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
MOST: Final = 4  # processes that answer pages, however many cores there are: each takes some 150 MB
OPEN: Final = _(
    "Med --host %(host)s går Finsam att nå från andra datorer, och FINSAM_ADDRESS= säger inte vid vilken https-adress. "
    "Lösenord och personuppgifter skulle gå okrypterade. Gör som i docs/drift.md, eller, bara på ett eget slutet nät: "
    "FINSAM_UNENCRYPTED=1 FINSAM_ADDRESS=http://%(host)s:%(port)s"
)


@click.command(cls=Command, help=_("Starta webbplatsen och bakgrundsarbetet. Ctrl-C avslutar båda."))
@click.option("--host", metavar=_("ADRESS"), default="127.0.0.1", help=HOST)
@click.option("--port", type=PORT, envvar="PORT", default=8000, help=_("Porten. Utan: PORT= eller 8000."))
def serve(host: str, port: int) -> None:
    """Serve until Ctrl-C."""
    folder = opening.home()
    opening.refuse_unprepared(folder)
    refuse_open(host, port)
    with in_use.serving(folder) as lock, closing(bound(host, port)) as listening:
        if opening.versions().is_older:
            upgrading.upgrade_home()
        if opening.is_demo():
            demo.show_sign_ins()
        key_place.warn_beside(folder)
        close_database()
        keep_running(host, port, listening, lock)


def refuse_open(host: str, port: int) -> None:
    """Refuse to be reached from other machines in a demo home, and in a real one without encryption unless told."""
    from django.conf import settings

    is_open, public = host not in LOOPBACK, settings.FINSAM_ADDRESS
    if opening.is_demo():
        if is_open or public:
            words = _("Ett demohem visas bara på den här datorn. Starta utan --host och utan FINSAM_ADDRESS=.")
            terminal.refuse(words)
    elif is_open and not public:
        terminal.refuse(OPEN % {"host": host, "port": port})


def bound(host: str, port: int) -> socket.socket:
    """A socket at the address, at which the children will listen; refused when somebody else does."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # two who are bound can both be told yes; only one of them can listen
    except OSError as fault:
        listening.close()
        refuse_address(fault, host, port)
    return listening


def refuse_address(fault: OSError, host: str, port: int) -> NoReturn:
    """Say why nothing can listen at an address, and what to try."""
    facts = {"host": host, "port": port, "other": port % 65535 + 1}
    if fault.errno == errno.EADDRINUSE:
        terminal.refuse(_("Port %(port)s är upptagen. Välj en annan, till exempel PORT=%(other)s.") % facts)
    if fault.errno == errno.EACCES:
        terminal.refuse(
            _("Du får inte lyssna på port %(port)s. Välj en från 1024 och uppåt, till exempel 8000.") % facts
        )
    terminal.refuse(_("%(host)s är ingen adress som den här datorn har. Utan --host är det bara datorn själv.") % facts)


def close_database() -> None:
    """Let go of the database: the children open it themselves."""
    from django.db import connections

    connections.close_all()


def keep_running(host: str, port: int, listening: socket.socket, lock: int) -> None:
    """Run the children until somebody asks for an end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    family = Family(children(listening.fileno()), [listening.fileno(), lock], died)
    try:
        supervision.keep(family, meanwhile=[announce(host, port), sweeping.every_hour(opening.home())])
    except KeyboardInterrupt:
        return


def children(listening: int) -> Sequence[Child]:
    """One process a core that answers pages, and one that works in the background."""
    pages = python("finsam.cli.serving.pages", str(listening))
    answering = [Child(_("Webbprocess %(number)s") % {"number": number}, pages) for number in range(1, count() + 1)]
    return [*answering, Child(_("Bakgrundsarbetet"), python("finsam.cli.serving.work"))]


def count() -> int:
    """How many processes answer pages."""
    return min(len(os.sched_getaffinity(0)), MOST)


def died(child: Child, pause: float) -> None:
    """Say that a child has ended and when there will be another."""
    words = _("%(name)s avslutades oväntat. Raderna ovanför säger varför. Startas igen om %(pause)d s.")
    terminal.say(words % {"name": child.name, "pause": pause}, err=True)


def announce(host: str, port: int) -> Callable[[float], None]:
    """Say where the pages are, once, when they answer."""
    said: list[bool] = []

    def look(_now: float) -> None:
        if not said and answers(host, port):
            said.append(True)
            where = f"http://{f'[{host}]' if ':' in host else host}:{port}"
            with suppress(OSError):  # as when nobody reads any more what is said
                terminal.say(_("Finsam finns på %(url)s  (Ctrl-C avslutar)") % {"url": where})

    return look


def answers(host: str, port: int) -> bool:
    """Whether a page is answered, whichever."""
    asked = b"GET /logga-in/ HTTP/1.0\r\nHost: localhost\r\n\r\n"
    try:
        with socket.create_connection((host, port), timeout=1) as connection:
            connection.sendall(asked)
            return connection.recv(5) == b"HTTP/"
    except OSError:
        return False


def stop(_number: int, _frame: FrameType | None) -> None:
    """End as on Ctrl-C."""
    raise KeyboardInterrupt
