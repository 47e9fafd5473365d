"""What a process of its own does in a benchmark: run one function of `bench`, and tell its answer, times and peak."""

import json
import resource
import sys
import time
from importlib import import_module
from typing import Any

import django


def main(place: str, *arguments: str) -> None:
    """Run `module:function` of this package with text arguments and write what it gave as JSON, on the last line."""
    django.setup()
    module, _, name = place.partition(":")
    function = getattr(import_module(f"bench.{module}"), name)
    begun, begun_cpu = time.perf_counter(), time.process_time()
    answer: Any = function(*arguments)
    measured = {
        "seconds": time.perf_counter() - begun,
        "cpu": time.process_time() - begun_cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "answer": answer,
    }
    sys.stdout.write(f"\n{json.dumps(measured)}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
