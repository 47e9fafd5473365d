"""Source Sans 3 for charts and PDF, unpacked from the installed web fonts; without them the tools' own fonts serve."""

import base64
import struct
import zlib
from functools import cache
from pathlib import Path

from django.conf import settings

from finsam.values import temporary

FAMILY = "Source Sans 3"
WEIGHTS = (400, 600, 700)
SUBSET = "latin"  # a second file of the same family and weight would hide the first from Typst
FILES = "@fontsource/source-sans-3/files"
HEADER, ENTRY = 44, 20  # bytes in WOFF 1.0 (W3C Recommendation 2012-12-13, sections 4 and 5)


def installed(weight: int, ending: str) -> Path | None:
    """The web font's file, if the front-end assets are installed."""
    path = Path(settings.ASSETS) / FILES / f"source-sans-3-{SUBSET}-{weight}-normal.{ending}"
    return path if path.is_file() else None


def folder() -> Path | None:
    """A folder with the fonts as OpenType files, kept in the home; None without the assets."""
    return unpacked(Path(settings.FINSAM_HOME))


@cache
def unpacked(home: Path) -> Path | None:
    """Unpack the fonts that the home lacks or has of an older release, once in a program."""
    found = [path for weight in WEIGHTS if (path := installed(weight, "woff"))]
    if not found:
        return None
    kept = home / "fonts"
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in found:
        keep(kept / path.with_suffix(".ttf").name, opentype(path.read_bytes()))
    return kept


def keep(path: Path, content: bytes) -> None:
    """Write a file in one step unless it is there: another program may be reading it."""
    if not path.is_file() or path.read_bytes() != content:
        with temporary.file_for(path, path.parent.parent) as file:
            file.write(content)


def opentype(woff: bytes) -> bytes:
    """Unpack a WOFF 1.0 file: the same tables, not compressed, behind an OpenType directory."""
    signature, flavour, _, count, _, _ = struct.unpack(">4sIIHHI", woff[:20])
    if signature != b"wOFF":
        raise ValueError("Not a WOFF 1.0 file")
    power = 1 << (count.bit_length() - 1)
    directory = struct.pack(">IHHHH", flavour, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    start, body = len(directory) + 16 * count, b""
    for index in range(count):
        entry = woff[HEADER + ENTRY * index : HEADER + ENTRY * (index + 1)]
        tag, offset, packed, length, checksum = struct.unpack(">4sIIII", entry)
        table = woff[offset : offset + packed]
        directory += struct.pack(">4sIII", tag, checksum, start + len(body), length)
        body += (zlib.decompress(table) if packed < length else table) + b"\0" * (-length % 4)
    return directory + body


def font_faces() -> str:
    """The fonts as CSS inside a page that must stand alone; empty without the assets."""
    faces = []
    for weight in WEIGHTS:
        if path := installed(weight, "woff2"):
            packed = base64.b64encode(path.read_bytes()).decode()
            faces.append(
                f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; '
                f'src: url(data:font/woff2;base64,{packed}) format("woff2"); }}'
            )
    return "\n".join(faces)
