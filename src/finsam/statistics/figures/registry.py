"""The list of figures: what each counts, what it may be split by, in which periods, and its sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Protocol

import ibis.expr.types as ir

from finsam.statistics.figures import columns, durations, head_counts, interventions, outcomes, participation
from finsam.statistics.figures.columns import Columns
from finsam.statistics.tables.dimensions import DIMENSIONS, EVERYTHING, OF_INTERVENTIONS, Where
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
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

    `columns` are those of numbers, each with its sentence, and `counts` their names; `always` are further columns every
    row has besides the period. `kinds` are the kinds of interventions that count.
    """

    count: Count
    unit: str
    dimensions: tuple[str, ...]
    sentence: str
    columns: Columns
    always: tuple[str, ...] = ()
    quarters: bool = True
    kinds: tuple[str, ...] = ("individual",)

    @property
    def counts(self) -> tuple[str, ...]:
        """The names of the columns of numbers, in order."""
        return tuple(self.columns)


def _persons(flow: str, sentence: str) -> Figure:
    return Figure(partial(participation.persons, flow=flow), "persons", EVERY, sentence, columns.PERSONS[flow])


def _ended(
    count: Callable[..., ir.Table], unit: str, told: Mapping[str, Columns], sentence: str, apart: str = ""
) -> Figure:
    """Give a figure about the stays that ended; what is compared before and after is no dimension of only one side."""
    dimensions = tuple(name for name in EVERY if name != apart)
    return Figure(partial(count, unit=unit), unit, dimensions, sentence, told[unit])


def _participations(flow: str, sentence: str) -> Figure:
    count = partial(participation.participations, flow=flow)
    return Figure(count, "participations", EVERY, sentence, columns.PARTICIPATIONS[flow])


EVERY = tuple(DIMENSIONS)
KINDS = ("individual", "structural")
INTERVENTIONS = tuple(dimension.name for dimension in OF_INTERVENTIONS)

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
        "persons_supports": _ended(
            outcomes.supports,
            "persons",
            columns.COMPARED,
            gettext_noop("Personer vars deltagande avslutades i perioden, efter försörjning före och efter."),
            apart="support_after",
        ),
        "participations_supports": _ended(
            outcomes.supports,
            "participations",
            columns.COMPARED,
            gettext_noop("Deltaganden som avslutades i perioden, efter försörjning före och efter."),
            apart="support_after",
        ),
        "persons_occupations": _ended(
            outcomes.occupations,
            "persons",
            columns.COMPARED,
            gettext_noop("Personer vars deltagande avslutades i perioden, efter sysselsättning före och efter."),
            apart="occupation_after",
        ),
        "participations_occupations": _ended(
            outcomes.occupations,
            "participations",
            columns.COMPARED,
            gettext_noop("Deltaganden som avslutades i perioden, efter sysselsättning före och efter."),
            apart="occupation_after",
        ),
        "persons_classes": _ended(
            outcomes.classes,
            "persons",
            columns.COMPARED,
            gettext_noop("Personer vars deltagande avslutades i perioden, efter sysselsättning i fyra klasser."),
            apart="occupation_after",
        ),
        "participations_classes": _ended(
            outcomes.classes,
            "participations",
            columns.COMPARED,
            gettext_noop("Deltaganden som avslutades i perioden, efter sysselsättning i fyra klasser."),
            apart="occupation_after",
        ),
        "persons_work_or_study": _ended(
            outcomes.work_or_study,
            "persons",
            columns.GAINS,
            gettext_noop(
                "Personer vars deltagande avslutades i perioden, och vilka av dem som arbetar eller studerar."
            ),
        ),
        "participations_work_or_study": _ended(
            outcomes.work_or_study,
            "participations",
            columns.GAINS,
            gettext_noop(
                "Deltaganden som avslutades i perioden, och vilka av dem som ledde till arbete eller studier."
            ),
        ),
        "days_in_intervention": Figure(
            durations.days_in_intervention,
            "participations",
            EVERY,
            gettext_noop("Deltaganden som började i perioden, efter hur många dagar de har varat."),
            columns.DAYS,
            always=("days",),
        ),
        "months_in_support": Figure(
            partial(durations.months_in_support, flow="new"),
            "participations",
            EVERY,
            gettext_noop("Deltaganden som började i perioden, efter antal månader i offentlig försörjning före."),
            columns.PARTICIPATIONS["new"],
            always=("months",),
        ),
        "heads": Figure(
            head_counts.heads,
            "heads",
            ("sex", *INTERVENTIONS),
            gettext_noop("Deltagare i individinriktade insatser som har räknats utan personuppgifter under året."),
            columns.HEADS,
            quarters=False,
        ),
        "structural_heads": Figure(
            partial(head_counts.heads, kind="structural"),
            "heads",
            ("sex", *INTERVENTIONS),
            gettext_noop("Deltagare i strukturövergripande insatser, räknade utan personuppgifter under året."),
            columns.STRUCTURAL,
            quarters=False,
            kinds=("structural",),
        ),
        "participants": Figure(
            head_counts.participants,
            "persons",
            ("sex", *INTERVENTIONS),
            gettext_noop("Alla deltagare i individinriktade insatser under året, med och utan personuppgifter."),
            columns.PARTICIPANTS,
            quarters=False,
        ),
        "planned_and_actual": Figure(
            head_counts.planned_and_actual,
            "persons",
            INTERVENTIONS,
            gettext_noop("Planerat antal deltagare i individinriktade insatser under året och hur många det blev."),
            columns.PLANNED,
            quarters=False,
        ),
        "interventions": Figure(
            interventions.interventions,
            "interventions",
            INTERVENTIONS,
            gettext_noop("Insatser som pågick minst en dag i perioden."),
            columns.INTERVENTIONS,
            kinds=KINDS,
        ),
        "associations": Figure(
            interventions.associations,
            "associations",
            INTERVENTIONS,
            gettext_noop("Samordningsförbund som hade minst en pågående insats i perioden."),
            columns.ASSOCIATIONS,
            kinds=KINDS,
        ),
    }
)
