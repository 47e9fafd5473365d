"""What every address answers each role, as a table one reads: `python -m tests.house.routes write`.

The command asks the product and writes `routes.txt`, a column a role; whoever changes who may do what reviews the
difference of that file. An address that is new is given the record that its name or its arguments name; where they
name none, its line is begun by hand with the records it is about.
"""

import argparse
import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import django
import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import URLPattern, reverse

PLACE: Final = Path(__file__).with_name("routes.txt")
NONE: Final = "."
NOTE: Final = """\
# What each role is answered by each address: about a record at home / of another association.
#   + shown, or done, or told what is wrong with what was sent     - refused     0 nothing there
# Written by python -m tests.house.routes write. Read the difference; change who may do what in the product.
"""
LETTERS: Final = {200: "+", 204: "+", 302: "+", 400: "+", 403: "-", 404: "0", 409: "+", 410: "+", 422: "+"}


@dataclass(frozen=True)
class Row:
    """One address: the records its arguments name, and by role the answers at home and away."""

    arguments: Mapping[str, str]
    home: Mapping[str, str]
    away: Mapping[str, str]


def read(text: str) -> dict[str, Row]:
    """The table's rows, by the name of the address."""
    header, *lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {line[0]: _row(header[2:], *line[1:]) for line in lines}


def _row(roles: list[str], records: str, *cells: str) -> Row:
    named = dict(part.split("=") for part in records.split(",")) if records != NONE else {}
    given = dict(zip(roles, cells, strict=True)) if cells else {}
    return Row(
        named,
        {role: cell.partition("/")[0] for role, cell in given.items()},
        {role: cell.partition("/")[2] for role, cell in given.items()},
    )


def written(rows: Mapping[str, Row], roles: Iterable[str]) -> str:
    """The table as text, its columns under each other."""
    roles = list(roles)
    lines = [["address", "records", *roles]]
    for name, row in rows.items():
        records = ",".join(f"{argument}={record}" for argument, record in row.arguments.items()) or NONE
        lines.append([name, records, *(f"{row.home[role]}/{row.away[role]}" for role in roles)])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return NOTE + "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in lines)


EXPECTED: Final = read(PLACE.read_text("utf-8"))


def route(name: str) -> str:
    """The address a row is about; what follows a stroke tells rows about the same address apart."""
    return name.partition("/")[0]


def url(name: str, place: Any, rows: Mapping[str, Row] = EXPECTED) -> str:
    """The address of a page about a record of a place; an argument that is no record there stands for itself."""
    values = {key: place.records.get(what, what) for key, what in rows[name].arguments.items()}
    return reverse(route(name), kwargs={key: getattr(value, "pk", value) for key, value in values.items()})


def letter(answer: Any) -> str:
    """How the table writes an answer; a way to the door would mean that nobody knew who asked."""
    to_the_door = answer.status_code == 302 and f"{reverse('sign_in')}?next=" in answer["Location"]
    return "?" if to_the_door else LETTERS.get(answer.status_code, str(answer.status_code))


def answers(client: Client, address: str) -> str:
    """How an address answers who asks, and sends an empty form; nothing that is done is kept."""
    asked = client.get(address)
    with transaction.atomic():
        sent = client.post(address)
        transaction.set_rollback(True)
    return "".join(sorted({letter(one) for one in (asked, sent) if one.status_code != 405}))


def about(name: str, pattern: URLPattern, records: Iterable[str]) -> dict[str, str]:
    """The records that a new address is about, by its arguments' names or the first word of its own."""
    found = {}
    for argument in pattern.pattern.converters:
        first = name.partition("_")[0]
        named = argument if argument in records else first if argument == "pk" and first in records else ""
        if not named:
            raise SystemExit(
                f"Begin a line in routes.txt: {name} {argument}=RECORD, with a record of tests.house.world"
            )
        found[argument] = named
    return found


def addresses(there: Mapping[str, URLPattern], records: Iterable[str]) -> Iterator[tuple[str, Row]]:
    """The rows to be answered for: those of the table that still are, and those that are new."""
    yield from ((name, row) for name, row in EXPECTED.items() if route(name) in there)
    known = {route(name) for name in EXPECTED}
    yield from ((name, Row(about(name, one, records), {}, {})) for name, one in there.items() if name not in known)


def main() -> None:
    """Write the table of what the product answers now."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("write",))
    parser.parse_args()
    configured = pytest.Config.fromdictargs({}, ["-p", "no:django"])
    guards.close_sockets()
    django_run.pytest_configure(configured)
    setup_test_environment()
    logging.disable()  # of every refusal a line
    connection.creation.create_test_db(verbosity=0)
    PLACE.write_text(answered(), "utf-8")
    django_run.pytest_unconfigure(configured)


def answered() -> str:
    """The table of what the product answers now."""
    from tests.house import world

    home, away = world.place(), world.place()
    rows = dict(addresses(world.routes(), home.records))
    for name, row in rows.items():
        address = url(name, home, rows)
        at_home, elsewhere = (
            {role: answers(place.browser(user), address) for role, user in place.users.items()}
            for place in (home, away)
        )
        rows[name] = Row(row.arguments, at_home, elsewhere)
    return written(rows, home.users)


if __name__ == "__main__":
    os.environ |= {"DJANGO_SETTINGS_MODULE": "finsam.config.settings", "FINSAM_WITHOUT": "", "FINSAM_DATABASE_URL": ""}
    django.setup()
    from tests import django_run, guards

    main()
