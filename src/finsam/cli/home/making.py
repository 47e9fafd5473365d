"""Makes a home: its folder, its keys, its tables. A home that could not be finished leaves nothing behind."""

import base64
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from finsam.cli import terminal
from finsam.cli.home import opening
from finsam.cli.language import gettext as _


@contextmanager
def new_home() -> Iterator[Path]:
    """An empty folder to make a home in; emptied again if that fails, and the keys made for it taken away."""
    from django.conf import settings

    folder = opening.home()
    opening.refuse_used(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    kept = {path.name for path in folder.iterdir()}
    had_keys = settings.FINSAM_KEYS.exists()
    finished = False
    try:
        yield folder
        finished = True
    finally:
        if not finished:
            empty(folder, kept)
            if not had_keys:
                settings.FINSAM_KEYS.unlink(missing_ok=True)


def empty(folder: Path, kept: set[str]) -> None:
    """Take away what was put in a home that was empty: tables of a server's database, files of the folder."""
    from django.db import connection, connections

    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
    connections.close_all()
    for path in folder.iterdir():
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def write_keys() -> Path:
    """Write a file of random keys that only its owner may read; one that is there is never written over."""
    from django.conf import settings

    path: Path = settings.FINSAM_KEYS
    if path.exists():
        words = _("Nyckelfilen %(file)s finns redan. Flytta den, eller säg med FINSAM_KEYS= var den nya ska ligga.")
        terminal.refuse(words % {"file": path})
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = {
        "secret_key": secrets.token_urlsafe(50),
        "encryption": {"current": "1", "keys": {"1": base64.b64encode(secrets.token_bytes(32)).decode()}},
        "blind_index": {"current": "1", "keys": {"1": base64.b64encode(secrets.token_bytes(32)).decode()}},
    }
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(keys, file, indent=2)
        file.write("\n")
    return path


def make_tables() -> None:
    """Make every table and the rows that are shipped."""
    from django.core.management import call_command

    terminal.step(_("skapar tabeller"))
    call_command("migrate", verbosity=0, interactive=False)
