"""The list of figures: what each counts, what it may be split by, in which periods, and its sentence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Protocol

import ibis.expr.types as ir

from finsam.statistics.figures import columns, durations, head_counts, interventions, outcomes, participation
from finsam.statistics.figures.columns import Columns
from finsam.statistics.tables.dimensions import DIMENSIONS, EVERYTHING, OF_INTERVENTIONS, Where
from finsam.statistics.tables.periods import Periods
from finsam.statistics.tables.tables import Tables
from finsam.values.sentences import gettext_noop

STAYS = ("participations", "persons", "interventions")
HEADS = ("head_counts", "interventions")


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
    row has besides the period. `kinds` are the kinds of interventions that count. `words` is what a figure is called
    that readers may ask for. `flow` says who is counted: who is ongoing, new or has ended in the period; `compared` is
    the dimension that is counted both before and after. `tables` are those of the snapshot that it is counted in.
    """

    count: Count
    unit: str
    dimensions: tuple[str, ...]
    sentence: str
    columns: Columns
    always: tuple[str, ...] = ()
    quarters: bool = True
    kinds: tuple[str, ...] = ("individual",)
    words: str = ""
    flow: str = ""
    compared: str = ""
    tables: tuple[str, ...] = STAYS
    base: str = ""  # the column that the others are counted among, and tell something personal of

    @property
    def counts(self) -> tuple[str, ...]:
        """The names of the columns of numbers, in order."""
        return tuple(self.columns)

    @property
    def sensitive(self) -> frozenset[str]:
        """The columns that tell something personal of those they are counted among."""
        return frozenset(self.columns) - {self.base} if self.base else frozenset()

    @property
    def of_persons_alone(self) -> bool:
        """Whether nothing of it is known where the snapshot has no persons; heads are counted without."""
        return "participations" in self.tables and "head_counts" not in self.tables


def _persons(flow: str, words: str, sentence: str) -> Figure:
    count = partial(participation.persons, flow=flow)
    return Figure(count, "persons", EVERY, sentence, columns.PERSONS[flow], words=words, flow=flow)


def _ended(
    count: Callable[..., ir.Table], unit: str, told: Mapping[str, Columns], sentence: str, **facts: Any
) -> Figure:
    """Give a figure about the stays that ended; what is compared before and after is no dimension of only one side."""
    compared = facts.get("compared", "")
    apart = DIMENSIONS[compared].after if compared else ""
    dimensions = tuple(name for name in EVERY if name != apart)
    return Figure(partial(count, unit=unit), unit, dimensions, sentence, told[unit], **facts)


def _participations(flow: str, words: str, sentence: str) -> Figure:
    count = partial(participation.participations, flow=flow)
    return Figure(count, "participations", EVERY, sentence, columns.PARTICIPATIONS[flow], words=words, flow=flow)


EVERY = tuple(DIMENSIONS)
KINDS = ("individual", "structural")
INTERVENTIONS = tuple(dimension.name for dimension in OF_INTERVENTIONS)

