"""The keys of a home, read from their file when first asked for and never written to a log."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

from finsam.cli.language import gettext as _
from finsam.values import nested

MISSING: Final = _(
    "Nyckelfilen %(file)s finns inte. Lägg tillbaka den från din kopia, eller säg var den är med FINSAM_KEYS=. Ett "
    "nytt hem får sina nycklar av finsam init."
)
DAMAGED: Final = _("Nyckelfilen %(file)s är skadad. Lägg tillbaka den från din kopia.")
NO_CURRENT: Final = _("Nyckelfilen %(file)s saknar sin gällande nyckel. Lägg tillbaka den från din kopia.")


@dataclass(frozen=True)
class Keys:
    """Everything secret in a home: the server's own key, the keys that seal fields, and the blind index's key."""

    secret_key: str = field(repr=False)
    current: str  # the id of the key that seals what is written now; the others only open what is older
    encryption: Mapping[str, bytes] = field(repr=False)
    blind_index: bytes = field(repr=False)


def read(path: Path) -> Keys:
    """Read the key file; a missing or damaged one gives a sentence that says what to do."""
    try:
        content = nested.read(path.read_bytes())
        sealing = content["encryption"]
        keys = Keys(
            secret_key=content["secret_key"],
            current=sealing["current"],
            encryption={name: base64.b64decode(key, validate=True) for name, key in sealing["keys"].items()},
            blind_index=base64.b64decode(content["blind_index"], validate=True),
        )
    except FileNotFoundError:
        raise ImproperlyConfigured(MISSING % {"file": path}) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ImproperlyConfigured(DAMAGED % {"file": path}) from None
    if keys.current not in keys.encryption or any(len(key) != 32 for key in keys.encryption.values()):
        raise ImproperlyConfigured(NO_CURRENT % {"file": path})
    return keys
