"""The tables of a snapshot, as the figures are handed them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis.expr.types as ir

from finsam.statistics.tables.validity import Validity

Codes = Mapping[str, Mapping[str, int]]  # list -> code -> number


@dataclass(frozen=True)
class Tables:
    """One snapshot as Ibis tables; the tables about persons are None where participants is left out.

    Code columns are whole numbers; `codes` gives them. `labels` gives the words of the codes in the snapshot's own
    edition of the lists: list -> code -> language -> label. `validity` says when the codes were in force, and
    `directions` which directions the home has added: code -> the kind it belongs to, and its explanation by language.
    """

    codes: Codes
    interventions: ir.Table
    target_groups: ir.Table
    performers: ir.Table
    plans: ir.Table
    head_counts: ir.Table
    associations: ir.Table
    coverage: ir.Table
    municipalities: ir.Table
    persons: ir.Table | None = None
    participations: ir.Table | None = None
    supports: ir.Table | None = None
    needs: ir.Table | None = None
    person_years: ir.Table | None = None  # see person_years.py; snapshots of schema version 1 have neither
    support_years: ir.Table | None = None
    need_years: ir.Table | None = None  # nor has schema version 2
    laid_out_through: int = 0  # the last year in them
    labels: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    directions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    validity: Validity = field(default_factory=Validity)

    @property
    def have_persons(self) -> bool:
        """Tell whether figures about persons can be counted at all."""
        return self.participations is not None and self.supports is not None

    def number(self, list_name: str, code: str) -> int:
        """Give the number a code has in this snapshot, or -1, which no row has, when the list lacks the code."""
        return self.codes.get(list_name, {}).get(code, -1)


@dataclass(frozen=True)
class Linked:
    """A linkage in the engine its snapshot is open in, how many of its rows are about nobody here, and its source."""

    rows: ir.Table
    not_ours: int
    source: str
