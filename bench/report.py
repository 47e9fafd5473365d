"""The national annual report of 2020: on synthetic snapshots beside the same tables by hand, and on the demo's."""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from bench import document, measuring
from bench.homes import Environment, Homes
from bench.measuring import Measured, Outcome

CONTESTANTS: Final[Mapping[str, str]] = {
    "ours": "Finsam",
    "sql": "SQL by hand",
    "frames": "Polars by hand",
}
SMALL: Final = 20_000  # shows what a report costs before it has counted anyone; run once first, to warm the files
LIMIT: Final = 2.0  # seconds, for the demo's snapshot
AIM: Final = 0.1  # of the time of Polars by hand
AIMED_AT: Final = 10_000_000
MOST_MEMORY: Final = 6e9
DISK: Final = 80  # bytes a participation, with what is spilled on the way
ROUNDS: Final = ((2_000_000, measuring.ROUNDS), (20_000_000, 3), (sys.maxsize, 1))  # up to a size
ABOUT: Final = """\
From the Parquet files of a snapshot to the finished report, documents apart: persons ongoing and new by support, by
need group and by sex and all totals for five years, interventions by need group, kind and direction, every table
protected, with its text. The peers are written by hand in DuckDB's SQL and in Polars (streaming). They count the same
tables from the raw participations of the same snapshot and neither protect them nor write a word. The three are
compared cell by cell before any time is written down. Figures measured before 29 November 2026 are without persons by
need group.
*First* is the first report of a new process, with the loading of everything it needs;
*again* is the next one in the same process, as the worker makes it. Both ratios are the peer's time over Finsam's."""
LAYOUT: Final = """\
What makes this possible is done once, when a snapshot is taken: persons are laid out by year. That is part of the time
of taking a snapshot; here it is measured alone, from the participations on the disk to the new files."""
LIMITS: Final = """\
What limits a small report is its first run in a process: most of its time is the loading of Ibis and of what Ibis
loads. Again, it is Ibis too: half is the putting of five figures in SQL and the opening of fifteen files, which no
number of participations changes. What limits a large one is reading the laid out rows of five years, one for each
person and year: 14 bytes each before compression, summed in one pass without any grouping by person. What limits the
layout is the one grouping by person and year, the sorting, and the compression, which runs in one thread; blocks of
500,000 persons keep its memory the same however many there are."""

Answer = Mapping[str, list[int] | None]


@dataclass(frozen=True)
class Found:
    """What came of one size: the layout, and every contestant."""

    layout: Measured
    race: Mapping[str, Outcome]


def paragraphs(homes: Homes, sizes: Sequence[int]) -> Iterator[str]:
    """Measure, and tell in paragraphs."""
    env = homes.demo()
    refuse_small_disk(homes.folder, max(sizes))
    _measure(SMALL, homes, env, rounds=1)
    measured = {size: _measure(size, homes, env) for size in (SMALL, *sizes)}
    yield ABOUT
    yield document.table(
        ["participations", "first", "processors", "again", "processors", "peak memory", "first", "again"],
        [row for size, found in measured.items() for row in _rows(size, found.race)],
    )
    yield _verdicts({size: found.race for size, found in measured.items()})
    yield LAYOUT
    yield document.table(
        ["participations", "time", "processors", "peak memory", "file", "a million participations"],
        [_layout(size, found.layout) for size, found in measured.items()],
    )
    yield _demo(env)
    yield LIMITS


def refuse_small_disk(folder: Path, size: int) -> None:
    """Stop at once, and not after minutes, when the largest snapshot would fill the disk."""
    if (free := shutil.disk_usage(folder).free) < size * DISK:
        sys.exit(
            f"{size:,} participations need {size * DISK / 1e9:.0f} GB in {folder.parent}; {free / 1e9:.0f} are free. "
            "Choose other sizes: python -m bench report --sizes 1000000 10000000"
        )


