"""`python -m bench [NAME...]`: measure, and write docs/benchmarks.md."""

import argparse
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bench import document, report
from bench.measuring import say

SIZES: Final = (1_000_000, 10_000_000)


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="report, snapshot or http; all when none is named")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="participations of synthetic snapshots")
    parser.add_argument("--demo", type=Path, help="a demo home whose snapshot to use; a new one is made without it")
    asked = parser.parse_args()
    parts: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
        "report": ("The national annual report", lambda: report.paragraphs(asked.sizes, asked.demo)),
    }
    if unknown := set(asked.names) - set(parts):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}; there is {', '.join(parts)}")
    titles = [title for title, _ in parts.values()]
    for name, (title, measure) in parts.items():
        if not asked.names or name in asked.names:
            say(title)
            text = document.part(f"python -m bench {name}", datetime.now(UTC), measure())
            document.write({title: text}, titles)


if __name__ == "__main__":
    main()
