"""Search layers and blocks by hand: `python -m tests.relations NAME...`, and without a name which are not searched yet.

Those that were searched with nothing found stand in `searched.txt`: a name is added by whoever has searched it, and
taken away by whoever changes what is counted. The slow tests search some of them each time.

Not searched to the end in five minutes: the layers occupation-occupation_after and occupation-support_time. No block
has in how many interventions at once.
"""

import sys
from collections.abc import Iterable
from time import process_time

from tests.relations.named import found, named_blocks, named_layers, searched_before
from tests.relations.sentences import sentences


def main(names: Iterable[str]) -> None:
    """Search those named, or say which are left; what is found is a sentence a line."""
    every = [*named_layers(), *named_blocks()]
    if unknown := [name for name in names if name not in every]:
        sys.exit("\n".join(f"There is no {name}" for name in unknown))
    if not names:
        print(*(name for name in every if name not in searched_before()), sep="\n")
    for name in names:
        started = process_time()
        said = sentences(found(name))
        print(f"{name}: {len(said)} found in {process_time() - started:.0f} s", *said, sep="\n  ", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
