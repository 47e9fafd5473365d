"""`python -m bench [NAME...]`: measure, and write docs/benchmarks.md."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from bench import crowds, disclosure, document, homes, http, report, saving, snapshot, tables
from bench.homes import Homes
from scripts import environment

SIZES: Final = (1_000_000, 10_000_000, 100_000_000)
PARTICIPATIONS: Final = 375_000


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="report, snapshot, disclosure, tables, http (with crowds), crowds or saving; all when none is named",
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="participations of the synthetic snapshots")
    parser.add_argument("--participations", type=int, default=PARTICIPATIONS, help="participations of the filled homes")
    asked = parser.parse_args()
    environment.install_for_tests()
    parts: dict[str, tuple[str, Callable[[Homes], Iterator[str]]]] = {
        "report": ("The national annual report", lambda homes: report.paragraphs(homes, asked.sizes)),
        "snapshot": ("Taking a snapshot", snapshot.paragraphs),
        "disclosure": ("Disclosure control", disclosure.paragraphs),
        "tables": ("Open tables", tables.paragraphs),
        "http": ("Registering and searching over HTTP", http.paragraphs),
        "crowds": ("Many users at a time", crowds.paragraphs),
        "saving": ("A save that is on the disk", saving.paragraphs),
    }
    if unknown := set(asked.names) - set(parts):
        parser.error(f"there is no benchmark called {', '.join(sorted(unknown))}; there is {', '.join(parts)}")
    titles = [title for title, _ in parts.values()]
    with homes.temporary(asked.participations) as made:
        for name in wanted(asked.names) or parts:
            title, measure = parts[name]
            text = document.part(f"python -m bench {name}", datetime.now(UTC), measure(made))
            document.write({title: text}, titles)


def wanted(names: Sequence[str]) -> list[str]:
    """The parts that are asked for: whoever asks for one registrar asks for many users too."""
    return [one for name in names for one in ((name, "crowds") if name == "http" else (name,))]


if __name__ == "__main__":
    main()
