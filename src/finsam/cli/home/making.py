"""Makes a home in a folder beside, gives it its name, and declares it last: what is not declared is no home.

A home whose folder is there already (a file system of its own, or one that holds the keys) is made inside it and moved
up. What could not be finished leaves nothing behind; what was killed is cleared away when a home is made the next time.
"""

import base64
import errno
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from finsam.cli import terminal
from finsam.cli.home import in_use, marked, opening, unfinished
from finsam.cli.language import gettext as _

OURS: Final = 0o700


@dataclass
class NewHome:
    """A home that is being made: its name, its key file, and the folder that it is made in."""

    home: Path
    keys: Path
    folder: Path
    finished: bool = False

    @property
    def notes(self) -> Path:
        """The folder of what is needed only while the home is made; it moves with the home."""
        top = unfinished.beside(self.home)
        return (top if top.exists() else self.home) / unfinished.NOTES

    def place(self, path: Path) -> Path:
        """Where a file of the home is while the home is made."""
        return self.folder / path.relative_to(self.home) if path.is_relative_to(self.home) else path

    def finish(self, declare: Callable[[], object]) -> None:
        """Give the home its name, and let it be declared, which writes its `Installation` row and nothing else."""
        from django.db import transaction

        marked.close_file()
        names = sorted({path.name for path in self.folder.iterdir()} - {unfinished.NOTES})
        (self.notes / unfinished.NAMES).write_text("\n".join(names), "utf-8")
        self._move(names)
        self.folder = self.home
        point(self)
        with transaction.atomic():
            declare()
            marked.unmark()
        self.finished = True
        shutil.rmtree(self.notes)

    def _move(self, names: list[str]) -> None:
        if self.folder == unfinished.beside(self.home):
            self.folder.rename(self.home)
            sync(self.home.parent)
            return
        for name in sorted(names, key=lambda name: (name.startswith("finsam.sqlite3"), name.endswith("3"))):
            (self.folder / name).rename(self.home / name)  # the database last, and its log before it
        sync(self.home)


@contextmanager
def new_home() -> Iterator[NewHome]:
    """A home to be made and finished; cleared away again if that fails, with the keys made for it."""
    from django.conf import settings

    home, keys = opening.home(), settings.FINSAM_KEYS
    in_use.refuse_served(home)
    with ExitStack() as held:
        new = NewHome(home, keys, begin(home, held))
        held.callback(abandon, new, held.pop_all())
        marked.mark()
        point(new)
        yield new


def begin(home: Path, held: ExitStack) -> Path:
    """Clear the place, take it, and make the folder that the home is made in; refused when there is a home."""
    if home.exists():
        held.enter_context(unfinished.held(home, home))
    marked.hold()
    unfinished.clear(home)
    opening.refuse_used(home)
    top = home if home.exists() else unfinished.beside(home)
    if top != home:
        top.mkdir(mode=OURS, parents=True)
        held.enter_context(unfinished.held(top, home))
    top.chmod(OURS)
    (top / unfinished.NOTES).mkdir(mode=OURS)
    if top != home:
        return top
    folder = home / unfinished.NOTES / unfinished.CONTENTS
    folder.mkdir(mode=OURS)
    return folder


def point(new: NewHome) -> None:
    """Let everything that asks where the home is be told where it is now."""
    from django.conf import settings
    from django.db import connection

    settings.FINSAM_HOME, settings.FINSAM_KEYS = new.folder, new.place(new.keys)
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = new.folder / Path(connection.settings_dict["NAME"]).name


def abandon(new: NewHome, held: ExitStack) -> None:
    """Let go of a home, and take it away if it was not finished."""
    held.close()
    if not new.finished:
        marked.close_file()
        new.folder = new.home
        point(new)
        unfinished.clear(new.home)


def write_keys(new: NewHome) -> Path:
    """Write a file of random keys that only its owner may read; one that is there is never written over."""
    if new.keys.exists():
        words = _("Nyckelfilen %(file)s finns redan. Flytta den, eller säg med FINSAM_KEYS= var den nya ska ligga.")
        terminal.refuse(words % {"file": new.keys})
    keys = {
        "secret_key": secrets.token_urlsafe(50),
        "encryption": {"current": "1", "keys": {"1": base64.b64encode(secrets.token_bytes(32)).decode()}},
        "blind_index": {"current": "1", "keys": {"1": base64.b64encode(secrets.token_bytes(32)).decode()}},
    }
    content = f"{json.dumps(keys, indent=2)}\n".encode()
    path = new.place(new.keys)
    path.parent.mkdir(mode=OURS, parents=True, exist_ok=True)
    if path == new.keys:
        unfinished.note_key(new.notes, path, content)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb", buffering=0) as file:
        if file.write(content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        os.fsync(file.fileno())
    return new.keys


def make_tables() -> None:
    """Make every table and the rows that are shipped."""
    from django.core.management import call_command

    terminal.step(_("skapar tabeller"))
    call_command("migrate", verbosity=0, interactive=False)


def sync(folder: Path) -> None:
    """Let the names in a folder be on the disk."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
