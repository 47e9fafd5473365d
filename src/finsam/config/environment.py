"""What the environment says: where the home is, which database, which rooms are left out, at which address."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from finsam.cli.language import gettext as _
from finsam.config.sqlite import SwedishConnection
from finsam.disclosure.cells import LEAST_THRESHOLD, Rule

OPTIONAL_ROOMS: Final = frozenset({"participants"})
ADDRESS_OF_DATABASE: Final = _(
    "FINSAM_DATABASE_URL ska se ut så här: postgresql://användare:lösenord@värd:5432/databas. "
    "Skriv tecknen / ? # @ : i lösenordet som %2F %3F %23 %40 %3A."
)
# What is saved is on the disk before anyone is told so, and what is deleted is overwritten with zeros.
SQLITE: Final = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON"
# What the cookies are called; at an https address with the prefix that binds them to this very server.
COOKIES: Final = {
    "SESSION": "sessionid",
    "CSRF": "csrftoken",
    "LANGUAGE": "language",
    "MESSAGE": "messages",
    "USED": "used",
}
LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


def home() -> Path:
    """The folder of database, snapshots and (by default) keys."""
    return Path(os.environ.get("FINSAM_HOME") or "var").resolve()


def key_file(home: Path) -> Path:
    """The file with the keys: in the home unless FINSAM_KEYS says elsewhere."""
    return Path(os.environ.get("FINSAM_KEYS") or home / "keys.json").resolve()


def left_out() -> frozenset[str]:
    """The rooms this installation does without."""
    names = frozenset(name.strip() for name in os.environ.get("FINSAM_WITHOUT", "").split(",") if name.strip())
    if unknown := names - OPTIONAL_ROOMS:
        optional = ", ".join(sorted(OPTIONAL_ROOMS))
        raise ImproperlyConfigured(
            _("FINSAM_WITHOUT nämner %(names)s. Bara %(optional)s kan utelämnas.")
            % {"names": ", ".join(sorted(unknown)), "optional": optional}
        )
    return names


def database(home: Path) -> dict[str, Any]:
    """Django's description of the database: SQLite in the home, or the PostgreSQL of FINSAM_DATABASE_URL."""
    url = os.environ.get("FINSAM_DATABASE_URL", "")
    return postgresql(url) if url else sqlite(home / "finsam.sqlite3")


def sqlite(path: Path) -> dict[str, Any]:
    """One writer at a time, who says so before it reads, so that two can never overtake each other."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,  # to open it costs as much as ten queries; a home that is served is not exchanged
        "OPTIONS": {
            "factory": SwedishConnection,
            "init_command": SQLITE,
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """Take postgresql://user:password@host:port/name?option=value apart; what is wrong with it is never quoted."""
    try:
        parts = urlsplit(url)
        port = str(parts.port or "")
    except ValueError:  # it quotes what stands after the colon, which can be the password
        raise ImproperlyConfigured(ADDRESS_OF_DATABASE) from None
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(ADDRESS_OF_DATABASE)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options(parts.query),
    }


def options(query: str) -> dict[str, str]:
    """What stands after ? in the address of the database; refused when PostgreSQL knows nothing of the kind."""
    from psycopg import ProgrammingError
    from psycopg.conninfo import make_conninfo

    found = dict(parse_qsl(query))
    try:
        make_conninfo(**found)
    except ProgrammingError:
        raise ImproperlyConfigured(
            _("FINSAM_DATABASE_URL har ett val efter ? som PostgreSQL inte känner. Ett som går är ?sslmode=require.")
        ) from None
    return found


def threads() -> int:
    """How many threads the statistics may take; 0 lets them take what the machine has."""
    written = os.environ.get("FINSAM_THREADS") or "0"
    if not written.isdecimal():
        raise ImproperlyConfigured(_("FINSAM_THREADS ska vara ett heltal, till exempel 2."))
    return int(written)


def rule() -> Rule:
    """What this installation hides: counts of persons under FINSAM_THRESHOLD, and zeros if FINSAM_HIDE_ZEROS is 1.

    Of groups under FINSAM_LEAST_GROUP nothing sensitive is shown.
    """
    written = os.environ.get("FINSAM_THRESHOLD") or str(Rule().threshold)
    if not written.isdecimal() or int(written) < LEAST_THRESHOLD:
        words = _("FINSAM_THRESHOLD ska vara ett heltal, minst %(least)s, till exempel 5.")
        raise ImproperlyConfigured(words % {"least": LEAST_THRESHOLD})
    zeros = os.environ.get("FINSAM_HIDE_ZEROS") or "0"
    if zeros not in {"0", "1"}:
        raise ImproperlyConfigured(_("FINSAM_HIDE_ZEROS ska vara 1 för att dölja nollor, annars 0."))
    group = os.environ.get("FINSAM_LEAST_GROUP") or str(Rule().least_group)
    if not group.isdecimal():
        raise ImproperlyConfigured(_("FINSAM_LEAST_GROUP ska vara ett heltal, till exempel 10."))
    return Rule(int(written), zeros_published=zeros == "0", least_group=int(group))


def public_address() -> str:
    """The address that people use, as FINSAM_ADDRESS says it; empty when the server is for this machine only."""
    return os.environ.get("FINSAM_ADDRESS", "").rstrip("/")


def proxy() -> str:
    """The machine whose word is taken for where a request came from: FINSAM_PROXY, or what runs beside the server."""
    return os.environ.get("FINSAM_PROXY") or ("127.0.0.1" if public_address() else "")


def is_unencrypted() -> bool:
    """Whether FINSAM_UNENCRYPTED allows a public address of http, for a network of one's own."""
    return os.environ.get("FINSAM_UNENCRYPTED", "") == "1"


def address() -> Mapping[str, Any]:
    """What follows from FINSAM_ADDRESS, the public https address; without it the server is for this machine only."""
    public = public_address()
    if not public:
        return {"ALLOWED_HOSTS": [*LOOPBACK]}
    parts = urlsplit(public)
    if parts.scheme not in {"https", "http" if is_unencrypted() else "https"} or not parts.hostname:
        raise ImproperlyConfigured(
            _("FINSAM_ADDRESS ska vara den publika adressen, till exempel https://finsam.example.se")
        )
    names: dict[str, Any] = {"ALLOWED_HOSTS": [parts.hostname, *LOOPBACK], "CSRF_TRUSTED_ORIGINS": [public]}
    if parts.scheme == "http":
        return names
    return names | {
        **{f"{name}_COOKIE_NAME": f"__Host-{plain}" for name, plain in COOKIES.items()},
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_SSL_HOST": parts.netloc,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https"),
    }
