"""Taking a snapshot of a large home, on both databases, beside the plainest way to write its rows to Parquet."""

from collections.abc import Iterator
from typing import Final

from bench import document, measuring
from bench.homes import ENGINES, Environment, Homes
from bench.measuring import Outcome

LIMIT: Final = 10.0  # seconds
ABOUT: Final = """\
{participations:,} participations, written through `access.audit.write_many`: invented people under numbers that no one
can have, most stays registered twice (when they began and when they ended), with consents, supports and need groups.
The snapshot is taken as `finsam snapshot take` does it, from the row history to the last byte on the disk, of another
day each time. The peer is the plainest way with Django's own tools: the rows as they are now, neither as of a day nor
numbered nor sorted. PostgreSQL runs on the same machine, without fsync."""
LIMITS: Final = """\
What limits it on SQLite is the driver that turns the row history into columns, 70 ns a value on one processor: it runs
in a process of its own (two SQLite libraries in one process may not open the same file), while the other finds the
newest state of each row. Then come numbering and sorting the rows, and laying persons out by year. On PostgreSQL the
server does part of the work, and its time is not in the column of processors."""


def paragraphs(homes: Homes) -> Iterator[str]:
    """Measure, and tell in paragraphs."""
    measured = {engine: _measure(homes.filled(engine)) for engine in ENGINES}
    yield ABOUT.format(participations=homes.participations)
    yield document.table(
        ["database", "time", "processors", "peak memory", "by hand", f"under {LIMIT:.0f} s"],
        [_row(engine, **found) for engine, found in measured.items()],
    )
    yield LIMITS


def _measure(env: Environment) -> dict[str, Outcome]:
    days = (f"2021-03-{day}" for day in range(32 - measuring.ROUNDS, 32))
    found = measuring.race(
        {
            "ours": lambda: measuring.run("taking:take", next(days), env=env),
            "by_hand": lambda: measuring.run("taking:by_hand", env=env),
        }
    )
    measuring.say("  " + ", ".join(f"{name} {outcome.seconds:.1f} s" for name, outcome in found.items()))
    return found


def _row(engine: str, ours: Outcome, by_hand: Outcome) -> list[str]:
    figures = [document.seconds(ours.seconds), document.seconds(ours.cpu), document.megabytes(ours.peak)]
    beside = f"{document.seconds(by_hand.seconds)} ({by_hand.seconds / ours.seconds:.2f} times)"
    return [engine, *figures, beside, document.verdict(ours.seconds, LIMIT)]
