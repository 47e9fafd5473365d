"""Draws Sweden on the server as the content of an SVG: municipalities as paths, those of interest marked by a class."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from finsam.publications.geography import Frame, frame, outlines

HEIGHT: Final = 640


@dataclass(frozen=True)
class Map:
    """A map to put in `parts/map.html`: the size, the land, the county borders and the marked municipalities."""

    width: int
    height: int
    land: str
    counties: str
    marked: Sequence[str]


def map_of(codes: Collection[str]) -> Map:
    """Sweden with the municipalities of some codes marked."""
    paths = _paths()
    land = "".join(path for code, path in paths.items() if code not in codes)
    marked = [paths[code] for code in sorted(codes) if code in paths]
    return Map(_sweden().width, HEIGHT, land, _counties(), marked)


@cache
def _sweden() -> Frame:
    return frame(outlines("municipality").values(), HEIGHT)


@cache
def _paths() -> Mapping[str, str]:
    return {code: _sweden().path(rings) for code, rings in outlines("municipality").items()}


@cache
def _counties() -> str:
    return "".join(_sweden().path(rings) for rings in outlines("county").values())
