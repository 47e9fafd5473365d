"""Whether dated rows of codes follow upon each other."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from finsam.values.codes import CodeRow


def broken(rows: Iterable[CodeRow]) -> tuple[str, ...]:
    """The codes whose dated rows overlap, leave a gap or end before they begin; sorted."""
    by_code: defaultdict[str, list[CodeRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.code, row.first_day)):
        by_code[row.code].append(row)
    return tuple(
        code
        for code, dated in by_code.items()
        if any(row.ends_before is not None and row.ends_before <= row.first_day for row in dated)
        or any(earlier.ends_before != later.first_day for earlier, later in pairwise(dated))
    )
