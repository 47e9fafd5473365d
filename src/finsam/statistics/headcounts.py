"""Heads that were counted without personal data: anonymous participants and volume interventions."""

import ibis
import ibis.expr.types as ir

from finsam.statistics.tables import Tables

SOURCES = {1: "anonymous", 2: "volume"}


def heads(*, tables: Tables, kind: str) -> ir.Table:
    """Sum the heads by year, source (1 anonymous, 2 volume) and sex, in interventions of one kind.

    A head belongs to the calendar year it was reported for, and to no other.
    """
    wanted = tables.interventions.filter(tables.interventions.kind == tables.number("kind", kind))
    counts = tables.head_counts.semi_join(wanted.select("intervention"), "intervention")
    by_sex = [
        counts.select("year", "source", sex=ibis.literal(tables.number("sex", sex), "int8"), heads=counts[sex])
        for sex in ("women", "men")
    ]
    return ibis.union(*by_sex).group_by("year", "source", "sex").agg(heads=ibis._.heads.sum())
