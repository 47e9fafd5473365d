"""The rows of a copy, read back: none that a table would not have had, however the file came to be.

Whoever has a copy can work its digests out anew, so they say nothing of who wrote it. A row is told by its line.
"""

import gzip
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from finsam.cli.home.members import DamagedError
from finsam.values import nested

BATCH: Final = 2_000
WEIGHT: Final = 2**22  # bytes of rows that are put in at a time, where they are long
LONGEST: Final = 2**24  # bytes of a row
TIMES, ROOM = 200, 2**20  # how many times as long as the file its rows may be; those of a real home are ten times
WHOLE: Final = range(-(2**63), 2**63)
TEXT: Final = frozenset({"CharField", "TextField", "EmailField", "SlugField", "URLField", "FileField"})

Convert = Callable[[Any], Any]


def read(model: Any, path: Path) -> int:
    """Put the rows of a file into an empty table; gives how many rows."""
    from django.db import DataError, IntegrityError, connection

    count, rows = 0, _lines(path)
    columns = _columns(model, path.name, next(rows, b""))
    fields = {field.column: field for field in model._meta.concrete_fields}
    convert = [_converter(fields[column]) for column in columns]
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, columns)), ", ".join(["%s"] * len(columns))
    insert = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            found = [_row(line, convert, path.name, number) for number, line in enumerate(batch, start=count + 2)]
            try:
                cursor.executemany(insert, found)
            except (DataError, IntegrityError) as fault:
                raise DamagedError(path.name) from fault
            count += len(batch)
    return count


def refuse_loose() -> None:
    """Refuse rows that name others that are not there, before they are kept."""
    from django.db import IntegrityError, connection

    try:
        connection.check_constraints()
    except IntegrityError as fault:
        raise DamagedError("tables") from fault


def _lines(path: Path) -> Iterator[bytes]:
    """Give the lines of a compressed file, as long as they are no more than it can have been made of."""
    left, number = TIMES * path.stat().st_size + ROOM, 0
    try:
        with gzip.open(path, "rb") as file:
            while line := file.readline(LONGEST + 1):
                number += 1
                left -= len(line)
                if len(line) > LONGEST or left < 0:
                    raise DamagedError(path.name, number)
                yield line
    except (EOFError, zlib.error, gzip.BadGzipFile) as fault:
        raise DamagedError(path.name, number + 1) from fault


def _batches(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    weight = 0
    for line in lines:
        batch.append(line)
        weight += len(line)
        if len(batch) == BATCH or weight > WEIGHT:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _columns(model: Any, name: str, line: bytes) -> list[str]:
    """Read the names of the columns, which are those of the table, each once."""
    own = sorted(field.column for field in model._meta.concrete_fields)
    try:
        columns: list[str] = nested.read(line)
        if sorted(columns) == own:
            return columns
    except (TypeError, ValueError) as fault:
        raise DamagedError(name, 1) from fault
    raise DamagedError(name, 1)


def _row(line: bytes, convert: Sequence[Convert], name: str, number: int) -> list[Any]:
    from django.core.exceptions import ValidationError

    try:
        values = nested.read(line)
        if isinstance(values, list):
            return [one(value) for one, value in zip(convert, values, strict=True)]
    except (ArithmeticError, TypeError, ValidationError, ValueError) as fault:
        raise DamagedError(name, number) from fault
    raise DamagedError(name, number)


def _converter(field: Any) -> Convert:
    """What the values of a column become for the database at hand; whatever cannot be one of them is a ValueError."""
    from django.db import connection

    kind = getattr(field, "target_field", field).get_internal_type()
    convert: Convert
    if kind.endswith(("IntegerField", "AutoField")):
        convert = _whole
    elif kind in TEXT:
        convert = _text
    elif kind == "BooleanField":
        convert = _truth
    elif kind == "JSONField":
        convert = lambda value: field.get_db_prep_save(value, connection)  # noqa: E731
    else:
        check = _moment if kind == "DateTimeField" else _text
        convert = lambda value: field.get_db_prep_save(field.to_python(check(value)), connection)  # noqa: E731

    def of_field(value: Any) -> Any:
        if value is None and not field.null:
            raise ValueError("A value is lacking")
        return None if value is None else convert(value)

    return of_field


def _whole(value: Any) -> int:
    if type(value) is int and value in WHOLE:
        return value
    raise ValueError("No whole number that a database holds")


def _text(value: Any) -> str:
    if isinstance(value, str) and "\0" not in value:
        value.encode()  # half a letter is none
        return value
    raise ValueError("No text")


def _truth(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError("Neither yes nor no")


def _moment(value: Any) -> str:
    if datetime.fromisoformat(_text(value)).tzinfo is not None:
        return str(value)
    raise ValueError("A moment of no place")
