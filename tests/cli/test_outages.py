"""What is away for a while is waited for: a database server that starts anew, a lock on SQLite, a killed process."""

import os
import re
import signal
import sqlite3
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from scripts import postgres
from scripts.postgres import free_port
from tests.cli.homes import Home
from tests.cli.peopling import EMAIL, PASSWORD
from tests.cli.served import PATIENCE, children, soon, started, status


class Visitor:
    """Someone who keeps cookies and sends forms."""

    def __init__(self, port: int) -> None:
        self.site = f"http://127.0.0.1:{port}"
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def get(self, address: str) -> tuple[int, str]:
        """A page."""
        return self._ask(address, None)

    def sign_in(self) -> tuple[int, str]:
        """Signing in, which writes: when it was, and the session."""
        _, form = self.get("/logga-in/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token
        fields = {"csrfmiddlewaretoken": token[1], "email": EMAIL, "password": PASSWORD}
        return self._ask("/logga-in/", urllib.parse.urlencode(fields).encode())

    def _ask(self, address: str, body: bytes | None) -> tuple[int, str]:
        try:
            with self.browser.open(self.site + address, body, timeout=PATIENCE) as page:
                return page.status, page.read().decode()
        except urllib.error.HTTPError as fault:
            return fault.code, fault.read().decode()


@pytest.fixture
def peopled(prepared: Home) -> Home:
    """A home with someone who may sign in."""
    prepared.do("tests.cli.peopling")
    return prepared


@pytest.mark.once
def test_without_a_database_a_page_says_so(prepared: Home) -> None:
    """Nobody listens at this port: the page is made without the database, and says what to do."""
    away = prepared.but(FINSAM_DATABASE_URL=f"postgresql://finsam:x@127.0.0.1:{free_port()}/finsam")
    code, again, page = away.do("tests.cli.asking").split("\n", 2)
    assert (code, again) == ("503", "10")
    assert "Databasen svarar inte eller är upptagen. Det du senast skickade är inte sparat." in page


@pytest.mark.once
@pytest.mark.slow
def test_a_lock_on_sqlite_for_half_a_minute_stops_only_what_is_saved(peopled: Home) -> None:
    port = free_port()
    with started(peopled, port) as server, closing(sqlite3.connect(peopled.folder / "finsam.sqlite3")) as holder:
        before = children(server)
        holder.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        saving = [threading.Thread(target=lambda: said.append(Visitor(port).sign_in())) for _ in range(3)]
        said: list[tuple[int, str]] = []
        for one in saving:
            one.start()
        while time.monotonic() < begun + 30:
            assert Visitor(port).get("/logga-in/")[0] == 200
            time.sleep(1)
        for one in saving:
            one.join(PATIENCE)
        assert [code for code, _ in said] == [503, 503, 503]
        assert all("är inte sparat" in page for _, page in said)
        holder.rollback()
        assert Visitor(port).sign_in()[0] == 200
        assert soon(lambda: sorted(children(server).values()) == sorted(before.values()))


@pytest.mark.once
@pytest.mark.slow
def test_a_database_server_that_starts_anew_is_waited_for(tmp_path: Path) -> None:
    with postgres.cluster() as cluster:
        home = Home(tmp_path / "home", cluster.address)
        assert not home.run("init").returncode
        home.do("tests.cli.peopling")
        port = free_port()
        with started(home, port) as server:
            visitor = Visitor(port)
            assert visitor.sign_in()[0] == 200
            for _ in range(3):
                cluster.stop()
                code, page = visitor.get("/")
                assert code == 503
                assert "Databasen svarar inte" in page
                time.sleep(3)  # the worker looks for work meanwhile, and finds nobody
                cluster.start()
                assert soon(lambda: visitor.get("/")[0] == 200)
            assert soon(lambda: "work" in children(server).values())
            assert home.run("snapshot", "take").returncode == 0


def is_replaced(server: "subprocess.Popen[str]", killed: int, count: int) -> bool:
    """Whether another has come in the place of one that was killed."""
    now = children(server)
    return killed not in now and len(now) == count


def killings(home: Home, port: int, rounds: int) -> Iterator[str]:
    """Kill one child after the other while somebody looks at pages; gives what each was."""
    with started(home, port) as server:
        for number in range(rounds):
            running = sorted(children(server).items())
            process, name = running[number % len(running)]
            os.kill(process, signal.SIGKILL)
            assert soon(partial(is_replaced, server, process, len(running)))
            assert status(port) == 200
            yield name


@pytest.mark.once
@pytest.mark.slow
def test_each_process_can_be_killed_again_and_again(peopled: Home) -> None:
    killed = list(killings(peopled, free_port(), 9))
    print(f"{len(killed)} processes killed while the home was served")
    assert {"pages", "work"} == set(killed)
