"""Making and attacking a year's whole publication, beside years that are out, and τ-ARGUS alone on what it can take."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bench import document, measuring
from bench.contestants.cells import YEARS
from bench.homes import REPORTS, Environment
from bench.measuring import Measured

ABOUT: Final = """\
A year's whole publication in the demo: both reports of {year}, where both are out for each of the {before} years before
it. *Made* is all that `finsam edition compile` does: it reads what is out, counts, protects the year beside it, attacks
and writes every file. *Attacked* is `finsam attack --as-if` on that draft: everything that is out and the draft, read
from their files. The annual report is then published, so that the report on results is made and attacked beside it.
Cells are the counts of persons that are counted anew, not those that are repeated as they were printed. In the tables
that are additive all through, {additive:,} of them, ours leaves out {hidden:,}. The peer knows these tables alone, and
nothing that is out: each is given to τ-ARGUS, and two fresh linear programs a hidden cell then use every relation of
the report between them. It hides no small group whole."""


@dataclass(frozen=True)
class Found:
    """What came of one report: made, attacked and hidden by plain means, and its cells, hidden or not."""

    name: str
    made: Measured
    attacked: Measured
    plainly: Measured
    cells: Sequence[int]  # all, and those hidden
    additive: Sequence[int]


def paragraphs(env: Environment) -> Iterator[str]:
    """Measure, and tell in paragraphs."""
    found = [_measure(key, name, env) for key, name in REPORTS.items()]
    cells, hidden = (sum(one.additive[place] for one in found) for place in (0, 1))
    yield ABOUT.format(year=YEARS[-1], before=len(YEARS) - 1, additive=cells, hidden=hidden)
    yield document.table(
        ["report", "time", "processors", "peak memory", "cells", "left out", "share", "found narrow"],
        [*(row for one in found for row in _rows(one)), _together(found)],
    )


def _measure(key: str, name: str, env: Environment) -> Found:
    """Make and attack a report, then publish it for the next to stand beside."""
    made = measuring.run("publishing:compiled", key, YEARS[-1], env=env)
    attacked = measuring.run("publishing:attacked", made.answer, env=env)
    plainly = measuring.run("publishing:plainly", key, YEARS[-1], env=env)
    counted = measuring.run("publishing:hidden", made.answer, env=env).answer
    measuring.run("publishing:published", made.answer, env=env)
    measuring.say(f"  {name}: made {made.seconds:.0f} s, attacked {attacked.seconds:.0f} s, {counted}")
    return Found(name, made, attacked, plainly, counted["all"], counted["additive"])


def _rows(one: Found) -> Iterator[Sequence[str]]:
    alone = one.plainly.answer
    yield [f"{one.name}: made", *_figures(one.made), *_cells(*one.cells), ""]
    yield [f"{one.name}: attacked", *_figures(one.attacked), "", "", "", str(one.attacked.answer)]
    name = f"{one.name}: τ-ARGUS alone on {alone['tables']} tables, one program a cell"
    yield [name, *_figures(one.plainly), *_cells(alone["cells"], alone["hidden"]), str(alone["narrow"])]


def _together(found: Sequence[Found]) -> Sequence[str]:
    runs = [run for one in found for run in (one.made, one.attacked)]
    seconds, cpu, peak = sum(r.seconds for r in runs), sum(r.cpu for r in runs), max(r.peak for r in runs)
    cells, hidden = (sum(one.cells[place] for one in found) for place in (0, 1))
    whole = Measured(seconds, cpu, peak, None)
    return ["both, made and attacked", *_figures(whole), *_cells(cells, hidden), ""]


def _figures(run: Measured) -> list[str]:
    return [document.seconds(run.seconds), document.seconds(run.cpu), document.megabytes(run.peak)]


def _cells(cells: int, hidden: int) -> list[str]:
    return [f"{cells:,}", f"{hidden:,}", f"{hidden / cells:.1%}"]
