"""Write the pages of docs/ that say what the code says, or check that they still do."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import django
from django.conf import settings

from tests import statistics_docs

ROOT: Final = Path(__file__).resolve().parents[1]
DOCS: Final = ROOT / "docs"
NOTE: Final = "<!-- Written by python -m scripts.docs write. Change the code, not this page. -->"


def main() -> None:
    """Write the pages, or say which are no longer true."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("write", "check"))
    pages = {DOCS / "roles.md": roles(), DOCS / "states.md": states(), **statistics_docs.pages()}
    if parser.parse_args().what == "write":
        for path, text in pages.items():
            path.write_text(text, "utf-8")
    elif stale := [path.name for path, text in pages.items() if not is_true(path, text)]:
        sys.exit(f"No longer true: {', '.join(stale)}. Run python -m scripts.docs write.")


def is_true(path: Path, text: str) -> bool:
    """Whether a page says what the code says."""
    return path.exists() and path.read_text("utf-8") == text


def roles() -> str:
    """Who may do what, as a table of permissions by role."""
    from finsam.access import roles as table

    held = list(table.TABLE.items())
    header = [f"{role.name}<br>{row.label}" for role, row in held]
    reach = {"everywhere": "everywhere", "association": "own association", "assigned": "assigned"}
    lines = [
        (f"`{permission.value}`", *(reach.get(str(row.may.get(permission, "")), "") for _role, row in held))
        for permission in table.Permission
    ]
    apart = sorted(" and ".join(sorted(f"`{role.value}`" for role in pair)) for pair in table.FORBIDDEN_PAIRS)
    seconded = ", ".join(f"`{role.value}`" for role in table.TABLE if role in table.NEED_A_SECOND)
    absent = ", ".join(f"`{role.value}`" for role, row in held if row.room)
    gone = ", ".join(f"`{permission.value}`" for permission in table.Permission if permission in table.ROOM_OF)
    return "\n".join(
        [
            "# Who may do what",
            NOTE,
            "",
            (
                "*Own association*: where the role was granted for that association. *Assigned*: only in interventions "
                "where the user also has an assignment in that role. Empty: never."
            ),
            "",
            *grid(("Permission", *header), lines),
            "",
            f"Never held by one person: {'; '.join(apart)}.",
            "",
            f"Hold only when somebody else than who gave them has confirmed it: {seconded}.",
            "",
            (
                "Never granted to an employee of an association: "
                f"{', '.join(sorted(f'`{role.value}`' for role in table.NOT_FOR_ASSOCIATION_STAFF))}."
            ),
            "",
            f"Absent where the room of persons is left out: {absent}; and the permissions {gone}.",
            "",
        ]
    )


def states() -> str:
    """The states a record can be in and where it can go from there, one diagram a room."""
    parts = ["# States", NOTE, ""]
    for room, transitions in found_transitions():
        parts += [f"## {room}", "", *diagram(transitions), ""]
    return "\n".join(parts)


def found_transitions() -> Iterator[tuple[str, Mapping[str, frozenset[str]]]]:
    """The TRANSITIONS of each room that has states, and those of what has states of its own in it."""
    for room in settings.ROOMS:
        module = f"finsam.{room}.rules"
        held = vars(import_module(module)) if find_spec(module) else {}
        for name in sorted((name for name in held if name.endswith("TRANSITIONS")), key=len):
            whose = name.removesuffix("TRANSITIONS").strip("_").lower()
            yield f"{room}: {whose}" if whose else room, held[name]


def diagram(transitions: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """A state diagram in Mermaid: records begin in the first state and end in those that lead nowhere."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {next(iter(transitions))}"
    for state, following in transitions.items():
        yield from (f"    {state} --> {other}" for other in sorted(following) or ["[*]"])
    yield "```"


def grid(header: tuple[str, ...], lines: list[tuple[str, ...]]) -> Iterator[str]:
    """A table in Markdown."""
    for line in (header, ("---",) * len(header), *lines):
        yield f"| {' | '.join(line)} |"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "finsam.config.settings")
    os.environ.pop("FINSAM_WITHOUT", None)
    django.setup()
    main()
