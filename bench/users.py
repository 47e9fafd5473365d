"""Many users at a time: each clicks, reads for a while and clicks again, over a connection of its own to loopback."""

import asyncio
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Final

ANALYST: Final = "anna@finsam.example"  # of the demo
PATIENCE: Final = 60.0  # seconds until a user gives up on a page
RAMP: Final = 5.0  # seconds in which the users arrive; what they see until then is not counted
SLOW: Final = (
    "POST /logga-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\nemail=a"
)


@dataclass(frozen=True)
class Click:
    """A page that a user asks for, and the cookies that say who they are."""

    address: str
    cookies: str

    @property
    def asked(self) -> bytes:
        """The request."""
        return f"GET {self.address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {self.cookies}\r\n\r\n".encode()


@dataclass
class Seen:
    """What the users saw: seconds to the last byte of each page, and how many pages did not come as they should."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    pages: int = 0  # all that were answered, from the first on

    def note(self, seconds: float, status: str, click: Click) -> None:
        """Note a page: how long it took, and what it was answered with."""
        self.seconds.append(seconds)
        if status != "200":
            self.faults.append(f"{status} {click.address}")


@dataclass(frozen=True)
class Crowd:
    """Users who click: at which port, on what in turn, for how many seconds, and how long they read in between."""

    port: int
    clicks: Sequence[Click]
    seconds: float
    pause: float = 1.0

    def click(self, count: int) -> Seen:
        """Let so many users click."""
        return asyncio.run(self._all(count))

    async def _all(self, count: int) -> Seen:
        seen, counted = Seen(), time.perf_counter() + RAMP
        await asyncio.gather(*(self._user(number, RAMP * number / count, seen, counted) for number in range(count)))
        return seen

    async def _user(self, first: int, wait: float, seen: Seen, counted: float) -> None:
        await asyncio.sleep(wait)
        connection = None
        for click in islice(cycle(self.clicks), first, None):
            begun = time.perf_counter()
            if begun >= counted + self.seconds:
                break
            try:
                connection, status = await asyncio.wait_for(_ask(self.port, connection, click), PATIENCE)
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as fault:
                connection, status = None, type(fault).__name__
            seen.pages += 1
            if (ended := time.perf_counter()) >= counted:
                seen.note(ended - begun, status, click)
            await asyncio.sleep(self.pause)
        if connection:
            connection[1].close()


Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _ask(port: int, connection: Connection | None, click: Click) -> tuple[Connection | None, str]:
    """Ask over the connection that is there; one that the server has closed meanwhile is opened anew, once."""
    if connection is not None:
        try:
            return await _answered(connection, click)
        except (ConnectionError, asyncio.IncompleteReadError):
            connection[1].close()
    return await _answered(await asyncio.open_connection("127.0.0.1", port), click)


async def _answered(connection: Connection, click: Click) -> tuple[Connection | None, str]:
    reader, writer = connection
    writer.write(click.asked)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    status = head.split(" ", 2)[1]
    fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    await reader.readexactly(int(fields.get("content-length", "0")))
    if fields.get("connection") == "close":
        writer.close()
        return None, status
    return connection, status


@contextmanager
def standing_still(port: int, count: int, cookies: str) -> Iterator[list[socket.socket]]:
    """Connections that say they send a long form, send the beginning, and then nothing more.

    The cookies are those of a visitor of the sign-in page: without them the form is refused before it is read.
    """
    still = [socket.create_connection(("127.0.0.1", port)) for _ in range(count)]
    try:
        for one in still:
            one.sendall(SLOW.format(cookies=cookies).encode())
        yield still
    finally:
        for one in still:
            one.close()
