"""What a report is handed of a linkage: the rows that lie beside the snapshot, and who was not found."""

from dataclasses import dataclass

import ibis.expr.types as ir


@dataclass(frozen=True)
class Linked:
    """A linkage in the engine its snapshot is open in, how many of its rows are about nobody here, and its source."""

    rows: ir.Table
    not_ours: int
    source: str
