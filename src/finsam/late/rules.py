"""What is true of late registration, told without loading what counts it."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Protocol

from finsam.disclosure.cells import Rule


class Digested(Protocol):
    """A snapshot or an edition, as far as its content tells it apart from others."""

    digest: str


def key(taken: Iterable[Digested], published: Iterable[Digested], rule: Rule) -> str:
    """Give the same text for the same snapshots and editions in the same order, protected by the same rule."""
    said = f"{rule.threshold} {rule.zeros_published}"
    parts = [said, *(one.digest for one in taken), "beside", *(one.digest for one in published)]
    return sha256(" ".join(parts).encode()).hexdigest()
