"""Sealing of names and numbers, and the keyed blind index by which a number is found without being read.

Both say which key they were made with: a sealed text begins with the id of its key, and an index under another key
than the first with the id and a colon. So what is older is opened and found while the keys are changed.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

NONCE = 12
FIRST: Final = "1"  # the key of an index that names none
LACKING: Final = _(
    "Nyckelfilen saknar nyckel %(key)s, som något i databasen är låst med. Lägg tillbaka nyckelfilen som den var när "
    "databasen kopierades."
)


def seal(text: str, context: str) -> bytes:
    """Encrypt a text with AES-GCM so that it opens only in the same context; the key's id stands first."""
    ring = settings.KEYRING.encryption
    nonce = os.urandom(NONCE)
    sealed: bytes = AESGCM(ring.keys[ring.current]).encrypt(nonce, text.encode(), context.encode())
    return head(ring.current) + nonce + sealed


def unseal(sealed: bytes | memoryview, context: str) -> str:
    """Decrypt what `seal` made in the same context; raises InvalidTag when either has been changed."""
    sealed = bytes(sealed)
    end = 1 + sealed[0]
    key = _key(settings.KEYRING.encryption.keys, sealed[1:end].decode())
    opened: bytes = AESGCM(key).decrypt(sealed[end : end + NONCE], sealed[end + NONCE :], context.encode())
    return opened.decode()


def head(key: str) -> bytes:
    """What stands first in everything that is sealed with a key."""
    return bytes([len(key.encode())]) + key.encode()


def blind_index(number: str) -> str:
    """HMAC-SHA-256 of a twelve-digit number under a key of its own: 64 hexadecimal digits, and before them the key."""
    ring = settings.KEYRING.blind_index
    return _index(ring.current, ring.keys[ring.current], number)


def older_indexes(number: str) -> list[str]:
    """What a number may be indexed by that has not come under the current key."""
    ring = settings.KEYRING.blind_index
    return [_index(name, key, number) for name, key in ring.keys.items() if name != ring.current]


def knows(sealed: bytes | memoryview, index: str) -> bool:
    """Whether the keys at hand are among those that something was sealed and indexed with, by what they are called."""
    sealed, name = bytes(sealed), index.rpartition(":")[0] or FIRST
    keys = settings.KEYRING.encryption.keys
    return sealed[1 : 1 + sealed[0]].decode() in keys and name in settings.KEYRING.blind_index.keys


def prefix(key: str) -> str:
    """What stands before the digits of an index under a key."""
    return "" if key == FIRST else f"{key}:"


def person_context(controller: int, index: str, what: str) -> str:
    """What a sealed field of a person at one controller, known by one index, is bound to."""
    return f"participants.person:{controller}:{index}:{what}"


def linkage_context(fingerprint: str) -> str:
    """What the sealed key of a linkage is bound to."""
    return f"participants.linkagekey:{fingerprint}"


def linkage_code(key: bytes, number: str) -> str:
    """HMAC-SHA-256 of a twelve-digit number under the key of one linkage, as 64 hexadecimal digits."""
    return hmac.new(key, number.encode("ascii"), hashlib.sha256).hexdigest()


def _index(name: str, key: bytes, number: str) -> str:
    return prefix(name) + hmac.new(key, number.encode(), hashlib.sha256).hexdigest()


def _key(keys: Mapping[str, bytes], name: str) -> bytes:
    try:
        return keys[name]
    except KeyError:
        raise ImproperlyConfigured(LACKING % {"key": name}) from None
