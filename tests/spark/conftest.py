"""One Spark for the whole run, and invented populations in it as snapshots."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from finsam.snapshots import engines, memory, spark
from finsam.statistics.tables.tables import Tables
from scripts import java
from tests.snapshots import folders

Places = Callable[[int], Path]
Opened = Callable[[int], Tables]


@pytest.fixture(scope="session")
def session() -> Iterator[Any]:
    """A session with two threads; what it needs is asked for here, and nowhere before."""
    if find_spec("pyspark") is None:
        pytest.fail("The tests of Spark need its packages: .venv/bin/pip install -r requirements-spark.lock")
    if java.version() < java.OLDEST:
        pytest.fail(java.MISSING)
    with spark.session("local[2]") as begun:
        yield begun


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Where a number of populations lie as a snapshot, made once."""
    return cache(lambda size: folders.laid_out(tmp_path_factory.mktemp("snapshots") / str(size), size))


@pytest.fixture(scope="session")
def in_duckdb(places: Places) -> Iterator[Opened]:
    """Populations as tables in DuckDB, opened once."""
    with ExitStack() as stack:
        yield cache(lambda size: stack.enter_context(engines.tables(places(size))))


@pytest.fixture(scope="session")
def in_spark(places: Places, in_duckdb: Opened, session: Any) -> Opened:
    """The same populations as tables in Spark, read from the same files."""

    def opened(size: int) -> Tables:
        plain = in_duckdb(size)
        names = [*engines.ROOMS, *engines.PERSONS]
        schemas = {name: getattr(plain, name).schema() for name in names}
        return Tables(
            codes=plain.codes, laid_out_through=plain.laid_out_through, **spark.over(session, places(size), schemas)
        )

    return cache(opened)


@pytest.fixture(scope="session", autouse=True)
def nothing_left() -> Iterator[None]:
    """What Spark wrote on the way is gone when it has ended."""
    yield
    memory.clear()
