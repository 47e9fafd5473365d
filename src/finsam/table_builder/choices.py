"""What the table builder offers to choose among: figures, dimensions, parts of them, and periods that have ended."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from finsam.reports.labels import banded, dimension_words, figure_words
from finsam.reports.special.question import ASKED
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.statistics.tables.periods import Periods
from finsam.values.keys import written
from finsam.values.municipalities import counties, municipalities

Choice = tuple[str, str]
Group = tuple[str, Sequence[Choice]]
YEARS: Final = 12  # how far back the choices go
SPLITS: Final = tuple(name for name, one in DIMENSIONS.items() if one.splits)
PARTS: Final = tuple(sorted((name for name, one in DIMENSIONS.items() if one.part), key=lambda n: DIMENSIONS[n].part))


@dataclass(frozen=True)
class Choices:
    """The choices of the form, for a snapshot."""

    figures: Sequence[Choice]
    splits: Sequence[Choice]
    parts: Sequence[Group]
    periods: Sequence[Group]


def choices(as_of: date, labels: Callable[[str], Mapping[str, str]]) -> Choices:
    """Everything that can be chosen; `labels` gives the words of a code list."""
    return Choices(
        [(name, figure_words(name)) for name in ASKED],
        [(name, dimension_words(name)) for name in SPLITS],
        [
            (dimension_words(name), [(f"{name}:{written(code)}", label) for code, label in _parts(name, labels)])
            for name in PARTS
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
    dimension = DIMENSIONS[name]
    if name == "sex":
        yield from (("women", _("Kvinnor")), ("men", _("Män")))
    elif dimension.bands:
        yield from ((str(band), banded(name, band)) for band in dimension.bands)
    elif dimension.places == "county":
        yield from ((code, county.name) for code, county in counties().items())
    elif dimension.places == "municipality":
        yield from ((code, place.name) for code, place in municipalities().items())
    else:
        yield from (
            (written(code), f"{label[:1].upper()}{label[1:]}") for code, label in labels(dimension.code_list).items()
        )
