"""The open tables: compiled for the demo's five years, and read by many at once on both databases."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any, Final

from bench import document, measuring
from bench.browser import Browser
from bench.homes import ENGINES, Environment, Homes
from bench.serving import served

MINUTES, GIGABYTES = 15, 4
TIMES: Final = 1.5  # how much more of the processor a table may cost than an empty page
LIMIT: Final = 0.1  # seconds, for nineteen of twenty at half of what the machine carries
SECONDS: Final = 20
SPANS: Final = 3  # how many times they ask at half the pace: one slow moment of the machine is not the product's
READERS: Final = 8
ROUNDS: Final = 100
HEAD: Final = ("database and page", "processor", "beside the empty page", "limit")
ABOUT: Final = """\
The collection of five years is counted from the demo's snapshot, protected a year at a time beside what is out, and
attacked when it is published. A cube may hide one in three of its cells that count somebody, and the whole collection
one in four."""
ASKED: Final = """\
What a page costs is the time of the processor over {rounds} requests of it in turn with the others, without the server
around it. The empty page says to somebody signed in that a table isn't there."""
CARRIED: Final = """\
What the machine carries is how many pages {readers} readers who never pause get from `finsam serve` in {seconds} s, the
readers' own process beside it; then they ask at half that pace together, {spans} times as long."""


def paragraphs(homes: Homes) -> Iterator[str]:
    """Measure, and tell in paragraphs."""
    env = homes.demo()
    made = measuring.run("publishing:compiled", "open-tables", "2020", env=env)
    out = measuring.run("publishing:published", made.answer, env=env)
    shares = measuring.run("publishing:cubes", made.answer, env=env).answer
    limits = (document.verdict(made.seconds, MINUTES * 60), document.verdict(made.peak, GIGABYTES * 2**30))
    yield ABOUT
    rows = [
        ["compiled", document.seconds(made.seconds), document.megabytes(made.peak), ", ".join(limits)],
        ["attacked and published", document.seconds(out.seconds), document.megabytes(out.peak), ""],
    ]
    yield document.table(["collection", "time", "peak memory", "limit"], rows)
    yield document.table(["table", "cells", "count somebody", "hidden", "share"], map(_cube, shares))
    envs = {"SQLite": env, "PostgreSQL": homes.with_edition(Path(env["FINSAM_HOME"]) / "editions" / made.answer)}
    yield ASKED.format(rounds=ROUNDS)
    yield document.table(HEAD, [row for engine in ENGINES for row in _costs(engine, envs[engine])])
    yield CARRIED.format(readers=READERS, seconds=SECONDS, spans=SPANS)
    head = ["database", "pages a second carried", "asked at half of it", "p95", "limit"]
    yield document.table(head, [_carried(engine, envs[engine]) for engine in ENGINES])


def _cube(row: Sequence[object]) -> list[str]:
    name, cells, there, hidden = (str(one) if place == 0 else int(str(one)) for place, one in enumerate(row))
    share = f"{100 * int(hidden) / max(int(there), 1):.0f} %"
    return [str(name), f"{cells:,}", f"{there:,}", f"{hidden:,}", share]


def _costs(engine: str, env: Environment) -> Iterator[list[str]]:
    found = measuring.run("reading:costs", ROUNDS, env=env).answer
    (empty, least), *others = found
    yield [f"{engine}: {empty} (the peer)", document.seconds(least), "1.0", ""]
    for name, cost in others:
        times = cost / least
        yield [f"{engine}: {name}", document.seconds(cost), f"{times:.1f}", document.verdict(times, TIMES)]


def _carried(engine: str, env: Environment) -> list[str]:
    facts = measuring.run("reading:facts", env=env).answer
    with served(env) as port:
        most = len(_read(port, facts, SECONDS, pause=0.0)) / SECONDS
        spans = [_read(port, facts, SECONDS, pause=READERS / (most / 2)) for _ in range(SPANS)]
    times = [seconds for span in spans for seconds in span]
    p95 = measuring.percentile(times, 0.95)
    figures = [
        f"{most:.0f}",
        f"{len(times) / SECONDS / SPANS:.0f}",
        document.seconds(p95),
        document.verdict(p95, LIMIT),
    ]
    return [engine, *figures]


def _read(port: int, facts: Mapping[str, Any], seconds: float, *, pause: float) -> list[float]:
    """Let the readers read for a while, each waiting so long from one page to the next; gives how long each took."""
    times: list[float] = []
    addresses = facts["addresses"]
    until = monotonic() + seconds

    def read(number: int) -> None:
        with closing(Browser(port)) as browser:
            page = browser.get("/logga-in/")
            browser.submit(page, "/logga-in/", "password", email=facts["email"], password=facts["password"])
            sleep(pause * number / READERS)
            while (begun := monotonic()) < until:
                times.append(browser.get(addresses[len(times) % len(addresses)]).seconds)
                sleep(max(0.0, begun + pause - monotonic()))

    readers = [Thread(target=read, args=(number,)) for number in range(READERS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    return times
