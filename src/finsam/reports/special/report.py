"""A special edition: the answer to one question, protected together with everything that is out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Final

from django.utils.translation import gettext as _

from finsam.disclosure.cells import Cell, Key, Protected, placed
from finsam.disclosure.protect import Release
from finsam.publications.blocks import Block, Definitions, Grid, GridRow, Heading, Paragraph, Show, Tidy
from finsam.reports.compiled import Compiled, Parts
from finsam.reports.release import Exact
from finsam.reports.source import Source
from finsam.reports.special.counting import Counting
from finsam.reports.special.question import Question
from finsam.reports.special.tables import collection, columns
from finsam.reports.special.words import heading
from finsam.reports.telling import QUARTER, YEAR, told
from finsam.statistics.relations.believed import believed
from finsam.statistics.relations.identity import implied
from finsam.statistics.relations.web import Web
from finsam.values.keys import Code, written

KEY: Final = "special"
FEW: Final = 12  # codes of a dimension that stand as columns


@dataclass(frozen=True)
class Figures:
    """The protected table, and what it was made of."""

    source: Source
    release: Release

    @property
    def year(self) -> int:
        """The newest year."""
        return self.source.year

    @cached_property
    def counting(self) -> Counting:
        """The question, and the tables it is answered from."""
        return Counting(Question.parsed(self.source.commission.question), self.source.tables)

    @property
    def question(self) -> Question:
        """What was asked."""
        return self.counting.question

    @property
    def heading(self) -> str:
        """What the table is of."""
        return heading(self.question, self.counting.filter_words())

    @cached_property
    def table(self) -> Protected:
        """The table."""
        return placed(self.release[self.question.table])

    @cached_property
    def words(self) -> Mapping[str, Mapping[Code, str]]:
        """What the codes are called, in order."""
        places = {name: place for place, name in enumerate(self.table.dimensions)}
        dates = {
            name: {code: written(code) for code in sorted({key[place] for key in self.table.cells}, key=written)}
            for name, place in places.items()
            if name in {YEAR, QUARTER}
        }
        split = [name for name in places if name not in dates]
        keys = [tuple(key[places[name]] for name in split) for key in self.table.cells]
        return dates | {name: dict(pairs) for name, pairs in self.counting.codes(split, keys).items()}


def compile(source: Source) -> Compiled:  # noqa: A001  what is done with an edition is called so
    """Answer the question that the edition is ordered for, beside everything that is out."""
    return PARTS.compiled(Figures(source, released(source)), source)


def released(source: Source) -> Release:
    """Count the table and let it out, beside everything that is out."""
    return _counted(source).tied(source).released(source)


def _counted(source: Source) -> Exact:
    """Count the table, and say all that holds in it."""
    asked = source.commission.question
    table = Counting(Question.parsed(asked), source.tables).dated()
    web = Web(implied(source.tables))
    same = [row for one in told(collection(asked), [table]) for row in web.add(one.shape, one.at)]
    return Exact({table.name: table}, (*same, *web.relations()), tuple(believed(web)))


def _title(figures: Figures) -> str:
    return figures.source.commission.title


def _lead(figures: Figures) -> Iterator[str]:
    yield f"{figures.heading}."
    yield _(figures.question.counted.sentence)


def _blocks(figures: Figures) -> Iterator[Block]:
    yield _grid(figures)
    yield Heading(2, _("Varför tabellen är gjord"))
    commission = figures.source.commission
    yield Definitions(((_("Varför"), commission.purpose), (_("För vem"), commission.recipient)))
    yield Paragraph(
        _("Uppgifterna är en ögonblicksbild. Det som registreras eller rättas senare är inte med."), counted=False
    )


def _grid(figures: Figures) -> Grid:
    """Lay the table out: its last dimension as columns where that is small and there is one count."""
    table, words = figures.table, figures.words
    across = table.dimensions[-1] if len(table.dimensions) > 1 and len(table.figures) == 1 else ""
    across = across if across and len(words[across]) <= FEW else ""
    rows = [name for name in table.dimensions if name != across]
    heads = list(words[across].values()) if across else [columns(figures.question)[name] for name in table.figures]
    lines = [
        GridRow(", ".join(words[name][code] for name, code in zip(rows, key, strict=True)), cells)
        for key in product(*(words[name] for name in rows))
        if (cells := tuple(_cells(table, key, words[across] if across else ())))
    ]
    names = columns(figures.question)
    corner = " · ".join(names[name] for name in rows)
    return Grid(KEY, figures.heading, corner, (), tuple(heads), (Show.COUNT,) * len(heads), tuple(lines))


def _cells(table: Protected, row: Key, across: Mapping[Code, str] | tuple[()]) -> Iterator[Cell]:
    keys = [(*row, code) for code in across] if across else [row]
    return (cell for key in keys for cell in table.cells[key])


def _tidy(figures: Figures) -> Iterator[Tidy]:
    yield Tidy(figures.table, figures.heading, columns(figures.question), figures.words)


PARTS: Final = Parts(KEY, _title, _lead, _blocks, _tidy)
