"""The table of an answer layout out for people: a small dimension as columns, the rest as rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from django.utils.translation import gettext as _

from finsam.disclosure.cells import MISSING, TOTAL, Cell, Key
from finsam.publications.blocks import Grid, GridRow, Show
from finsam.reports.labels import column_words, dimension_words
from finsam.statistics.tables.dimensions import DIMENSIONS
from finsam.table_builder.answer import Answer
from finsam.values.keys import Code

MOST_COLUMNS: Final = 12
MANY: Final = 40  # rows, from which those with nobody are left out
MAIN: Final = ("participants", "active")
AFTER: Final = frozenset(one.after for one in DIMENSIONS.values() if one.after)
FEW: Final = 7  # codes of a dimension that stand as columns, the total with them


@dataclass(frozen=True)
class Layout:
    """An answer with its dimensions by name: which codes each has in order, and where each cell stands."""

    answer: Answer

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions of the table that is shown."""
        return self.answer.excerpt.dimensions

    @property
    def periods(self) -> list[str]:
        """The names of the periods, in order."""
        periods = self.answer.question.periods
        return [periods.name(number) for number in periods.numbers]

    def codes(self, name: str) -> list[tuple[Code, str]]:
        """The codes of a dimension with their words, in order; periods name themselves."""
        if name == "period":
            return [(period, period) for period in self.periods]
        return list(self.answer.codes[name])

    def parts(self, name: str) -> list[tuple[Code, str]]:
        """The codes without the total."""
        return [(code, label) for code, label in self.codes(name) if code is not TOTAL]

    def cell(self, codes: Mapping[str, Code], count: str = "") -> Cell:
        """One cell; the dimensions that are not named are totals."""
        key: Key = tuple(codes.get(name, TOTAL) for name in self.dimensions)
        table = self.answer.excerpt
        return table.cells[key][table.figures.index(count) if count else main_count(table.figures)]

    def comparable(self, codes: Mapping[str, Code], count: str = "") -> Cell:
        """The same cell as something to compare with over time: missing where a code wasn't in force all the period."""
        period, held = codes["period"], {*self.answer.question.where, *codes.items()}
        if any((name, code) in held for name, code, lacked in self.answer.lacking if lacked == period):
            return MISSING
        return self.cell(codes, count)


def main_count(counts: Sequence[str]) -> int:
    """Which of several counts a diagram shows: all participants, or those who work or study, where there are such."""
    return next((counts.index(main) for main in MAIN if main in counts), 0)


def grid(answer: Answer, key: str, caption: str) -> Grid:
    """The whole table that was asked for."""
    layout, table = Layout(answer), answer.excerpt
    across = _across(layout)
    rows = [name for name in layout.dimensions if name != across]
    named = [name for name in rows if name != "period" or len(layout.codes(name)) > 1 or len(rows) == 1]
    order = [*rows, *([across] if across else [])]
    places = [order.index(name) for name in layout.dimensions]
    heads = layout.codes(across) if across else [("", column_words(count)) for count in table.figures]
    found = [
        GridRow(
            ", ".join(label for name, (_code, label) in zip(rows, row, strict=True) if name in named),
            _cells(answer, [code for code, _label in row], [code for code, _label in heads], places)
            if across
            else table.cells[tuple([code for code, _label in row][place] for place in places)],
        )
        for row in product(*(layout.codes(name) for name in rows))
    ]
    kept = [row for row in found if any(cell.value != 0 for cell in row.cells)] if len(found) > MANY else found
    return Grid(
        key,
        caption,
        " · ".join(dimension_words(name) for name in named),
        (),
        tuple(label for _code, label in heads),
        (Show.COUNT,) * len(heads),
        tuple(kept),
        _("Rader med bara nollor är utelämnade. De finns i filerna.") if len(kept) < len(found) else "",
    )


def _cells(answer: Answer, row: Sequence[Code], heads: Sequence[Code], places: Sequence[int]) -> tuple[Cell, ...]:
    return tuple(answer.excerpt.cells[tuple([*row, head][place] for place in places)][0] for head in heads)


def _across(layout: Layout) -> str:
    """The dimension that stands as columns: a small one, what came after before sex and others; else the periods."""
    if len(layout.answer.excerpt.figures) > 1:
        return ""
    small = [name for name in layout.answer.question.by if len(layout.codes(name)) <= FEW]
    if small:
        return min(small, key=lambda name: (name not in AFTER, name != "sex", len(layout.codes(name))))
    return "period" if 1 < len(layout.codes("period")) <= MOST_COLUMNS else ""
