"""The national annual report of 2020: on synthetic snapshots beside the same tables by hand, and on the demo's."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from bench import document, measuring
from bench.homes import Environment, Homes
from bench.measuring import Outcome

CONTESTANTS: Final[Mapping[str, str]] = {
    "ours": "Finsam",
    "sql": "SQL by hand",
    "frames": "Polars by hand",
}
SMALL: Final = 20_000  # shows what a report costs before it has counted anyone; run once first, to warm the files
LIMIT: Final = 2.0  # seconds, for the demo's snapshot
ABOUT: Final = """\
From the Parquet files of a snapshot to the finished report, documents apart: persons ongoing and new by support and sex
and all totals for five years, interventions by need group, kind and direction, every table protected, with its text.
The peers are written by hand in DuckDB's SQL and in Polars (streaming). They count the same tables from the same files
and neither protect them nor write a word. The three are compared cell by cell before any time is written down."""
LIMITS: Final = """\
What limits a small report is its first run in a process: most of its time is the loading of Ibis and of what Ibis
loads. What limits a large one is finding each person once a year: at 10 million nearly all the time goes to one
grouping by person and year, whose table of groups is far larger than the processor's cache. Polars groups on such keys
faster than DuckDB. The way past it is to lay snapshots out as person-years when they are taken, so that no report
groups persons again."""

Answer = Mapping[str, list[int] | None]


def paragraphs(homes: Homes, sizes: Sequence[int]) -> Iterator[str]:
    """Measure, and tell in paragraphs."""
    env = homes.demo()
    _race(_make(SMALL, homes), env, rounds=1)
    measured = {size: _race(_make(size, homes), env) for size in (SMALL, *sizes)}
    yield ABOUT
    yield document.table(
        ["participations", "time", "processors", "peak memory", "time beside Finsam's"],
        [row for size, found in measured.items() for row in _rows(size, found)],
    )
    yield _demo(env)
    yield LIMITS


def _make(size: int, homes: Homes) -> Path:
    """Make a synthetic snapshot, unless it is there."""
    snapshot = homes.folder / f"snapshot-{size}"
    if not snapshot.exists():
        made = measuring.run("population:make", snapshot, size, env=homes.demo())
        measuring.say(f"made a snapshot of {size:,} participations in {made.seconds:.0f} s")
    return snapshot


def _race(snapshot: Path, env: Environment, rounds: int = measuring.ROUNDS) -> dict[str, Outcome]:
    contestants = {
        name: partial(measuring.run, f"contestants.{name}:compute", snapshot, env=env) for name in CONTESTANTS
    }
    found = measuring.race(contestants, rounds)
    hidden = compare({name: outcome.answer for name, outcome in found.items()})
    times = ", ".join(f"{CONTESTANTS[name]} {outcome.seconds:.2f} s" for name, outcome in found.items())
    measuring.say(f"  {times}; the same cells, {hidden} of them hidden")
    return found


def compare(answers: Mapping[str, Answer]) -> int:
    """Stop unless every cell the report shows is the one counted by hand; gives how many it hides."""
    ours = answers["ours"]
    for peer in ("sql", "frames"):
        for cell in sorted({*ours, *answers[peer]}):
            shown = ours.get(cell, [])
            if shown is not None and _filled(shown) != _filled(answers[peer].get(cell)):
                sys.exit(f"{cell}: {shown} in the report, {answers[peer].get(cell)} by {CONTESTANTS[peer]}")
    return sum(cell is None for cell in ours.values())


def _filled(counts: Sequence[int] | None) -> Sequence[int]:
    """Nothing was counted, or there is no such row: the same thing."""
    return counts if counts and any(counts) else []


def _rows(size: int, found: Mapping[str, Outcome]) -> Iterator[list[str]]:
    for name, outcome in found.items():
        ratio = f"{outcome.seconds / found['ours'].seconds:.2f}"
        yield [f"{size:,}: {CONTESTANTS[name]}", *_figures(outcome), ratio]


def _figures(outcome: Outcome) -> list[str]:
    return [document.seconds(outcome.seconds), document.seconds(outcome.cpu), document.megabytes(outcome.peak)]


def _demo(env: Environment) -> str:
    snapshot = max((Path(env["FINSAM_HOME"]) / "snapshots").glob("????-??-??-*"))
    found = measuring.race({"demo": partial(measuring.run, "contestants.ours:compute", snapshot, env=env)})["demo"]
    time, cpu, peak = _figures(found)
    measuring.say(f"  the demo's snapshot: {time}")
    return (
        f"The demo's snapshot, the first report of a new process: {time} (processors {cpu}, peak memory {peak}). "
        f"The limit is {LIMIT:.0f} s: {document.verdict(found.seconds, LIMIT)}."
    )
