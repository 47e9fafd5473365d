"""Opens DuckDB in memory; what does not fit there lies in a folder that nobody else may read and that never stays."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from finsam.values import temporary

if TYPE_CHECKING:
    import duckdb

# Nothing is fetched, nothing is loaded from elsewhere.
SETTINGS: Final = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
MOST: Final = 4 * 2**30  # bytes; what needs more goes by way of the disk


@contextmanager
def opened() -> Iterator["duckdb.DuckDBPyConnection"]:
    """A DuckDB of its own, gone afterwards with everything it held."""
    import duckdb  # which is slow to load and seldom needed

    with room() as place, duckdb.connect(":memory:", config=dict(chosen(place))) as engine:
        yield engine


def chosen(place: Path) -> dict[str, str]:
    """How DuckDB is opened: FINSAM_THREADS keeps it from taking the whole machine."""
    threads: int = settings.FINSAM_THREADS
    memory = min(MOST, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 4 // 5)
    limits = {"memory_limit": f"{memory // 2**20}MiB", "temp_directory": str(place)}
    return SETTINGS | limits | ({"threads": str(threads)} if threads else {})


@contextmanager
def room() -> Iterator[Path]:
    """A folder in the home that is gone afterwards; its lock tells that somebody is still using it."""
    with temporary.folder(Path(settings.FINSAM_HOME), temporary.SPILLED) as place:
        yield place


def clear() -> None:
    """Remove what processes that were killed have left."""
    temporary.clear(Path(settings.FINSAM_HOME), temporary.SPILLED)
