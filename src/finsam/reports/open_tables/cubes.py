"""The collection of cubes: which figures the open tables show, and what each is split by.

Names of cubes, columns and dimensions are addresses that others link to: they are permanent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from finsam.statistics.figures.cube import THINGS
from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.relations.identity import ACTIVITY, AGE_BAND, STAY_LENGTH, like

Words = str | Promise
Count = tuple[str, str]  # a figure, and which of its counts
FLOWS: Final = ("ongoing", "new", "ended")
QUARTER: Final = "quarter"


@dataclass(frozen=True)
class Cube:
    """A table of the collection: what it counts, its columns, each a count of a figure, and what it is split by.

    One `by_quarter` has the quarters of each year.
    """

    name: str
    caption: Words
    counts: Words
    by: tuple[str, ...]
    columns: Mapping[str, Count]
    by_quarter: bool = False

    def __post_init__(self) -> None:
        """Refuse what no figure has, by name, before anything is counted."""
        for column, (figure, count) in self.columns.items():
            if figure not in FIGURES or count not in FIGURES[figure].columns:
                raise ValueError(f"{self.name}: there is no {figure} {count} for the column {column}")
            for name in self.by:
                if like(name) not in FIGURES[figure].dimensions:
                    raise ValueError(f"{self.name}: {figure} can't be split by {name}")

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of the table, the period first."""
        return ("year", *((QUARTER,) if self.by_quarter else ()), *self.by)

    @property
    def figures(self) -> tuple[str, ...]:
        """The figures that are counted, in order."""
        return tuple(dict.fromkeys(figure for figure, _count in self.columns.values()))

    @property
    def of_things(self) -> bool:
        """Whether no persons are counted: interventions, associations, and what was planned."""
        return all(count == "planned" or FIGURES[figure].unit in THINGS for figure, count in self.columns.values())


def _flows(unit: str, *flows: str) -> dict[str, Count]:
    return {flow: (f"{unit}_{flow}", unit) for flow in flows or FLOWS}


def _of(figure: str, *counts: str) -> dict[str, Count]:
    return {count: (figure, count) for count in counts}


REGISTERED: Final = _of("participants", "identified", "anonymous", "volume", "participants")
SUPPORTS: Final = _of("participations_supports", "before", "after")
OCCUPATIONS: Final = _of("participations_occupations", "before", "after")
WORK: Final = _of("participations_work_or_study", "ended", "active", "gained")
ENDED: Final = _of("participations_ended", "participations")
ENDED_PERSONS: Final = _of("persons_ended", "persons")
ONGOING_PERSONS: Final = _of("persons_ongoing", "persons")
THERE: Final = {"interventions": ("interventions", "interventions"), "associations": ("associations", "associations")}

PERSONS: Final = _("Personer i individinriktade insatser. Var och en räknas en gång i varje cell.")
STAYS: Final = _("Deltaganden i individinriktade insatser. Den som har flera räknas en gång för varje.")
BEFORE_AND_AFTER: Final = _("Avslutade deltaganden, efter det som gällde före och efter. Flera kan gälla på en gång.")
OCCUPIED: Final = _("Avslutade deltaganden, efter sysselsättningen före och efter.")
LED_TO: Final = _("Avslutade deltaganden, och vilka av dem som ledde till arbete eller studier.")
REASONS: Final = _("Avslutade deltaganden, efter registrerad avslutsanledning.")
NEEDS: Final = _("Personer som deltog, efter registrerad behovsgrupp. Den som har flera räknas i var och en.")
SCHOOLED: Final = _("Personer som avslutade ett deltagande, efter utbildning.")
SUPPORTED: Final = _("Avslutade deltaganden, efter tiden i offentlig försörjning före.")
LASTED: Final = _("Avslutade deltaganden, efter hur länge de varade.")
WITHOUT_DATA: Final = _("Alla deltagare, med personuppgifter, anonyma och i volyminsatser.")
RUNNING: Final = _("Insatser som pågick under året, och deras förbund.")

