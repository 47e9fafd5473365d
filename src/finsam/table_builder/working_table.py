"""The exact answer to a free question: for those who answer for the statistics, and never to be let out.

A `WorkingTable` is no `Protected` and becomes none: only the pages, the files and the print of free questions take it,
which a house test holds. What is to be let out is counted anew, in an edition that is protected beside everything out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from finsam.disclosure.cells import Key
from finsam.reports.labels import column_words, dimension_words
from finsam.reports.special.counting import Codes, Counting
from finsam.reports.special.question import Question
from finsam.reports.special.words import heading
from finsam.statistics.tables.tables import Tables
from finsam.values.keys import written

Hidden = frozenset[tuple[tuple[str, ...], str]]  # keys as they are written, and which count


@dataclass(frozen=True)
class WorkingTable:
    """Exact figures with what would be hidden of them; `hidden` is None where that is not known."""

    question: Question
    title: str
    snapshot: str
    as_of: date
    dimensions: tuple[str, ...]
    figures: tuple[str, ...]
    numbers: Mapping[Key, tuple[int | None, ...]]
    codes: Codes
    hidden: Hidden | None

    def column(self, name: str) -> str:
        """What a dimension or a count is called."""
        return column_words(name) if name in self.figures else dimension_words(name)

    def words(self, key: Key) -> list[str]:
        """What the codes of a row are called."""
        named = zip(self.dimensions, key, strict=False)  # also of the first dimensions alone
        return [dict(self.codes.get(name, ())).get(code, written(code)) for name, code in named]

    def rows(self) -> Iterator[tuple[Key, tuple[int | None, ...], tuple[bool, ...]]]:
        """Give each row in order: its key, its figures, and which of them would be hidden."""
        ranks = {name: {code: rank for rank, (code, _label) in enumerate(pairs)} for name, pairs in self.codes.items()}

        def rank(key: Key) -> list[tuple[int, str]]:
            return [(ranks.get(n, {}).get(c, 0), written(c)) for n, c in zip(self.dimensions, key, strict=True)]

        for key in sorted(self.numbers, key=rank):
            yield key, self.numbers[key], tuple(self.would_be_hidden(key, figure) for figure in self.figures)

    def would_be_hidden(self, key: Key, figure: str) -> bool:
        """Tell whether a figure would be hidden if the table were let out."""
        return self.hidden is not None and (self._as_let_out(key), figure) in self.hidden

    def _as_let_out(self, key: Key) -> tuple[str, ...]:
        """Give the key that a row would have in the edition, which has the parts that a filter leaves out too."""
        where = dict(self.question.where)
        return tuple(map(written, (*self.question.dated(key), *(where[name] for name in self.question.opened))))


def counted(question: Question, tables: Tables, *, snapshot: str, as_of: date, hidden: Hidden | None) -> WorkingTable:
    """Count a question exactly."""
    counting = Counting(question, tables)
    counts = counting.asked()
    split = [(name, place) for place, name in enumerate(counts.dimensions) if name != "period"]
    keys = (tuple(key[place] for _name, place in split) for key in counts.cells)
    codes = counting.codes([name for name, _place in split], keys)
    title = heading(question, counting.filter_words())
    figures = counts.figures
    return WorkingTable(question, title, snapshot, as_of, counts.dimensions, figures, counts.cells, codes, hidden)


def forbidden() -> str:
    """What stands on everything that shows exact figures."""
    return _("Får inte lämnas ut")
