"""Draws Sweden on the server as the content of an SVG: municipalities as paths, those of interest marked by a class."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from finsam.reporting.geography import Ring, outlines

HEIGHT: Final = 640
GRID: Final = 2  # half a unit of the drawing: points that fall together are one, and shared borders stay shared


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
    return Map(_width(), HEIGHT, land, _counties(), [paths[code] for code in sorted(codes) if code in paths])


@cache
def _paths() -> Mapping[str, str]:
    return {code: _path(rings) for code, rings in outlines("municipality").items()}


@cache
def _counties() -> str:
    return "".join(_path(rings) for rings in outlines("county").values())


@cache
def _frame() -> tuple[float, float, float, float]:
    """The left and top edges, and the width and height, of Sweden in the projection's own measure."""
    points = [point for rings in outlines("municipality").values() for ring in rings for point in ring]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _width() -> int:
    _left, _top, width, height = _frame()
    return round(HEIGHT * width / height)


def _path(rings: Iterable[Ring]) -> str:
    return "".join(_ring(ring) for ring in rings)


def _ring(ring: Ring) -> str:
    """A ring as a relative path on the grid; one too small to see is left out."""
    left, top, _width, height = _frame()
    scale = HEIGHT * GRID / height
    snapped = [(round((x - left) * scale), round((y - top) * scale)) for x, y in ring]
    points = [point for before, point in zip([None, *snapped], snapped, strict=False) if point != before]
    if len(points) < 4:
        return ""
    steps = [(x - x0, y - y0) for (x0, y0), (x, y) in pairwise(points[:-1])]
    return f"M{_number(points[0])}l{' '.join(_number(step) for step in steps)}z"


def _number(point: tuple[int, int]) -> str:
    return ",".join(f"{value / GRID:g}" for value in point)
