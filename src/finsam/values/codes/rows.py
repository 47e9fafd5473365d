"""What a dated code is: one row says which words a code stands for, from which day to which, and who says so."""

from dataclasses import dataclass
from datetime import date

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


def verified(code: str, label: str, label_en: str, source: str, *, since: date = LAW, parent: str = "") -> CodeRow:
    """A row whose label stands in a published source."""
    return CodeRow(code, label, label_en, since, None, source, True, parent)


def unverified(code: str, label: str, label_en: str, *, since: date = LAW, parent: str = "") -> CodeRow:
    """A row of our own that waits for someone with the forms to confirm it."""
    return CodeRow(code, label, label_en, since, None, OWN, False, parent)
