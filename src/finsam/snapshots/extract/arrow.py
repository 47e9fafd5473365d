"""Runs queries over ADBC, in one transaction that gives Arrow.

By the driver's own calls and not its Python database API, which loads pandas and polars: half a second for nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import pyarrow as pa
from adbc_driver_manager import AdbcConnection, AdbcDatabase, AdbcStatement

Ask = Callable[[str], AbstractContextManager[pa.RecordBatchReader]]


@contextmanager
def transaction(database: AdbcDatabase) -> Iterator[Ask]:
    """Give what runs a query and gives its rows as they come; all queries are of one transaction."""
    with closing(database), closing(AdbcConnection(database)) as connection:
        connection.set_autocommit(False)
        yield lambda query: _rows(connection, query)


@contextmanager
def _rows(connection: AdbcConnection, query: str) -> Iterator[pa.RecordBatchReader]:
    with closing(AdbcStatement(connection)) as statement:
        statement.set_sql_query(query)
        answer, _number = statement.execute_query()
        with pa.RecordBatchReader.from_stream(answer) as rows:
            yield rows
