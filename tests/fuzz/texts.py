"""What is done to bytes, lines and values of files that were whole."""

import random
from typing import Any

DEEP = b"[" * 100_000
LINES = (
    DEEP,
    DEEP + b"]" * 100_000,
    b'{"a":' * 50_000,
    b"[" + b"[]," * 1_000_000 + b"[]]",
    b"[" * 300 + b"]" * 300,
    b"{}",
    b"[]",
    b"null",
    b'"text"',
    b"[1" + b"0" * 10_000 + b"]",
    b"[" + b"9" * 400 + b"]",
    b"[NaN]",
    b"",
    b'["' + b"x" * 20_000_000 + b'"]',
)
VALUES: tuple[Any, ...] = (
    None, True, "", "x", "\0", "\ud800", -1, 2**31, 2**63, 2**200, 1.5, float("nan"), [], {}, [[[]]], {"a": {}},
    "å" * 5000,
    "0000-00-00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2021-01-01", "2021-01-01T00:00:00",
    "NaN", "Infinity", "====", "AAA", 10**9,
)  # fmt: skip


def flipped(draw: random.Random, content: bytes) -> bytes:
    """A few bytes are others."""
    held = bytearray(content)
    for _ in range(draw.choice([1, 1, 3, 20])):
        held[draw.randrange(len(held))] ^= 1 << draw.randrange(8)
    return bytes(held)


def broken(draw: random.Random, content: bytes) -> bytes:
    """Cut, flipped, doubled, or with something else in it."""
    place = draw.randrange(len(content))
    return draw.choice(
        [
            content[:place],
            content[place:],
            content + content[:place],
            content[:place] + draw.randbytes(20) + content[place:],
            flipped(draw, content),
            b"",
            b"\n" + content,
        ]
    )


def line(draw: random.Random, held: bytes) -> bytes:
    """A line of JSON of another form."""
    changed = (
        held[:-1],
        held.replace(b",", b", 1,", 1),
        held.replace(b",", b";", 1),
        b"\xff\xfe" + held,
        held.decode("utf-8", "replace").encode("utf-16"),
        held + held,
    )
    return draw.choice(LINES + changed)
