"""The keys of a home, read from their file when first asked for and never written to a log."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ImproperlyConfigured

from finsam.cli.language import gettext as _
from finsam.values import nested

MISSING: Final = _(
    "Nyckelfilen %(file)s finns inte. Lägg tillbaka den från din kopia, eller säg var den är med FINSAM_KEYS=. Ett "
    "nytt hem får sina nycklar av finsam init."
)
DAMAGED: Final = _("Nyckelfilen %(file)s är skadad. Lägg tillbaka den från din kopia.")
NO_CURRENT: Final = _("Nyckelfilen %(file)s saknar sin gällande nyckel. Lägg tillbaka den från din kopia.")
FIRST: Final = "1"  # what the key of the blind index is called in a file from before it could be changed
SIZE: Final = 32  # bytes of a key that seals

Stamp = tuple[Path, int, int, int]


@dataclass(frozen=True)
class Ring:
    """The keys of one kind by their ids: the current one for what is written now, the others for what is older."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True)
class Keys:
    """Everything secret in a home: the server's own key, the keys that seal fields, and those of the blind index."""

    secret_key: str = field(repr=False)
    encryption: Ring
    blind_index: Ring


class KeyFile:
    """The keys in a file, read again when it has become another: a change of keys reaches every process at once.

    A file that is away or half written while a process runs leaves it the keys that it has.
    """

    def __init__(self, where: Callable[[], Path]) -> None:
        self._where = where
        self._held: tuple[Stamp | None, Keys] | None = None

    @property
    def secret_key(self) -> str:
        """The server's own key."""
        return self._now().secret_key

    @property
    def encryption(self) -> Ring:
        """The keys that seal fields."""
        return self._now().encryption

    @property
    def blind_index(self) -> Ring:
        """The keys of the blind index."""
        return self._now().blind_index

    def _now(self) -> Keys:
        held, stamp = self._held, self._stamp()
        if held is not None and stamp in (held[0], None):
            return held[1]
        try:
            self._held = stamp, read(self._where())
        except ImproperlyConfigured:
            if held is None:
                raise
            return held[1]
        return self._held[1]

    def _stamp(self) -> Stamp | None:
        try:
            found = (path := self._where()).stat()
        except OSError:
            return None
        return path, found.st_ino, found.st_mtime_ns, found.st_size


def read(path: Path) -> Keys:
    """Read the key file; a missing or damaged one gives a sentence that says what to do."""
    try:
        content = nested.read(path.read_bytes())
        index = content["blind_index"]
        keys = Keys(
            secret_key=_secret(content["secret_key"]),
            encryption=_ring(content["encryption"]),
            blind_index=_ring({"current": FIRST, "keys": {FIRST: index}} if isinstance(index, str) else index),
        )
    except FileNotFoundError:
        raise ImproperlyConfigured(MISSING % {"file": path}) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ImproperlyConfigured(DAMAGED % {"file": path}) from None
    lengths = {len(key) for key in keys.encryption.keys.values()}
    if lengths - {SIZE} or any(ring.current not in ring.keys for ring in (keys.encryption, keys.blind_index)):
        raise ImproperlyConfigured(NO_CURRENT % {"file": path})
    return keys


def _secret(content: Any) -> str:
    if not isinstance(content, str) or not content:
        raise TypeError("No text")
    return content


def _ring(content: Any) -> Ring:
    found = {name: base64.b64decode(key, validate=True) for name, key in content["keys"].items()}
    return Ring(content["current"], found)
