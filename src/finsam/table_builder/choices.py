"""What the table builder offers to choose among: figures, dimensions, parts of them, and periods that have ended."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from finsam.reports.labels import banded
from finsam.statistics.tables.background import LENGTHS, MOST
from finsam.statistics.tables.dimensions import AGES, DIMENSIONS
from finsam.statistics.tables.periods import Periods
from finsam.table_builder.question import dimension_names, figure_names
from finsam.values.keys import written
from finsam.values.municipalities import counties, municipalities

Choice = tuple[str, str]
Group = tuple[str, Sequence[Choice]]
YEARS: Final = 12  # how far back the choices go
SPLITS: Final = tuple(name for name in DIMENSIONS if name not in {"region", "association_region"})
FILTERED: Final = (
    "sex",
    "age_group",
    "education",
    "support",
    "support_after",
    "support_time",
    "occupation",
    "occupation_after",
    "need_group",
    "end_reason",
    "stay_number",
    "at_once",
    "direction",
    "kind",
    "target_group",
    "county",
    "municipality",
)
BANDS: Final[Mapping[str, Sequence[int]]] = {
    "age_group": AGES,
    "support_time": range(1, len(LENGTHS) + 1),
    "stay_number": range(1, MOST + 1),
    "at_once": range(1, MOST + 1),
}


@dataclass(frozen=True)
class Choices:
    """The choices of the form, for a snapshot."""

    figures: Sequence[Choice]
    splits: Sequence[Choice]
    parts: Sequence[Group]
    periods: Sequence[Group]


def choices(as_of: date, labels: Callable[[str], Mapping[str, str]]) -> Choices:
    """Everything that can be chosen; `labels` gives the words of a code list."""
    names = dimension_names()
    return Choices(
        list(figure_names().items()),
        [(name, names[name]) for name in SPLITS],
        [
            (names[name], [(f"{name}:{written(code)}", label) for code, label in _parts(name, labels)])
            for name in FILTERED
        ],
        [(_("Hela år"), years(as_of)), (_("Kvartal"), quarters(as_of))],
    )


def years(as_of: date) -> list[Choice]:
    """The whole years that had ended on a day, newest first."""
    last = (as_of + timedelta(days=1)).year - 1
    return [(str(year), str(year)) for year in range(last, last - YEARS, -1)]


def quarters(as_of: date) -> list[Choice]:
    """The whole quarters that had ended on a day, newest first."""
    after = as_of + timedelta(days=1)
    last = after.year * 4 + (after.month - 1) // 3 - 1
    periods = Periods(last - YEARS * 4 + 1, last, per_year=4)
    return [(name, name) for name in map(periods.name, reversed(periods.numbers))]


def _parts(name: str, labels: Callable[[str], Mapping[str, str]]) -> Iterator[Choice]:
    if name == "sex":
        yield from (("women", _("Kvinnor")), ("men", _("Män")))
    elif name in BANDS:
        yield from ((str(band), banded(name, band)) for band in BANDS[name])
    elif name == "county":
        yield from ((code, county.name) for code, county in counties().items())
    elif name == "municipality":
        yield from ((code, place.name) for code, place in municipalities().items())
    else:
        yield from (
            (written(code), f"{label[:1].upper()}{label[1:]}")
            for code, label in labels(DIMENSIONS[name].code_list).items()
        )
