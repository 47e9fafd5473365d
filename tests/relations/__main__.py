"""Search layers and blocks by hand: `python -m tests.relations NAME...`; without a name it says what there is.

The slow tests search every one.
"""

import sys
from collections.abc import Iterable
from time import process_time

from tests.relations.named import found, named_blocks, named_layers
from tests.relations.sentences import sentences


def main(names: Iterable[str]) -> None:
    """Search those named; what is found is a sentence a line."""
    every = [*named_layers(), *named_blocks()]
    if unknown := [name for name in names if name not in every]:
        sys.exit("\n".join(f"There is no {name}" for name in unknown))
    if not names:
        print(*every, sep="\n")
    for name in names:
        started = process_time()
        said = sentences(found(name))
        print(f"{name}: {len(said)} found in {process_time() - started:.0f} s", *said, sep="\n  ", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
