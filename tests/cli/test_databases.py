"""A database that cannot be used is told in Swedish, with what to do, and never with the password."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import DatabaseError, NotSupportedError, OperationalError, ProgrammingError
from psycopg import errors

from finsam.cli.home import database_errors
from tests.cli.homes import Home, refused
from tests.cli.test_help import ENGLISH

SECRET = "hemligt"
GUEST = f"finsam_guest_{os.getpid()}"
SERVER = os.environ.get("FINSAM_DATABASE_URL", "")


def at_server(user: str, database: str) -> str:
    """An address at the server of this run, for a user with a known password."""
    place = urlsplit(SERVER).netloc.rpartition("@")[2]
    return urlunsplit(("postgresql", f"{user}:{SECRET}@{place}", f"/{database}", "", ""))


UNUSABLE = [(f"postgresql://eva:{SECRET}@127.0.0.1:1/finsam", "Databasservern 127.0.0.1:1 svarar inte")]
UNUSABLE += [(f"postgresql://eva:{SECRET}@ingen.invalid/finsam", "Datorn ingen.invalid finns inte")]
if SERVER:
    UNUSABLE += [
        (at_server("finsam", "postgres"), "tar inte emot användaren finsam med det lösenordet"),
        (at_server(GUEST, "finsam_saknas"), "Databasen finsam_saknas finns inte på 127.0.0.1"),
        (at_server(GUEST, "postgres"), "får inte skapa det som behövs i databasen postgres"),
        (at_server(GUEST, "postgres") + "?sslmode=require", "inte överens om kryptering"),
        (at_server(GUEST, "postgres") + "?sslmode=ibland", "Ett val efter ? i FINSAM_DATABASE_URL går inte"),
        (at_server(GUEST, "postgres") + "?speed=full", "har ett val efter ? som PostgreSQL inte känner"),
    ]


@pytest.fixture
def guest() -> Iterator[None]:
    """A user of the server, where there is one, who may sign in and nothing else."""
    if not SERVER:
        yield
        return
    with psycopg.connect(SERVER, autocommit=True) as own:
        own.execute(f"CREATE ROLE {GUEST} LOGIN PASSWORD '{SECRET}'".encode())
        yield
        own.execute(f"DROP ROLE {GUEST}".encode())


@pytest.mark.usefixtures("guest")
@pytest.mark.parametrize(("address", "words"), UNUSABLE, ids=[words for _address, words in UNUSABLE])
def test_a_database_that_cannot_be_used_says_what_to_do(tmp_path: Path, address: str, words: str) -> None:
    home = Home(tmp_path / "home", address)
    said = refused(home.run("init"))
    assert words in said
    assert SECRET not in said
    assert not ENGLISH.findall(said)
    assert home.files() == set()


def test_an_address_with_a_password_that_is_not_written_for_addresses_is_not_shown(tmp_path: Path) -> None:
    said = refused(Home(tmp_path / "home", f"postgresql://eva:{SECRET}/x@h/finsam").run("init"))
    assert said.startswith("FINSAM_DATABASE_URL ska se ut så här")
    assert SECRET not in said


@pytest.mark.parametrize(
    ("fault", "cause", "words"),
    [
        (
            NotSupportedError,
            errors.FeatureNotSupported('extension "btree_gist" is not available'),
            "postgresql-contrib",
        ),
        (ProgrammingError, errors.UndefinedObject('collation "sv-x-icu" does not exist'), "svensk sortering"),
        (OperationalError, errors.DiskFull("could not extend file"), "är full"),
        (OperationalError, errors.TooManyConnections("sorry"), "inga lediga förbindelser"),
        (OperationalError, errors.AdminShutdown("terminating connection"), "svarar inte"),
        (OperationalError, psycopg.OperationalError("något på ett annat språk"), "Kontrollera att adress"),
        (NotSupportedError, None, "PostgreSQL 15 eller nyare"),
    ],
)
def test_what_a_server_lacks_is_a_sentence(fault: type[DatabaseError], cause: Exception | None, words: str) -> None:
    raised = fault("PostgreSQL 14 or later is required (found 13)." if cause is None else str(cause))
    raised.__cause__ = cause
    assert words in str(database_errors.sentence(raised))


@pytest.mark.parametrize("cause", [errors.SyntaxError("at or near"), errors.UndefinedTable("nothing")])
def test_a_statement_that_a_server_does_not_understand_is_a_bug(cause: Exception) -> None:
    raised = ProgrammingError(str(cause))
    raised.__cause__ = cause
    assert database_errors.sentence(raised) is None


def test_a_file_that_is_no_database_is_a_sentence(made: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.folder.mkdir()
    shutil.copy(made.folder / "keys.json", home.folder)
    (home.folder / "finsam.sqlite3").write_bytes(b"damaged" * 1000)
    assert "finsam.sqlite3 är skadad" in refused(home.run("snapshot", "list"))
    assert (home.folder / "finsam.sqlite3").read_bytes() == b"damaged" * 1000
