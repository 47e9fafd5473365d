"""The list of figures: what each counts, what it may be split by, in which periods, and its sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Protocol

import ibis.expr.types as ir

from finsam.statistics import participation
from finsam.statistics.dimensions import DIMENSIONS, EVERYTHING, Where
from finsam.statistics.periods import Periods
from finsam.statistics.tables import Tables
from finsam.values.sentences import gettext_noop


class Count(Protocol):
    """A figure: rows of `period`, the columns it is `always` split by, the dimensions of `by`, and its counts.

    `where` keeps, for each dimension it names, the codes given; a cell without anybody has no row.
    """

    def __call__(
        self, *, tables: Tables, periods: Periods, by: Sequence[str] = (), where: Where = EVERYTHING
    ) -> ir.Table: ...


@dataclass(frozen=True)
class Figure:
    """What can be asked for: `unit` says what is counted (persons, participations, heads, interventions).

    `counts` names the columns of numbers, `always` further columns every row has besides the period.
    """

    count: Count
    unit: str
    dimensions: tuple[str, ...]
    sentence: str
    counts: tuple[str, ...]
    always: tuple[str, ...] = ()
    quarters: bool = True


def _persons(flow: str, sentence: str) -> Figure:
    return Figure(partial(participation.persons, flow=flow), "persons", EVERY, sentence, ("persons",))


def _participations(flow: str, sentence: str) -> Figure:
    count = partial(participation.participations, flow=flow)
    return Figure(count, "participations", EVERY, sentence, ("participations",))


EVERY = tuple(DIMENSIONS)

FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        "persons_ongoing": _persons(
            "ongoing", gettext_noop("Personer som hade minst en dag i en individinriktad insats under perioden.")
        ),
        "persons_new": _persons(
            "new", gettext_noop("Personer som började i minst en individinriktad insats under perioden.")
        ),
        "persons_ended": _persons(
            "ended", gettext_noop("Personer vars sista dag i minst en individinriktad insats låg i perioden.")
        ),
        "participations_ongoing": _participations(
            "ongoing", gettext_noop("Deltaganden i individinriktade insatser med minst en dag i perioden.")
        ),
        "participations_new": _participations(
            "new", gettext_noop("Deltaganden i individinriktade insatser som började i perioden.")
        ),
        "participations_ended": _participations(
            "ended", gettext_noop("Deltaganden i individinriktade insatser vars sista dag låg i perioden.")
        ),
    }
)
