"""Patterns proposed by τ-ARGUS, in a process of its own; whether they are safe is judged by our own attack alone."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from finsam.reporting.argus import files, work
from finsam.reporting.argus.files import AnswerError
from finsam.statistics.cells import Counts, Rule
from finsam.statistics.disclosure import Propose
from finsam.statistics.relations import Address

LEAST_CELLS: Final = 1_000  # smaller tables are protected as well in the time it takes to start it
COMMAND: Final = (sys.executable, "-P", "-m", "finsam.reporting.argus.child")


def proposer(place: Path, *, least_cells: int = LEAST_CELLS, command: tuple[str, ...] = COMMAND) -> Propose:
    """Make what `protect` asks for patterns; the folders of exact counts are made in a place of this home."""

    def propose(table: Counts, rule: Rule) -> list[Address]:
        if len(table.cells) < least_cells:
            return []
        return [cell for figure in table.figures for cell in _asked(place, table, figure, rule, command)]

    return propose


def _asked(place: Path, table: Counts, figure: str, rule: Rule, command: tuple[str, ...]) -> list[Address]:
    """Run it to its end, however long; without a whole answer there is no proposal, and our own search does it all."""
    with work.folder(place) as here:
        names = files.write(here.folder, table, figure, rule)
        _run(here, command)
        try:
            return list(files.read(here.folder, table, figure, names))
        except AnswerError:
            return []


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