def _measure(size: int, homes: Homes, env: Environment, rounds: int = 0) -> Found:
    """Make a synthetic snapshot, lay it out, let everyone count it, and remove it."""
    snapshot = homes.folder / f"snapshot-{size}"
    try:
        made = measuring.run("population:make", snapshot, size, env=env)
        laid_out = measuring.run("population:lay_out", snapshot, env=env)
        measuring.say(f"made {size:,} participations in {made.seconds:.0f} s, laid out in {laid_out.seconds:.1f} s")
        return Found(laid_out, _race(snapshot, env, rounds or next(n for most, n in ROUNDS if size <= most)))
    finally:
        shutil.rmtree(snapshot, ignore_errors=True)


def _race(snapshot: Path, env: Environment, rounds: int) -> dict[str, Outcome]:
    twice = {**env, "BENCH_AGAIN": "yes"}
    contestants = {
        name: partial(measuring.run, f"contestants.{name}:compute", snapshot, env=twice) for name in CONTESTANTS
    }
    found = measuring.race(contestants, rounds)
    hidden = compare({name: outcome.answer for name, outcome in found.items()})
    times = ", ".join(f"{CONTESTANTS[name]} {one.seconds:.2f} s, {one.again[0]:.2f} s" for name, one in found.items())
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


def _rows(size: int, race: Mapping[str, Outcome]) -> Iterator[list[str]]:
    for name, one in race.items():
        ratios = one.seconds / race["ours"].seconds, one.again[0] / race["ours"].again[0]
        times = [document.seconds(value) for value in (one.seconds, one.cpu, *one.again)]
        yield [f"{size:,}: {CONTESTANTS[name]}", *times, document.megabytes(one.peak), *(f"{x:.1f}" for x in ratios)]


def _layout(size: int, one: Measured) -> list[str]:
    a_million = f"{document.seconds(one.cpu * 1e6 / size)} of the processors"
    figures = [document.seconds(one.seconds), document.seconds(one.cpu), document.megabytes(one.peak)]
    return [f"{size:,}", *figures, document.megabytes(one.answer), a_million]


def _verdicts(races: Mapping[int, Mapping[str, Outcome]]) -> str:
    """Say whether what was aimed at is reached, and how the time grows."""
    said = []
    if race := races.get(AIMED_AT):
        first = race["ours"].seconds / race["frames"].seconds
        again = race["ours"].again[0] / race["frames"].again[0]
        said.append(
            f"At {AIMED_AT:,} participations the aim is {AIM} of the time of Polars by hand: "
            f"again {again:.2f} ({document.verdict(again, AIM)}), first {first:.2f} ({document.verdict(first, AIM)})."
        )
    low, high = (size(one for one in races if one != SMALL) for size in (min, max))
    if high > low:
        growths = ", ".join(
            f"{CONTESTANTS[name]} {races[high][name].again[0] / races[low][name].again[0]:.1f}" for name in CONTESTANTS
        )
        said.append(f"From {low:,} to {high:,}, {high / low:.0f} times as many, the time again grows: {growths} times.")
    peak = max(race["ours"].peak for race in races.values())
    said.append(f"Peak memory stays under 6 GB: {document.verdict(peak, MOST_MEMORY)} ({document.megabytes(peak)}).")
    return " ".join(said)


def _demo(env: Environment) -> str:
    snapshot = max((Path(env["FINSAM_HOME"]) / "snapshots").glob("????-??-??-*"))
    found = measuring.race({"demo": partial(measuring.run, "contestants.ours:compute", snapshot, env=env)})["demo"]
    measuring.say(f"  the demo's snapshot: {found.seconds:.2f} s")
    return (
        f"The demo's snapshot, the first report of a new process: {document.seconds(found.seconds)} (processors "
        f"{document.seconds(found.cpu)}, peak memory {document.megabytes(found.peak)}). "
        f"The limit is {LIMIT:.0f} s: {document.verdict(found.seconds, LIMIT)}."
    )
