"""The way back in on the server, and the second administrator whom only the operator can confirm."""

import re
import sqlite3

import psycopg

from tests.cli.homes import Home, refused

ADMIN = "admin@localhost"


def rows(home: Home, query: str) -> list[tuple[object, ...]]:
    """What a home's database answers."""
    if home.database:
        with psycopg.connect(home.database) as server:
            return server.execute(query.encode()).fetchall()
    file = sqlite3.connect(home.folder / "finsam.sqlite3")
    found = file.execute(query).fetchall()
    file.close()
    return found


def test_init_says_to_invite_a_second_administrator(empty: Home) -> None:
    said = empty.run("init").stdout
    assert "Bjud sedan in en andra systemadministratör" in said
    assert "finsam user confirm ADRESS" in said
    assert "finsam user reset ADRESS" in said


def test_a_reset_on_the_server_gives_a_link_that_works_at_once_and_is_in_the_trail(prepared: Home) -> None:
    done = prepared.run("user", "reset", ADMIN.upper())
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"http://127.0.0.1:8000/inbjudan/\S+/\n", done.stdout)
    links = rows(prepared, "SELECT made_by, confirmed_at FROM access_invitation")
    assert [(maker, bool(at)) for maker, at in links] == [(None, True)]
    trail = rows(prepared, "SELECT user_id FROM access_auditrow WHERE action = 'access.invite' ORDER BY id")
    assert trail[-1] == (None,)
    assert "Ingen användare har e-postadressen" in refused(prepared.run("user", "reset", "ingen@example.invalid"))


def test_a_role_that_waits_is_confirmed_on_the_server(prepared: Home) -> None:
    assert "Ingen roll väntar" in refused(prepared.run("user", "confirm", ADMIN))
    prepared.do("tests.cli.inviting")
    done = prepared.run("user", "confirm", "andra@example.invalid")
    assert done.stdout == "Systemadministratör gäller nu för andra@example.invalid.\n", done.stderr
    held = rows(
        prepared, "SELECT confirmed_by FROM access_grant WHERE granted_by IS NOT NULL AND holds_from IS NOT NULL"
    )
    assert held == [(None,)]