CUBES: Final[Sequence[Cube]] = (
    Cube(
        "registered_associations", _("Alla deltagare efter förbund"), WITHOUT_DATA, ("association", "sex"), REGISTERED
    ),
    Cube(
        "registered_interventions",
        _("Alla deltagare efter insats"),
        WITHOUT_DATA,
        ("intervention",),
        REGISTERED,
    ),
    Cube(
        "planned_associations",
        _("Planerat antal deltagare efter förbund"),
        _("Det antal deltagare som insatserna var planerade för under året."),
        ("association",),
        _of("planned_and_actual", "planned"),
    ),
    Cube(
        "persons_municipalities", _("Deltagare efter bostadskommun"), PERSONS, ("municipality", "sex"), ONGOING_PERSONS
    ),
    Cube("persons_nation", _("Deltagare i hela landet efter ålder"), PERSONS, ("age_group", "sex"), _flows("persons")),
    Cube("persons_counties", _("Deltagare efter län"), PERSONS, ("county", AGE_BAND, "sex"), _flows("persons")),
    Cube("persons_associations", _("Deltagare efter förbund"), PERSONS, ("association", "sex"), _flows("persons")),
    Cube(
        "stays_nation",
        _("Deltaganden i hela landet efter ålder"),
        STAYS,
        ("age_group", "sex"),
        _flows("participations"),
    ),
    Cube("stays_counties", _("Deltaganden efter län"), STAYS, ("county", AGE_BAND, "sex"), _flows("participations")),
    Cube(
        "stays_quarters",
        _("Deltaganden efter förbund och kvartal"),
        STAYS,
        ("association",),
        _flows("participations", "new", "ended"),
        by_quarter=True,
    ),
    Cube("work_nation", _("Arbete eller studier efter, hela landet"), LED_TO, ("age_group", "sex"), WORK),
    Cube("work_counties", _("Arbete eller studier efter, län"), LED_TO, ("county", "sex"), WORK),
    Cube("work_associations", _("Arbete eller studier efter, förbund"), LED_TO, ("association",), WORK),
    Cube(
        "occupations_nation",
        _("Sysselsättning före och efter, hela landet"),
        OCCUPIED,
        ("occupation", "age_group", "sex"),
        OCCUPATIONS,
    ),
    Cube(
        "occupations_counties",
        _("Sysselsättning före och efter, län"),
        OCCUPIED,
        ("occupation", "county", "sex"),
        OCCUPATIONS,
    ),
    Cube(
        "occupations_associations",
        _("Sysselsättning före och efter, förbund"),
        OCCUPIED,
        (ACTIVITY, "association"),
        OCCUPATIONS,
    ),
    Cube(
        "supports_nation",
        _("Försörjning före och efter, hela landet"),
        BEFORE_AND_AFTER,
        ("support", AGE_BAND, "sex"),
        SUPPORTS,
    ),
    Cube(
        "supports_counties",
        _("Försörjning före och efter, län"),
        BEFORE_AND_AFTER,
        ("support", "county", "sex"),
        SUPPORTS,
    ),
    Cube("reasons_nation", _("Avslutsanledning, hela landet"), REASONS, ("end_reason", "sex"), ENDED),
    Cube("reasons_counties", _("Avslutsanledning, län"), REASONS, ("end_reason", "county"), ENDED),
    Cube("needs_nation", _("Behovsgrupp, hela landet"), NEEDS, ("need_group", "sex"), ONGOING_PERSONS),
    Cube("needs_counties", _("Behovsgrupp, län"), NEEDS, ("need_group", "county"), ONGOING_PERSONS),
    Cube("educations_nation", _("Utbildning, hela landet"), SCHOOLED, ("education", "sex"), ENDED_PERSONS),
    Cube("educations_counties", _("Utbildning, län"), SCHOOLED, ("education", "county"), ENDED_PERSONS),
    Cube("support_times_nation", _("Tid i försörjning före, hela landet"), SUPPORTED, ("support_time", "sex"), ENDED),
    Cube("support_times_counties", _("Tid i försörjning före, län"), SUPPORTED, ("support_time", "county"), ENDED),
    Cube("lengths_nation", _("Hur länge deltagandet varade, hela landet"), LASTED, (STAY_LENGTH, "sex"), ENDED),
    Cube("lengths_counties", _("Hur länge deltagandet varade, län"), LASTED, (STAY_LENGTH, "county"), ENDED),
    Cube("interventions_directions", _("Insatser efter inriktning"), RUNNING, ("direction",), THERE),
    Cube("interventions_kinds", _("Insatser efter målgrupp och insatstyp"), RUNNING, ("target_group", "kind"), THERE),
)
