"""Reads a spreadsheet in a process of its own, which may take no more memory or time than any real one needs.

A spreadsheet of a thousand bytes may say that it has seventeen thousand million cells, and whoever opens it makes room
for them; what then goes wrong ends the process and not only the reading. `python -m finsam.values.spreadsheets` gets
the file on standard input, gives a line of JSON a row, and leaves with what came of it.
"""

import io
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from finsam.values import divided
from finsam.values.sentences import SentenceError, gettext_noop

MEMORY: Final = 2**28  # bytes
SECONDS: Final = 20  # of processor
LETTERS: Final = 2 * divided.LARGEST
READ, LOCKED, UNREAD, LARGE = 0, 10, 11, 12
SENTENCES: Final = {
    LOCKED: gettext_noop("Kalkylbladet är låst med lösenord. Spara det utan."),
    UNREAD: gettext_noop("Kalkylbladet går inte att öppna. Spara det som xlsx eller CSV igen."),
}
ENDED: Final = gettext_noop(  # LARGE, or a process that was ended
    "Kalkylbladet är för stort eller skadat. Ta bort det som inte hör till tabellen, eller spara den som CSV."
)


def rows(content: bytes) -> list[list[str]]:
    """Read the first sheet that has anything in it, each cell as people see it."""
    command = [sys.executable, "-P", "-m", __name__]
    done = subprocess.run(command, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode != READ:
        raise SentenceError("sheet.spreadsheet", SENTENCES.get(done.returncode, ENDED))
    return [json.loads(line) for line in done.stdout.splitlines()]


def main() -> int:
    """Read what comes in and write its rows; gives the code to leave with."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import python_calamine  # after the limits, which are for it

    try:
        return _write(_first(python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))))
    except python_calamine.PasswordError:
        return LOCKED
    except python_calamine.CalamineError:
        return UNREAD


def _first(book: Any) -> Iterator[list[Any]]:
    for place in range(len(book.sheet_names)):
        sheet = book.get_sheet_by_index(place)
        if sheet.total_height * sheet.total_width > divided.FIELDS:
            sys.exit(LARGE)
        if found := sheet.to_python(skip_empty_area=False):
            return iter(found)
    return iter(())


def _write(found: Iterator[list[Any]]) -> int:
    left = LETTERS
    for row in found:
        line = json.dumps([shown(cell) for cell in row])
        left -= len(line)
        if left < 0:
            return LARGE
        sys.stdout.write(f"{line}\n")
    return READ


def shown(cell: Any) -> str:
    """Write a cell: a day as a day, and a number so that its point is no mark of thousands."""
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == datetime.min.time() else cell).isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        text = f"{cell:.10f}".rstrip("0")
        return f"{text}0" if len(text.partition(".")[2]) == 3 else text
    return cell.isoformat() if isinstance(cell, date) else str(cell)


if __name__ == "__main__":
    sys.exit(main())