FIGURES: Mapping[str, Figure] = MappingProxyType(
    {
        "persons_ongoing": _persons(
            "ongoing",
            gettext_noop("Pågående deltagare"),
            gettext_noop("Personer som hade minst en dag i en individinriktad insats under perioden."),
        ),
        "persons_new": _persons(
            "new",
            gettext_noop("Nya deltagare"),
            gettext_noop("Personer som började i minst en individinriktad insats under perioden."),
        ),
        "persons_ended": _persons(
            "ended",
            gettext_noop("Deltagare som har avslutat"),
            gettext_noop("Personer vars sista dag i minst en individinriktad insats låg i perioden."),
        ),
        "participations_ongoing": _participations(
            "ongoing",
            gettext_noop("Pågående deltaganden"),
            gettext_noop("Deltaganden i individinriktade insatser med minst en dag i perioden."),
        ),
        "participations_new": _participations(
            "new",
            gettext_noop("Nya deltaganden"),
            gettext_noop("Deltaganden i individinriktade insatser som började i perioden."),
        ),
        "participations_ended": _participations(
            "ended",
            gettext_noop("Avslutade deltaganden"),
            gettext_noop("Deltaganden i individinriktade insatser vars sista dag låg i perioden."),
        ),
        "persons_supports": _ended(
            outcomes.supports,
            "persons",
            columns.COMPARED,
            gettext_noop("Personer vars deltagande avslutades i perioden, efter försörjning före och efter."),
            words=gettext_noop("Deltagare som har avslutat, försörjning före och efter"),
            compared="support",
            flow="ended",
            tables=(*STAYS, "supports"),
        ),
        "persons_occupations": _ended(
            outcomes.occupations,
            "persons",
            columns.COMPARED,
            gettext_noop("Personer vars deltagande avslutades i perioden, efter sysselsättning före och efter."),
            words=gettext_noop("Deltagare som har avslutat, sysselsättning före och efter"),
            compared="occupation",
            flow="ended",
        ),
        "persons_classes": _ended(
            outcomes.classes,
            "persons",
            columns.COMPARED,
            gettext_noop("Personer vars deltagande avslutades i perioden, efter sysselsättning i fyra klasser."),
            compared="occupation",
            flow="ended",
        ),
        "persons_work_or_study": _ended(
            outcomes.work_or_study,
            "persons",
            columns.GAINS,
            gettext_noop(
                "Personer vars deltagande avslutades i perioden, och vilka av dem som arbetar eller studerar."
            ),
            words=gettext_noop("Deltagare som har avslutat, och de i arbete eller studier"),
            flow="ended",
            base="ended",
        ),
        "participations_supports": _ended(
            outcomes.supports,
            "participations",
            columns.COMPARED,
            gettext_noop("Deltaganden som avslutades i perioden, efter försörjning före och efter."),
            words=gettext_noop("Avslutade deltaganden, försörjning före och efter"),
            compared="support",
            flow="ended",
            tables=(*STAYS, "supports"),
        ),
        "participations_occupations": _ended(
            outcomes.occupations,
            "participations",
            columns.COMPARED,
            gettext_noop("Deltaganden som avslutades i perioden, efter sysselsättning före och efter."),
            words=gettext_noop("Avslutade deltaganden, sysselsättning före och efter"),
            compared="occupation",
            flow="ended",
        ),
        "participations_classes": _ended(
            outcomes.classes,
            "participations",
            columns.COMPARED,
            gettext_noop("Deltaganden som avslutades i perioden, efter sysselsättning i fyra klasser."),
            compared="occupation",
            flow="ended",
        ),
        "participations_work_or_study": _ended(
            outcomes.work_or_study,
            "participations",
            columns.GAINS,
            gettext_noop(
                "Deltaganden som avslutades i perioden, och vilka av dem som ledde till arbete eller studier."
            ),
            words=gettext_noop("Avslutade deltaganden, och de som ledde till arbete eller studier"),
            flow="ended",
            base="ended",
        ),
        "days_in_intervention": Figure(
            durations.days_in_intervention,
            "participations",
            EVERY,
            gettext_noop("Deltaganden som började i perioden, efter hur många dagar de har varat."),
            columns.DAYS,
            always=("days",),
            flow="new",
        ),
        "months_in_support": Figure(
            partial(durations.months_in_support, flow="new"),
            "participations",
            EVERY,
            gettext_noop("Deltaganden som började i perioden, efter antal månader i offentlig försörjning före."),
            columns.PARTICIPATIONS["new"],
            always=("months",),
            flow="new",
        ),
        "heads": Figure(
            head_counts.heads,
            "heads",
            ("sex", *INTERVENTIONS),
            gettext_noop("Deltagare i individinriktade insatser som har räknats utan personuppgifter under året."),
            columns.HEADS,
            quarters=False,
            words=gettext_noop("Deltagare räknade utan personuppgifter"),
            tables=HEADS,
        ),
        "structural_heads": Figure(
            partial(head_counts.heads, kind="structural"),
            "heads",
            ("sex", *INTERVENTIONS),
            gettext_noop("Deltagare i strukturövergripande insatser, räknade utan personuppgifter under året."),
            columns.STRUCTURAL,
            quarters=False,
            kinds=("structural",),
            words=gettext_noop("Deltagare i strukturövergripande insatser"),
            tables=HEADS,
        ),
        "participants": Figure(
            head_counts.participants,
            "persons",
            ("sex", *INTERVENTIONS),
            gettext_noop("Alla deltagare i individinriktade insatser under året, med och utan personuppgifter."),
            columns.PARTICIPANTS,
            quarters=False,
            words=gettext_noop("Alla deltagare, med och utan personuppgifter"),
            tables=(*STAYS, "head_counts"),
        ),
        "planned_and_actual": Figure(
            head_counts.planned_and_actual,
            "persons",
            INTERVENTIONS,
            gettext_noop("Planerat antal deltagare i individinriktade insatser under året och hur många det blev."),
            columns.PLANNED,
            quarters=False,
            words=gettext_noop("Planerat och verkligt antal deltagare"),
            tables=(*STAYS, "head_counts", "plans"),
        ),
        "interventions": Figure(
            interventions.interventions,
            "interventions",
            INTERVENTIONS,
            gettext_noop("Insatser som pågick minst en dag i perioden."),
            columns.INTERVENTIONS,
            kinds=KINDS,
            words=gettext_noop("Insatser"),
            tables=("interventions",),
        ),
        "associations": Figure(
            interventions.associations,
            "associations",
            INTERVENTIONS,
            gettext_noop("Samordningsförbund som hade minst en pågående insats i perioden."),
            columns.ASSOCIATIONS,
            kinds=KINDS,
            words=gettext_noop("Samordningsförbund"),
            tables=("interventions", "associations"),
        ),
    }
)
