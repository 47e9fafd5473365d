"""What the tests are kept from: the network, luck with the order of rows, and rooms that are left out."""

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

NETWORK = (socket.AF_INET, socket.AF_INET6)
DATABASE = {"db", "transactional_db", "live_server"}  # pytest-django lets no test near a database without one of these
COMMANDS = {"cli", "demo"}  # start commands, which reach a database of their own
PEOPLED = "filled_once"  # the home of commands that has persons, where their room is
# What these are about is the home and its rooms, which are others where a room is left out.
OF_A_HOME = {*COMMANDS, "config", "house", "journeys", "spark"}
# What these need is more than `make setup` installs, so they run where they are named: by path, or by `make test`.
NAMED_ONLY = {"tests/journeys": "a browser", "tests/spark": "Spark, Java and lifelines"}


class NetworkIsClosed(RuntimeError):
    """A test tried to reach another machine."""


def close_sockets() -> None:
    """Let Python reach this machine only."""
    for name in ("connect", "connect_ex", "sendto"):
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    look_up = socket.getaddrinfo

    def only_loopback(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_far(host)
        return look_up(host, *args, **kwargs)

    setattr(socket, "getaddrinfo", only_loopback)  # noqa: B010 - mypy allows no assignment to a module's function


def left_unnamed(folders: Iterable[Path], root: Path) -> dict[Path, str]:
    """The folders that run only where they are named, with what they need, but those that are named here."""
    named = {root / folder for folder in NAMED_ONLY for path in folders if path.resolve().is_relative_to(root / folder)}
    return {root / folder: needs for folder, needs in NAMED_ONLY.items() if root / folder not in named}


def asks_a_database(item: Any) -> bool:
    """Whether a test can come out otherwise on another database, by what it uses."""
    marked = item.get_closest_marker("django_db") is not None
    return marked or bool(DATABASE & set(item.fixturenames)) or bool(COMMANDS & set(item.path.parts))


def asks_a_home(item: Any) -> bool:
    """Whether a test can come out otherwise with other rooms, by what it uses."""
    marked = any(item.get_closest_marker(name) for name in ("participants", "without_participants"))
    return marked or asks_a_database(item) or bool(OF_A_HOME & set(item.path.parts))


def runs_elsewhere(item: Any) -> bool:
    """Whether a test asks a database, and neither is of a room that can be left out nor has a home with persons."""
    marked = any(item.get_closest_marker(name) for name in ("once", "participants", "without_participants"))
    peopled = "demo" in item.nodeid or PEOPLED in item.fixturenames
    named = "participant" in item.name  # a role that goes with the room
    return asks_a_database(item) and not (marked or peopled or named or _is_of_a_room(item.path))


@cache
def _is_of_a_room(path: Path) -> bool:
    return needs_left_out_room(path, ["participants"])


def shared(item: Any) -> str:
    """Say of which folder a test shares what is made once: by a fixture or kept by a function; nothing if none."""
    made = [found[-1] for found in item._fixtureinfo.name2fixturedefs.values() if found]
    fixtures = (one.func.__module__ for one in made if one.scope != "function" and one.baseid)
    kept = (value.__module__ for value in vars(item.module).values() if hasattr(value, "cache_info"))
    return next((name.split(".")[1] for name in (*fixtures, *kept) if name.startswith("tests.")), "")


def needs_left_out_room(path: Path, rooms: Iterable[str]) -> bool:
    """Whether a test module is about a room that is left out: by its place, its name or what it imports."""
    for room in rooms:
        if room in path.parts or path.stem.startswith(f"test_{room}"):
            return True
        if path.suffix == ".py" and re.search(_imports(room), path.read_text("utf-8"), re.MULTILINE):
            return True
    return False


def _imports(room: str) -> str:
    return rf"^\s*(from|import) (finsam|tests)(\.web)?(\.{room}\b| import .*\b{room}\b)"


def _guarded(call: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, *args: Any) -> Any:
        if self.family in NETWORK and isinstance(args[-1], tuple):
            _refuse_far(args[-1][0])
        return call(self, *args)

    return guarded


def _refuse_far(host: Any) -> None:
    if host in (None, "", "localhost"):
        return
    try:
        near = ipaddress.ip_address(host).is_loopback
    except ValueError:
        near = False
    if not near:
        raise NetworkIsClosed(f"Tests reach this machine only, not {host}")
