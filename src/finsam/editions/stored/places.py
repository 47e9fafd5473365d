"""The folders of editions: content and files together, named by what they hold, and read back only when whole."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.editions.stored import content as contents
from finsam.editions.stored.content import Content
from finsam.snapshots import folders
from finsam.values import temporary

CONTENT: Final = "edition.json"
MOST: Final = 24  # editions that are kept decoded
NAME: Final = re.compile(r"[a-z-]+-\d{4}-[0-9a-f]{12}")
Progress = Callable[[str, int, int], None]


def root() -> Path:
    """The folder of all editions of this home."""
    return Path(settings.FINSAM_HOME) / "editions"


def folder(identifier: str) -> Path:
    """Where an edition lies; refuses what is not an edition's name."""
    if not NAME.fullmatch(identifier):
        raise ValidationError(unknown(identifier))
    return root() / identifier


def unknown(identifier: str) -> str:
    """The sentence for an edition that is not there."""
    return _("Det finns ingen utgåva med ID %(id)s. Se vilka som finns: finsam edition list") % {"id": identifier}


def write(content: Content, progress: Progress) -> folders.Folder:
    """Write the content and render its files from what was written; a folder that is there and whole is left as it is.

    The files are rendered from the content as it is read back, so that they hold nothing it does not.
    """
    from finsam.publications.formats import writer  # loads what sets PDF and Excel, which most pages do without

    held = folders.compact(contents.written(content))
    back = contents.read(content.inputs.facts(), json.loads(held))
    planned = list(writer.files(back.publication))

    def each() -> Iterator[tuple[str, Callable[[], bytes]]]:
        yield CONTENT, lambda: held
        for done, (name, made) in enumerate(planned):
            progress(name, done, len(planned))
            yield name, made

    prefix = f"{content.inputs.report}-{content.inputs.year}"
    return folders.keep(root(), prefix, each(), content.inputs.facts())


def faults(identifier: str, digest: str) -> list[str]:
    """Every way in which an edition is not what it was when it was compiled; none when it is whole."""
    return folders.faults(folder(identifier), digest)


def refuse_damaged(identifier: str, digest: str, named: str = "") -> None:
    """Refuse an edition of which a byte has changed; it is `named` to those who are not told its ID."""
    if found := faults(identifier, digest):
        raise ValidationError(
            _("Utgåvan %(id)s är skadad (%(faults)s). Läs tillbaka den från en säkerhetskopia.")
            % {"id": named or identifier, "faults": ", ".join(found)}
        )


def read(identifier: str, digest: str, named: str = "") -> Content:
    """Read an edition's content; refused when anything in its folder has changed."""
    refuse_damaged(identifier, digest, named)
    return _decoded(folder(identifier), digest)


def file(identifier: str, digest: str, name: str) -> bytes:
    """Read one file of an edition; refused when it, or what the manifest says of it, has changed."""
    if not (content := folders.file(folder(identifier), digest, name)):
        raise ValidationError(
            _("Utgåvan %(id)s är skadad (%(faults)s). Läs tillbaka den från en säkerhetskopia.")
            % {"id": identifier, "faults": name}
        )
    return content


@lru_cache(maxsize=MOST)
def _decoded(place: Path, _digest: str) -> Content:
    """Decode what a whole folder holds; the same digest is the same content, whenever it is read."""
    return contents.read(folders.facts_of(place), json.loads((place / CONTENT).read_text("utf-8")))


def copy(identifier: str, digest: str, to: Path) -> None:
    """Copy an edition's folder to a new or empty one; all of its files or none."""
    from finsam.publications.formats import writer

    refuse_damaged(identifier, digest)
    to = to.resolve()
    writer.check_empty(to)
    to.parent.mkdir(parents=True, exist_ok=True)
    with temporary.folder_for(to, Path(settings.FINSAM_HOME)) as unfinished:
        shutil.copytree(folder(identifier), unfinished, dirs_exist_ok=True)
        unfinished.rename(to)
