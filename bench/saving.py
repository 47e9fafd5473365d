"""What it costs that a save is on the disk before it is said to be saved: SQLite's `synchronous=FULL` beside NORMAL."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Final

from bench import document, measuring
from bench.homes import Homes

SAVES: Final = 300  # of each kind
ABOUT: Final = """\
{saves} registrations each way by `participants.actions.enrol`, alternately in one process and on one connection, in the
demo's home: a stay with consent, person, supports and needs, its history and its trail, in one transaction. FULL is
what the product has: a save that is acknowledged outlives a power cut. NORMAL, the peer, may lose the last ones then.
Then the smallest save there is, one row of the read log, in turn with those; and what the disk itself takes: a page
written to a file and flushed (`fsync`)."""
HEAD: Final = ("a save", "median", "p95", "longest", "median beside NORMAL")
WHAT: Final = ("a registration", "a row alone")
DISK: Final = "a page and fsync"


def paragraphs(homes: Homes) -> Iterator[str]:
    """Measure, and tell in paragraphs."""
    times = measuring.run("enrolling:times", SAVES, env=homes.demo()).answer
    yield ABOUT.format(saves=SAVES)
    peers = {what: median(times[f"{what}, NORMAL"]) for what in WHAT}
    rows = [_row(f"{what}, {mode}", times, peers[what]) for what in WHAT for mode in ("FULL", "NORMAL")]
    yield document.table(HEAD, [*rows, _row(DISK, times, 0)])
    yield " ".join(f"The median of {what} is {_apart(times, what, peers[what])} with FULL." for what in WHAT)


def _apart(times: Mapping[str, Sequence[float]], what: str, peer: float) -> str:
    cost = median(times[f"{what}, FULL"]) - peer
    return f"{document.seconds(abs(cost))} {'longer' if cost > 0 else 'shorter'}"


def _row(name: str, times: Mapping[str, Sequence[float]], peer: float) -> list[str]:
    figures = (median(times[name]), measuring.percentile(times[name], 0.95), max(times[name]))
    return [name, *map(document.seconds, figures), f"{figures[0] / peer:.2f}" if peer else ""]
