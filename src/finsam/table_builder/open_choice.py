"""What a reader chooses of an open table: what stands as rows and columns, which part of it, counts or shares."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from finsam.statistics.figures.registry import FIGURES
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.table_builder.open_cube import MEASURE, QUARTER, YEAR, Axis, OpenCube

COUNT, OF_ROW, OF_COLUMN = "count", "row", "column"
ALL, NONE = "all", "none"  # all years, or all places; nothing under the columns
# Measures that are counted among another, as their figures say.
BASES: Final[Mapping[str, str]] = {
    count: figure.base for figure in FIGURES.values() if figure.base for count in figure.counts if count != figure.base
}


@dataclass(frozen=True)
class Choice:
    """A table as it is asked for in its address; `place` is one code of the places that the table has."""

    rows: str
    columns: str
    under: str = ""
    year: str = ALL
    measure: str = ""
    place: str = ""
    show: str = COUNT
    totals: bool = True

    @classmethod
    def of(cls, cube: OpenCube, data: Mapping[str, Any]) -> Self:
        """The choice in an address, the rest as most begin; refused at its field with what the table doesn't have.

        A place is named by its code, or by its words as they are typed.
        """
        wanted = _code(cube, str(data.get("place", "")))
        begun = start(cube, "" if wanted == ALL else wanted)
        under = data.get("under", begun.under if "rows" not in data else "")
        chosen = cls(
            rows=data.get("rows") or begun.rows,
            columns=data.get("columns") or begun.columns,
            under="" if under == NONE else under,
            year=data.get("year") or begun.year,
            measure=data.get("measure") or begun.measure,
            place="" if wanted == ALL else wanted,
            show=data.get("show") or COUNT,
            totals=data.get("totals", "1") != "0",
        )
        chosen.refuse(cube)
        return chosen

    @property
    def axes(self) -> list[str]:
        """What stands as rows, columns and under the columns."""
        return [name for name in (self.rows, self.columns, self.under) if name]

    def refuse(self, cube: OpenCube) -> None:
        """Refuse what the table doesn't have, and one thing in two places."""
        for field, name in (("rows", self.rows), ("columns", self.columns), ("under", self.under)):
            if name and name not in cube.axes:
                raise ValidationError({field: _("Tabellen är inte delad så. Välj en indelning i listan.")})
        if len(set(self.axes)) < len(self.axes):
            raise ValidationError({"columns": _("Välj olika indelningar för rader och kolumner.")})
        if QUARTER in cube.axes and QUARTER not in self.axes:
            raise ValidationError({"rows": _("Låt kvartalen stå som rader eller kolumner.")})
        if self.year != ALL and self.year not in cube.axes[YEAR].words:
            years = ", ".join(cube.axes[YEAR].words)
            raise ValidationError({"year": _("Tabellen har inte det året. Den har %(years)s.") % {"years": years}})
        if self.measure and self.measure not in cube.measures.words:
            raise ValidationError({"measure": _("Tabellen har inte den siffran. Välj en i listan.")})
        if self.place and self.place not in places(cube).words:
            raise ValidationError({"place": _("Området finns inte i tabellen. Välj ett i listan.")})
        if self.show not in shares(cube, self):
            raise ValidationError({"show": _("Av de siffrorna går det inte att räkna andelar. Visa antal.")})

    def fixed(self, cube: OpenCube) -> dict[str, str]:
        """The codes of what stands neither as rows nor as columns, but what is taken all together."""
        found = {MEASURE: self.measure or next(iter(cube.measures.words))}
        found[YEAR] = list(cube.axes[YEAR].words)[-1] if self.year == ALL else self.year
        if self.place:
            found[places(cube).name] = self.place
        return {name: code for name, code in found.items() if name not in self.axes}

    def codes(self, cube: OpenCube, name: str) -> list[str]:
        """The codes of rows or columns: of the places only the one that is chosen."""
        axis = cube.axes[name]
        if self.place and name == places(cube).name:
            return [self.place]
        return [*axis.words] if self.totals else [*axis.parts]

    def turned(self) -> Self:
        """The same with rows and columns in each other's place."""
        return replace(self, rows=self.columns, columns=self.rows, show=COUNT)

    def address(self) -> dict[str, str]:
        """The choice as it stands in an address."""
        found = {"rows": self.rows, "columns": self.columns, "under": self.under or NONE, "year": self.year}
        found |= {"measure": self.measure, "place": self.place or ALL, "show": self.show}
        return found | {"totals": str(int(self.totals))}


def axes(cube: OpenCube) -> Mapping[str, Axis]:
    """What can stand as rows or columns: the years, and all else that has several codes."""
    return {name: axis for name, axis in cube.axes.items() if len(axis.words) > 1 or name == YEAR}


def start(cube: OpenCube, place: str = "") -> Choice:
    """What a table begins with: its first split as rows, its measures or sexes as columns, the newest year.

    Of one place the years stand as rows where there is nothing else to stand there.
    """
    split = [name for name in cube.split if not place or name != places(cube).name]
    rows = (
        QUARTER
        if QUARTER in cube.axes
        else next((name for name in split if name != "sex"), YEAR if place else split[0])
    )
    others = [name for name in (MEASURE, "sex", *split, QUARTER, YEAR) if name in axes(cube) and name != rows]
    others = others or [places(cube).name]  # one place by year has nothing else beside it
    measure = "" if others[0] == MEASURE else next(iter(cube.measures.words))
    return Choice(rows, others[0], year=list(cube.axes[YEAR].words)[-1], measure=measure)


def places(cube: OpenCube) -> Axis:
    """The places that the table is split by; an axis without codes where there are none."""
    local = (name for name in cube.split if name in DIMENSIONS and DIMENSIONS[name].is_local)
    return next((cube.axes[name] for name in local), Axis("", "", {}))


def names(cube: OpenCube) -> Mapping[str, str]:
    """The words of each place but the total, with the code where several have the same words."""
    axis = places(cube)
    found = Counter(axis.words[code] for code in axis.parts)
    return {
        code: axis.words[code] if found[axis.words[code]] == 1 else f"{axis.words[code]} ({code})"
        for code in axis.parts
    }


def _code(cube: OpenCube, wanted: str) -> str:
    """The code of a place that is wanted by its words; what is no place is as it was."""
    if not wanted or wanted in places(cube).words:
        return wanted
    typed = wanted.strip().casefold()
    return next((code for code, words in names(cube).items() if words.casefold() == typed), wanted)


def shares(cube: OpenCube, choice: Choice) -> list[str]:
    """How a table can be shown: as counts, and as shares of the row or the column where there is a whole."""
    found = [COUNT]
    across = [name for name in (choice.columns, choice.under) if name]
    if any(_is_whole(cube, name) for name in across) or (MEASURE in across and _has_base(cube)):
        found.append(OF_ROW)
    if _is_whole(cube, choice.rows):
        found.append(OF_COLUMN)
    return found


def _is_whole(cube: OpenCube, name: str) -> bool:
    return name in cube.split and cube.axes[name].has_total


def _has_base(cube: OpenCube) -> bool:
    return bool(BASES.keys() & cube.measures.words.keys())
