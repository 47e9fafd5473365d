"""Opens the home for a command: is it there, whose version is its database, and who acts at which moment."""

import os
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING

from finsam.cli.home import marked, sweeping, unfinished
from finsam.cli.home.undivided import as_now, is_undivided
from finsam.cli.language import gettext as _
from finsam.cli.terminal import refuse

if TYPE_CHECKING:
    from finsam.access.actors import Actor

EMPTY = _("Hemmet %(folder)s är tomt. Kör först: finsam init (tomt hem) eller finsam demo (påhittade uppgifter).")
NEWER = _("Databasen är från en nyare version av Finsam. Installera den versionen eller läs tillbaka en kopia.")
NO_DATABASE = _("Hemmet %(folder)s saknar databas. Läs tillbaka en kopia: finsam restore FIL, i en tom mapp.")
HALF = _(
    "Hemmet %(folder)s är bara ett halvt hem: det blev aldrig klart. Läs tillbaka en kopia i en tom mapp, med en tom "
    "databas: finsam restore FIL."
)
HOLDS_PERSONS = _("Hemmet innehåller personer. Det kan inte startas med FINSAM_WITHOUT=participants.")
OTHER_KEYS = _("Nycklarna i %(file)s hör till ett annat hem eller en annan tid. Lägg tillbaka de rätta från din kopia.")

PERSONS = "participants_person"
# What may lie in a home that is empty: the key file, when it was put there before the rest was restored, and what a
# file system of its own has.
KEPT_APART = {"keys.json", "lost+found"}


@dataclass(frozen=True)
class Versions:
    """Which migrations a database has that the software lacks, and the other way round, and if its codes are older."""

    newer: frozenset[tuple[str, str]]
    pending: frozenset[tuple[str, str]]
    is_new: bool
    lacks_codes: bool = False
    undivided: bool = False  # its tables have the names of before

    @property
    def is_older(self) -> bool:
        """Whether the home is from a version before this one."""
        return bool(self.pending) or self.lacks_codes or self.undivided


def version() -> str:
    """The version of the software."""
    return installed("finsam")


def home() -> Path:
    """The folder of this home."""
    from django.conf import settings

    return Path(settings.FINSAM_HOME)


def is_empty(folder: Path) -> bool:
    """Whether nothing is in the home: no file but the keys, and no table."""
    from django.db import connection

    if folder.exists() and {path.name for path in folder.iterdir()} - KEPT_APART:
        return False
    return connection.vendor == "sqlite" or not connection.introspection.table_names()


def refuse_used(folder: Path) -> None:
    """Refuse a home that is not empty."""
    if not is_empty(folder):
        refuse(_("Hemmet %(folder)s är inte tomt. Välj en tom mapp med FINSAM_HOME=.") % {"folder": folder})


def open_home() -> "Actor":
    """The operator at this moment, in a home that is prepared, whole and of this version."""
    refuse_unprepared(home())
    found = versions()
    if found.is_older:
        refuse(_("Databasen är från en äldre version. Kör: finsam upgrade"))
    return operator()


def refuse_unprepared(folder: Path) -> None:
    """Refuse a home that is missing, half, newer, without its keys, or with persons nobody would see; then sweep it."""
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    unfinished.refuse(folder)
    if is_empty(folder):
        refuse(EMPTY % {"folder": folder})
    if not marked.tables():
        refuse(NO_DATABASE % {"folder": folder})
    _ = settings.KEYRING.secret_key  # read now, so that a lost key file is said before anything starts
    found = versions()
    if found.newer:
        refuse(NEWER)
    if found.is_new:
        refuse(NO_DATABASE % {"folder": folder})
    if not marked.is_declared():
        refuse(HALF % {"folder": folder})
    if "participants" in settings.FINSAM_WITHOUT and holds_persons():
        raise ImproperlyConfigured(HOLDS_PERSONS)
    if not found.pending:
        refuse_other_keys()
    sweeping.sweep(folder)


def refuse_other_keys() -> None:
    """Refuse the keys of another home: they would open nobody, and let everyone be registered a second time."""
    from django.apps import apps
    from django.conf import settings

    if apps.is_installed("finsam.participants"):
        from finsam.participants import queries

        if not queries.open_with_keys():
            refuse(OTHER_KEYS % {"file": settings.FINSAM_KEYS})


def versions() -> Versions:
    """Compare the database with the software."""
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from finsam.codes import queries

    loader = MigrationLoader(connection)
    undivided = is_undivided(loader.applied_migrations)
    known, applied = set(loader.disk_migrations), as_now(loader.applied_migrations)
    left_out = {one for one in applied if one[0] in settings.FINSAM_WITHOUT}
    newer, pending = frozenset(applied - known - left_out), frozenset(known - applied)
    is_readable = not newer and not pending  # the table of codes is as this version knows it
    return Versions(
        newer,
        pending,
        is_new=not applied,
        lacks_codes=is_readable and bool(queries.lacking(actor=operator())),
        undivided=undivided,
    )


def holds_persons() -> bool:
    """Whether the database has rows about persons, asked without the room that is left out."""
    from django.db import connection

    if PERSONS not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {PERSONS}")  # noqa: S608 - a constant
        return bool(cursor.fetchone()[0])


def operator() -> "Actor":
    """The operator of the server, at the moment it is in this home."""
    from django.utils import timezone

    from finsam.access import queries
    from finsam.access.clock import moment

    return queries.system_actor(at=moment(timezone.now()))


def is_demo() -> bool:
    """Whether this is a demo home."""
    from finsam.access import queries

    found = queries.installation()
    return found is not None and found.is_demo


def acting(email: str | None) -> "Actor":
    """Who acts: the user that the operator names, or the operator."""
    from finsam.access import queries

    actor = open_home()
    return queries.acting(actor=actor, email=email) if email else actor


def address() -> str:
    """The address that people use: FINSAM_ADDRESS, or this machine."""
    port = os.environ.get("PORT") or "8000"
    return (os.environ.get("FINSAM_ADDRESS") or f"http://127.0.0.1:{port}").rstrip("/")
