"""What a report says of each of its tables, once: everything else that has to know it reads it here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise

from finsam.values.keys import Code

Words = str | Promise
Codes = Mapping[str, Code]  # dimension -> code
Part = tuple[str, Code]


class Counted(NamedTuple):
    """What a column of a row is a count of: a figure, which of its counts, and the parts that it is of."""

    figure: str
    column: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Tells:
    """What a table tells of other publications: `of` says by the codes of the dimensions `apart` what is counted.

    The other dimensions are those of figures, and `year` is the period.
    """

    apart: tuple[str, ...]
    of: Callable[[Codes, str], Counted | None]


@dataclass(frozen=True)
class Unread:
    """A table of which nobody who counts something else is told anything, and why."""

    why: str


class Stays(NamedTuple):
    """Which participations stand behind a row: with any of the supports (none: any at all), of a need group.

    Of the need group ('') are those who have none; (None) is any.
    """

    supports: frozenset[str] = frozenset()
    need_group: str | None = None


def nobody(_codes: Codes) -> Stays | None:
    """Say that no participations can be shown behind a row."""
    return None


@dataclass(frozen=True)
class Table:
    """One published table: its name, caption, dimensions and columns, and what it counts.

    `origin` are the snapshot's tables that it is counted in, `tells` what it tells of other publications, and `behind`
    which participations stand behind a row. `made_of` are the tables that it is made of, if it is not counted itself.
    One `of_things` counts no persons.
    """

    name: str
    caption: Words
    dimensions: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Words
    origin: tuple[str, ...]
    tells: Tells | Unread
    behind: Callable[[Codes], Stays | None] = nobody
    made_of: tuple[str, ...] = ()
    of_things: bool = False

    @property
    def can_be_rounded(self) -> bool:
        """Whether it counts persons itself: what is made of others is rounded with them, and things are no secret."""
        return not self.made_of and not self.of_things


@dataclass(frozen=True)
class Collection:
    """All tables of a report, and the words of their dimensions and columns.

    `unseen` names the tables that are never shown, but could be had by subtracting: a refusal can be about them.
    """

    tables: Sequence[Table]
    columns: Mapping[str, Words]
    unseen: Mapping[str, Words]

    def __getitem__(self, name: str) -> Table:
        return {table.name: table for table in self.tables}[name]

    def get(self, name: str) -> Table | None:
        """Give the table with a name; None when the report declares none."""
        return next((table for table in self.tables if table.name == name), None)

    def headings(self, more: Iterable[tuple[str, Words]] = ()) -> dict[str, str]:
        """Name the dimensions and columns in the language spoken."""
        return {name: str(words) for name, words in (*self.columns.items(), *more)}

    def words(self) -> dict[str, str]:
        """Name everything in the language spoken: tables too, and those that are never shown."""
        captions = {table.name: str(table.caption) for table in self.tables}
        return self.headings() | captions | {name: str(words) for name, words in self.unseen.items()}
