"""Patterns proposed by τ-ARGUS, in a process of its own; whether they are safe is judged by our own attack alone.

A table gets a whole proposal or none is published: were our own search to go on without one, the same inputs would give
other bytes where τ-ARGUS is missing or out of memory, and nobody would know.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from finsam.disclosure.cells import Counts, Rule
from finsam.disclosure.protect import Propose
from finsam.disclosure.relations import Address
from finsam.editions.argus import files, work
from finsam.editions.argus.files import AnswerError
from finsam.editions.argus.slices import slices
from finsam.values.sentences import SentenceError, gettext_noop

LEAST_CELLS: Final = 1_000  # smaller tables are protected as well in the time it takes to start it
UNANSWERED: Final = gettext_noop(
    "τ-ARGUS, som föreslår var döljandet ska börja i %(table)s, gav inget helt svar. "
    "Se till att pytauargus är installerat och att det finns minne och disk, och försök igen."
)
COMMAND: Final = (sys.executable, "-P", "-m", "finsam.editions.argus.child")


def proposer(place: Path, *, least_cells: int = LEAST_CELLS, command: tuple[str, ...] = COMMAND) -> Propose:
    """Make what `protect` asks for patterns; the folders of exact counts are made in a place of this home."""

    def propose(table: Counts, rule: Rule) -> list[Address]:
        return [
            part.back(cell)
            for part in slices(table)
            if len(part.table.cells) >= least_cells
            for figure in files.filled(part.table)
            for cell in _asked(place, part.table, figure, rule, command)
        ]

    return propose


def _asked(place: Path, table: Counts, figure: str, rule: Rule, command: tuple[str, ...]) -> list[Address]:
    """Run it to its end, however long; refused without a whole answer."""
    with work.folder(place) as here:
        names = files.write(here.folder, table, figure, rule)
        _run(here, command)
        try:
            return list(files.read(here.folder, table, figure, names))
        except AnswerError as missing:
            raise SentenceError("disclosure.unanswered", UNANSWERED, {"table": table.name}) from missing


def _run(here: work.Work, command: tuple[str, ...]) -> None:
    """Start the process with the folder as its only place for files; its return code says nothing of safety."""
    inside = here.folder / "temporary"
    inside.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FINSAM_")}
    with subprocess.Popen(  # noqa: S603
        command,
        cwd=here.folder,
        env={**kept, "TMPDIR": str(inside), "HOME": str(inside)},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(here.lock,),
    ) as started:
        try:
            started.wait()
        finally:
            started.kill()
