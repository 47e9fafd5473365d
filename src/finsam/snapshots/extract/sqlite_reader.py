"""Reads an SQLite database in a process of its own: a query comes in on each line, and Arrow goes out.

ADBC has an SQLite library of its own, and two libraries that open one file in one process drop each other's locks, and
then the database is malformed (sqlite.org/howtocorrupt.html, section 2.2.1). Two processes do not.
"""

import sys
from typing import Any, cast


def main(path: str) -> None:
    """Answer until nobody asks, in one transaction: all answers are of the moment of the first.

    Standard output is opened anew: where Python is told not to buffer (`PYTHONUNBUFFERED`), a process that is stopped
    while it writes and goes on has written a part, and nobody writes the rest.
    """
    # Arrow loads NumPy where it is found, and nothing here needs it: half of the time that this takes to start.
    cast(Any, sys.modules)["numpy"] = None
    import adbc_driver_sqlite
    import pyarrow as pa

    from finsam.snapshots.extract import arrow

    with (
        open(sys.stdout.fileno(), "wb", closefd=False) as answers,
        arrow.transaction(adbc_driver_sqlite.connect(path)) as ask,
    ):
        for line in sys.stdin.buffer:
            with ask(line.decode()) as rows, pa.ipc.new_stream(answers, rows.schema) as answer:
                for batch in rows:
                    answer.write_batch(batch)
            answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
