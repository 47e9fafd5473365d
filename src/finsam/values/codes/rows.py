"""What a dated code is: one row says which words a code stands for, from which day to which, and who says so."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from finsam.values.sentences import gettext_noop

LAW = date(2004, 1, 1)  # lagen (2003:1210) om finansiell samordning: nothing can be registered before it
REPORT_2020 = (
    "Försäkringskassan och Arbetsförmedlingen: Insatser finansierade genom samordningsförbund, "
    "svar på regeringsuppdrag dnr 2020-1385"
)
SUS_GUIDE = "Försäkringskassan: vägledning för uppföljningssystemet SUS (susam.se)"
OWN = gettext_noop("Finsams förslag, inte bekräftat mot SUS blanketter")


@dataclass(frozen=True)
class CodeRow:
    """One code with its labels during one half open period; `parent` is the code it narrows, if any."""

    code: str
    label: str
    label_en: str
    first_day: date
    ends_before: date | None
    source: str
    verified: bool
    parent: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether the code may be used of that day."""
        return self.first_day <= day and (self.ends_before is None or day < self.ends_before)


@dataclass(frozen=True)
class CodeList:
    """The first edition of a code list: its key, its Swedish name and its rows in the order people read them."""

    key: str
    name: str
    rows: tuple[CodeRow, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code of the list once, in order."""
        return tuple(dict.fromkeys(row.code for row in self.rows))

    def valid_on(self, day: date) -> tuple[CodeRow, ...]:
        """The rows that hold on the day, in order."""
        return tuple(row for row in self.rows if row.holds_on(day))


def verified(code: str, label: str, label_en: str, source: str, *, since: date = LAW, parent: str = "") -> CodeRow:
    """A row whose label stands in a published source."""
    return CodeRow(code, label, label_en, since, None, source, True, parent)


def unverified(code: str, label: str, label_en: str, *, since: date = LAW, parent: str = "") -> CodeRow:
    """A row of our own that waits for someone with the forms to confirm it."""
    return CodeRow(code, label, label_en, since, None, OWN, False, parent)


def broken(rows: Iterable[CodeRow]) -> tuple[str, ...]:
    """The codes whose dated rows overlap, leave a gap or end before they begin; sorted."""
    by_code: defaultdict[str, list[CodeRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.code, row.first_day)):
        by_code[row.code].append(row)
    return tuple(
        code
        for code, dated in by_code.items()
        if any(row.ends_before is not None and row.ends_before <= row.first_day for row in dated)
        or any(earlier.ends_before != later.first_day for earlier, later in pairwise(dated))
    )
