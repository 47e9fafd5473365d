"""Search layers and blocks by hand: `python -m tests.relations NAME...`, and without a name which there are.

Searched with nothing found, and by the tests: the layers age_group, direction, education, end_reason,
association-sex, municipality-sex, education-need_group, association-direction, occupation-support and
support-support_after; the blocks stays-by-county-sex, stays-by-association-county and stays-by-sex-support.

Something is left, of what is seldom drawn, and is not known to be true: the layers nothing, sex (in how many
interventions at once) and association-municipality; the blocks gains-by-county-sex and gains-by-need_group-sex.

Not searched to the end: the layer occupation-occupation_after. Never searched: all the others, also every other with
work or study, and every block with in how many interventions at once, which has no name.
"""

import sys
from collections.abc import Iterable
from time import process_time

from tests.relations.named import found, named_blocks, named_layers
from tests.relations.sentences import sentences


def main(names: Iterable[str]) -> None:
    """Search those named, or say which there are; what is found is a sentence a line."""
    every = [*named_layers(), *named_blocks()]
    unknown = [name for name in names if name not in every]
    if unknown or not names:
        sys.exit("\n".join([*(f"There is no {name}" for name in unknown), *every]))
    for name in names:
        started = process_time()
        said = sentences(found(name))
        print(f"{name}: {len(said)} found in {process_time() - started:.0f} s", *said, sep="\n  ", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
