"""A question to a snapshot as it is asked and kept: a figure, what it is split by, which part of it, which periods."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any, Final, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.reports import telling
from finsam.reports.labels import dimension_words, figure_words
from finsam.statistics.figures.cube import THINGS
from finsam.statistics.figures.registry import FIGURES, Figure
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.statistics.tables.periods import QUARTER, Periods
from finsam.values.keys import Code, Key, read, written
from finsam.values.municipalities import municipalities

ASKED: Final = tuple(name for name, figure in FIGURES.items() if figure.words)  # what readers may ask for
MOST_SPLITS: Final = 3
# What a filter on one of these leaves out is too much to count, and is not protected with the rest.
TOO_MANY: Final = frozenset({"association", "intervention"})


@dataclass(frozen=True)
class Question:
    """What is asked; `where` keeps, of each dimension it names, one code. Nothing in it is about one person."""

    figure: str
    by: tuple[str, ...]
    where: tuple[tuple[str, Code], ...]  # sorted, so that the same question is written in one way
    first: str
    last: str

    @classmethod
    def of(cls, figure: str, by: tuple[str, ...], where: Mapping[str, str], first: str, last: str) -> Self:
        """The question, with codes as they are written; refused with a sentence at its field when it can't be asked."""
        question = cls(
            figure, tuple(sorted(by)), tuple((name, read(where[name])) for name in sorted(where)), first, last
        )
        question.refuse()
        return question

    @classmethod
    def read(cls, facts: Mapping[str, Any]) -> Self:
        """The question that was written down."""
        where = tuple((name, read(code)) for name, code in facts["where"])
        return cls(facts["figure"], tuple(facts["by"]), where, facts["first"], facts["last"])

    def facts(self) -> dict[str, Any]:
        """The question written down."""
        return {**asdict(self), "where": [(name, written(code)) for name, code in self.where]}

    @classmethod
    def parsed(cls, text: str) -> Self:
        """The question that was written down as text."""
        return cls.read(json.loads(text))

    @property
    def key(self) -> str:
        """The same text for the same question."""
        return json.dumps(self.facts(), ensure_ascii=False, sort_keys=True)

    @property
    def table(self) -> str:
        """What its table is called where it is published: a name that no other question has."""
        return f"special_{sha256(self.key.encode()).hexdigest()[:8]}"

    @property
    def is_quarterly(self) -> bool:
        """Whether the periods are quarters."""
        return bool(QUARTER.fullmatch(self.first))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What its table is divided by where it is published."""
        return self.dated_dimensions(("period", *self.by, *self.opened))

    def dated_dimensions(self, dimensions: tuple[str, ...]) -> tuple[str, ...]:
        """Give dimensions that begin with the period with the year, and quarter, instead."""
        return (telling.YEAR, *((telling.QUARTER,) if self.is_quarterly else ()), *dimensions[1:])

    def dated(self, key: Key) -> Key:
        """Give a key that begins with a period with its year, and quarter, instead."""
        period = written(key[0])
        return (period[:4], period[4:], *key[1:]) if self.is_quarterly else key

    @property
    def year(self) -> int:
        """The last year that it asks about."""
        return int(self.last[:4])

    @property
    def counted(self) -> Figure:
        """The figure in the list of figures."""
        return FIGURES[self.figure]

    @property
    def periods(self) -> Periods:
        """The periods, of years or of quarters."""
        if self.is_quarterly:
            return Periods.quarters(self.first, self.last)
        return Periods.years(int(self.first), int(self.last))

    @property
    def opened(self) -> tuple[str, ...]:
        """The filters by dimensions of which all parts are counted, though one is asked for.

        So are those that tell something personal: of how many is known only where everybody is counted.
        """
        return tuple(name for name, code in self.where if self._opens(name, code))

    def _opens(self, name: str, code: Code) -> bool:
        unit = self.counted.unit
        dimension = DIMENSIONS[name]
        if unit in THINGS or not (unit in dimension.additive or dimension.is_sensitive):
            return False
        return code in municipalities() if name == "municipality" else name not in TOO_MANY

    def remaining(self, dimensions: Collection[str]) -> dict[str, Code]:
        """The filters that a table with these dimensions has; of the municipalities only one county's are counted."""
        filters = dict(self.where)
        where = {name: code for name, code in filters.items() if name not in dimensions}
        if "municipality" in dimensions and "municipality" in filters:
            where.setdefault("county", municipalities()[written(filters["municipality"])].county_code)
        return where

    def refuse(self) -> None:
        """Refuse what the figure has not, and periods that are in the wrong order or of two kinds."""
        if self.figure not in ASKED:
            raise ValidationError({"figure": _("Siffran finns inte. Välj en i listan.")})
        self._refuse_dimensions()
        quarters = {bool(QUARTER.fullmatch(name)) for name in (self.first, self.last)}
        if len(quarters) > 1:
            raise ValidationError({"last": _("Välj år i båda fälten, eller kvartal i båda.")})
        if quarters == {True} and not self.counted.quarters:
            raise ValidationError({"first": _("Den siffran finns bara för hela år. Välj år i båda fälten.")})
        if self.first > self.last:
            raise ValidationError({"last": _("Sista perioden ligger före den första. Byt plats på dem.")})

    def _refuse_dimensions(self) -> None:
        if len(self.by) > MOST_SPLITS:
            sentence = _("Välj högst %(most)s indelningar. Gör annars flera tabeller.") % {"most": MOST_SPLITS}
            raise ValidationError({"by": sentence})
        filtered = {name for name, _code in self.where}
        if missing := {*self.by, *filtered} - set(self.counted.dimensions):
            words = {"figure": figure_words(self.figure), "missing": ", ".join(_named(missing))}
            sentence = _("”%(figure)s” kan inte delas upp efter %(missing)s. Välj en annan siffra eller indelning.")
            raise ValidationError({"by" if missing & set(self.by) else "filters": sentence % words})
        if len(numbers := {name for name in {*self.by, *filtered} if DIMENSIONS[name].counts_stays}) > 1:
            sentence = _("Välj en av %(both)s: båda på en gång kan inte skyddas.")
            raise ValidationError({"by": sentence % {"both": ", ".join(_named(numbers))}})
        if both := filtered & set(self.by):
            sentence = _("Välj antingen att dela upp efter %(both)s eller att bara visa en del av det.")
            raise ValidationError({"filters": sentence % {"both": ", ".join(_named(both))}})


def _named(dimensions: set[str]) -> list[str]:
    return [dimension_words(name).lower() for name in sorted(dimensions)]
