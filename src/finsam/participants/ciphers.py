"""Sealing of names and numbers, and the keyed blind index by which a number is found without being read."""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12


def seal(text: str, context: str) -> bytes:
    """Encrypt a text with AES-GCM so that it opens only in the same context; the key's id stands first."""
    name: bytes = settings.KEYRING.current.encode()
    nonce = os.urandom(NONCE)
    key: bytes = settings.KEYRING.encryption[settings.KEYRING.current]
    sealed: bytes = AESGCM(key).encrypt(nonce, text.encode(), context.encode())
    return bytes([len(name)]) + name + nonce + sealed


def unseal(sealed: bytes | memoryview, context: str) -> str:
    """Decrypt what `seal` made in the same context; raises InvalidTag when either has been changed."""
    sealed = bytes(sealed)
    end = 1 + sealed[0]
    key = settings.KEYRING.encryption[sealed[1:end].decode()]
    opened: bytes = AESGCM(key).decrypt(sealed[end : end + NONCE], sealed[end + NONCE :], context.encode())
    return opened.decode()


def blind_index(number: str) -> str:
    """HMAC-SHA-256 of a twelve-digit number under a key of its own, as 64 hexadecimal digits."""
    return hmac.new(settings.KEYRING.blind_index, number.encode(), hashlib.sha256).hexdigest()


def linkage_code(key: bytes, number: str) -> str:
    """HMAC-SHA-256 of a twelve-digit number under the key of one linkage, as 64 hexadecimal digits."""
    return hmac.new(key, number.encode("ascii"), hashlib.sha256).hexdigest()
