"""What is true of late registration, told without loading what counts it."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Protocol

from finsam.disclosure.cells import Rule


class Digested(Protocol):
    """A snapshot, as far as its content tells it apart from others."""

    digest: str


def key(taken: Iterable[Digested], rule: Rule) -> str:
    """Give the same text for the same snapshots in the same order, protected by the same rule."""
    said = f"{rule.threshold} {rule.zeros_published}"
    return sha256(" ".join([said, *(one.digest for one in taken)]).encode()).hexdigest()
