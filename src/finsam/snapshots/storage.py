"""Snapshot folders: found by their name, and checked byte by byte against their digest."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.snapshots import folders, rules

if TYPE_CHECKING:
    from finsam.statistics.tables.tables import Codes


NAME: Final = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Facts:
    """What the manifest of a snapshot says: its day, its files, the numbers of its codes and the home's directions."""

    as_of: date
    codes: "Codes"
    files: Collection[str]
    directions: Mapping[str, Mapping[str, str]]


def root() -> Path:
    """The folder of all snapshots of this home."""
    return Path(settings.FINSAM_HOME) / "snapshots"


def folder(identifier: str) -> Path:
    """Where a snapshot lies; refuses what is not a snapshot's name."""
    if not NAME.fullmatch(identifier):
        raise ValidationError(
            _("”%(name)s” är inget snapshot-ID. Se vilka som finns: finsam snapshot list"), params={"name": identifier}
        )
    return root() / identifier


def facts(place: Path) -> Facts:
    """Read what a snapshot's manifest says; refuses one of a newer version and one that lacks a file."""
    if not (place / folders.MANIFEST).is_file():
        raise ValidationError(_lacks(place, folders.MANIFEST))
    said = folders.facts_of(place)
    match said:
        case {"schema_version": int(), "as_of": str(day), "codes": dict(codes), "files": dict(files)}:
            refuse_newer(said)
        case _:
            raise folders.unread(place)
    if lost := sorted(name for name in files if not (place / name).is_file()):
        raise ValidationError(_lacks(place, ", ".join(lost)))
    return Facts(_day(place, day), codes, files, said.get("directions", {}))


def _day(place: Path, day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError as fault:
        raise folders.unread(place) from fault


def faults(identifier: str, digest: str) -> list[str]:
    """Every way in which a snapshot is not what it was when it was taken, as sentences; none when it is whole."""
    place = folder(identifier)
    found = folders.faults(place, digest)
    if not found:
        refuse_newer(folders.facts_of(place))
    return found


def refuse_damaged(identifier: str, digest: str) -> None:
    """Refuse a snapshot of which a byte has changed, with the command that takes another of the same day."""
    if found := faults(identifier, digest):
        raise ValidationError(
            _("Ögonblicksbilden %(id)s är skadad (%(faults)s). Ta en ny: finsam snapshot take --as-of %(day)s")
            % {"id": identifier, "faults": ", ".join(found), "day": identifier[:10]}
        )


def refuse_newer(facts: Mapping[str, Any]) -> None:
    """Refuse a snapshot written by a newer version of the software."""
    if facts["schema_version"] > rules.SCHEMA_VERSION:
        raise ValidationError(
            _("Ögonblicksbilden är skriven av en nyare version av Finsam. Uppgradera Finsam och försök igen.")
        )


def _lacks(place: Path, files: str) -> str:
    return _(
        "Ögonblicksbilden %(id)s saknar %(files)s. Läs tillbaka den från en kopia, eller ta om den: "
        "finsam snapshot take --as-of %(day)s"
    ) % {"id": place.name, "files": files, "day": place.name[:10]}
