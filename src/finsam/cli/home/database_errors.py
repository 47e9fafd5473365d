"""What is wrong with a database, in a sentence that says what to do; never the driver's words, never a password."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import DatabaseError, OperationalError, connection

from finsam.cli.language import gettext as _
from finsam.values.causes import chain

UNOPENED: Final = _(
    "Det gick inte att öppna databasen %(database)s på %(server)s som %(user)s. Kontrollera att adress, användare, "
    "lösenord och databas i FINSAM_DATABASE_URL stämmer."
)
SILENT: Final = _(
    "Databasservern %(server)s svarar inte. Kontrollera att den är igång och att FINSAM_DATABASE_URL stämmer."
)
ILL: Final = _("Databasservern %(server)s klarar inte sitt arbete. Se i dess logg vad som fattas.")
BUSY: Final = _("Databasen är upptagen av något annat. Försök igen om en stund.")
FULL: Final = _("Disken är full. Frigör utrymme där %(file)s ligger och försök igen.")
DAMAGED: Final = _("Databasen %(file)s är skadad. Läs tillbaka en kopia i en tom mapp: finsam restore FIL.")
NOT_ALLOWED: Final = _(
    "Användaren %(user)s får inte skapa det som behövs i databasen %(database)s. Gör användaren till databasens ägare: "
    "ALTER DATABASE %(database)s OWNER TO %(user)s."
)
NO_EXTENSION: Final = _(
    "Databasservern %(server)s saknar btree_gist. Installera paketet postgresql-contrib och försök igen."
)
NO_SWEDISH: Final = _(
    "Databasservern %(server)s saknar svensk sortering (sv-x-icu). Använd en PostgreSQL byggd med ICU."
)
TOO_OLD: Final = _("Databasservern %(server)s är för gammal. Använd PostgreSQL 15 eller nyare.")

# What libpq and the server say when a connection fails, which has no code of its own. The first that fits is said.
CONNECTING: Final[Sequence[tuple[Sequence[str], str]]] = (
    (
        ("password authentication failed", "no password supplied", 'FATAL:  role "'),
        _("Databasservern %(server)s tar inte emot användaren %(user)s med det lösenordet. Rätta FINSAM_DATABASE_URL."),
    ),
    (
        ('FATAL:  database "',),
        _("Databasen %(database)s finns inte på %(server)s. Skapa den, eller rätta FINSAM_DATABASE_URL."),
    ),
    (
        ("permission denied for database", "pg_hba.conf"),
        _("Användaren %(user)s får inte öppna databasen %(database)s på %(server)s. Ge den behörighet i PostgreSQL."),
    ),
    (
        ("bad value for", "invalid sslmode", "invalid connection option"),
        _("Ett val efter ? i FINSAM_DATABASE_URL går inte. Ett som går är ?sslmode=require."),
    ),
    (("SSL",), _("%(server)s och FINSAM_DATABASE_URL är inte överens om kryptering. Rätta sslmode= i adressen.")),
    (("failed to resolve host",), _("Datorn %(host)s finns inte. Rätta FINSAM_DATABASE_URL.")),
    (
        ("Connection refused", "No such file", "timeout", "timed out", "unexpectedly", "unreachable", "No route"),
        SILENT,
    ),
)
# PostgreSQL's own codes, or the first two signs of them (postgresql.org/docs/current/errcodes-appendix.html).
STATES: Final[Mapping[str, str]] = {
    "53100": _("Disken på databasservern %(server)s är full. Frigör utrymme och försök igen."),
    "53300": _("Databasservern %(server)s har inga lediga förbindelser. Försök igen om en stund."),
    "42501": NOT_ALLOWED,
    "55P03": BUSY,
    "08": SILENT,
    "40": BUSY,
    "53": ILL,
    "57": SILENT,
    "58": ILL,
}
LACKING: Final = (("btree_gist", NO_EXTENSION), ("sv-x-icu", NO_SWEDISH))
# SQLite's primary codes (sqlite.org/rescode.html).
CODES: Final[Mapping[int, str]] = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: FULL,  # no room for the index of its log
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_READONLY: _("Du får inte skriva i %(file)s. Kontrollera vem som äger filen och mappen."),
    sqlite3.SQLITE_PERM: _("Du får inte öppna %(file)s. Kontrollera vem som äger filen och mappen."),
    sqlite3.SQLITE_CANTOPEN: _("Det går inte att öppna %(file)s. Kontrollera att mappen finns och vem som äger den."),
    sqlite3.SQLITE_IOERR: _(
        "Det går inte att läsa eller skriva %(file)s. Kontrollera att disken är hel och inte full."
    ),
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
}


def sentence(fault: DatabaseError) -> str | None:
    """What to do about a database that cannot be used as it is; None when the fault is a bug of ours."""
    ours = any(isinstance(one, sqlite3.Error) for one in chain(fault))
    words = of_sqlite(fault) if ours else of_postgresql(fault)
    return words and words % named()


def of_sqlite(fault: BaseException) -> str | None:
    """The sentence of SQLite's code; a statement it does not understand is a bug, though Django names it alike."""
    codes = (getattr(one, "sqlite_errorcode", None) for one in chain(fault))
    code = next((found for found in codes if found is not None), None)
    return None if code is None else CODES.get(code) or CODES.get(code & 0xFF)


def of_postgresql(fault: BaseException) -> str | None:
    """The sentence of PostgreSQL's code, or of what is said where there is none."""
    text = " ".join(str(one) for one in chain(fault))
    states = (getattr(one, "sqlstate", None) for one in chain(fault))
    state = next((found for found in states if found), None)
    if state is not None:
        lacking = next((words for name, words in LACKING if name in text), None)
        return STATES.get(state) or lacking or STATES.get(state[:2])
    if "or later is required" in text:
        return TOO_OLD
    known = next((words for signs, words in CONNECTING if any(sign in text for sign in signs)), None)
    return known or (UNOPENED if isinstance(fault, OperationalError) else None)


def named() -> dict[str, str]:
    """What the sentences name: where the database is and who asks, never the password."""
    facts = connection.settings_dict
    host, port = (str(facts["OPTIONS"].get(name) or facts[name.upper()] or "") for name in ("host", "port"))
    name = str(facts["NAME"])
    server = f"{host or 'localhost'}:{port or 5432}"
    return {"server": server, "host": host, "user": str(facts["USER"]), "database": name, "file": name}
