"""What a process of its own does in a benchmark: run one function of `bench`, and tell its answer, times and peak.

What the function loads is part of its time. With BENCH_AGAIN it is run once more, as a process that goes on would.
"""

import json
import os
import resource
import sys
import time
from importlib import import_module
from typing import Any

import django


def main(place: str, *arguments: str) -> None:
    """Run `module:function` of this package with text arguments and write what it gave as JSON, on the last line."""
    django.setup()
    begun = _clocks()
    module, _, name = place.partition(":")
    function = getattr(import_module(f"bench.{module}"), name)
    answer: Any = function(*arguments)
    measured = _since(begun)
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) * 1024
    again = (0.0, 0.0)
    if os.environ.get("BENCH_AGAIN"):
        begun = _clocks()
        function(*arguments)
        again = _since(begun)
    found = {"seconds": measured[0], "cpu": measured[1], "peak": peak, "again": again, "answer": answer}
    sys.stdout.write(f"\n{json.dumps(found)}\n")


def _clocks() -> tuple[float, float]:
    """The time, and what this process and those it has waited for have had of the processors."""
    return time.perf_counter(), sum(os.times()[:4])


def _since(begun: tuple[float, float]) -> tuple[float, float]:
    seconds, cpu = _clocks()
    return seconds - begun[0], cpu - begun[1]


if __name__ == "__main__":
    main(*sys.argv[1:])
